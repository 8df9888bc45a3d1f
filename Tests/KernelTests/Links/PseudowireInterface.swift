import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Testing

/// The interface of a pseudowire in the left site of a pair, new for each test.
struct PseudowireInterface {
    static let name = "pw"

    let site: TestNamespace

    /// Deletes all tunnels of the site and makes one with a session.
    init(in site: TestNamespace) throws {
        self.site = site
        try site.deleteAllTunnels()
        var client = try site.client()
        try client.createTunnel(.udp(1))
        try client.createSession(.named(Self.name, 31, in: 1))
    }

    /// The interface as it is now.
    var link: Link { get throws { try site.requireLink(Self.name) } }

    /// Its addresses, without the label that is its name.
    var addresses: [InterfaceAddress] {
        get throws {
            var client = try site.linkClient()
            let link = try link
            return try client.addresses().filter { $0.linkIndex == link.index }.map { $0.withoutLabel(of: link) }
        }
    }

    /// Changes it.
    func change(_ changes: LinkChanges) throws {
        var client = try site.linkClient()
        try client.change(try link, changes)
    }

    /// The error of changes that the kernel refuses.
    func refusal(of changes: LinkChanges, sourceLocation: SourceLocation = #_sourceLocation) throws -> LinkError {
        let link = try link
        var client = try site.linkClient()
        do throws(LinkError) {
            try client.change(link, changes)
        } catch {
            return error
        }
        return try #require(nil as LinkError?, "not refused", sourceLocation: sourceLocation)
    }
}

/// An address that the test knows to be one.
func ipAddress(_ text: String) -> IPAddress {
    guard let address = IPAddress(text) else { preconditionFailure("\(text) is no address") }
    return address
}

/// A hardware address that the test knows to be one.
func macAddress(_ text: String) -> MACAddress {
    guard let address = MACAddress(text) else { preconditionFailure("\(text) is no MAC address") }
    return address
}

/// The error that `body` throws; nil if it throws none.
func linkFailure(_ body: () throws(LinkError) -> Void) -> LinkError? {
    do throws(LinkError) {
        try body()
        return nil
    } catch {
        return error
    }
}
