import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import SystemPackage
import Testing

/// A network namespace made for a test, by name.
struct TestNamespace: Hashable, Sendable {
    let name: String

    var path: String { "/run/netns/\(name)" }

    var networkNamespace: NetworkNamespace { .named(name) }

    /// A client of the kernel's L2TP in the namespace.
    func client() throws(L2TPError) -> L2TPClient<NetlinkSocket> {
        try L2TPClient(.kernel(in: networkNamespace))
    }

    /// A client of the namespace's links.
    func linkClient() throws -> LinkClient<NetlinkSocket> {
        try LinkClient(.kernel(in: networkNamespace))
    }

    /// The link of that name, which has to be there.
    func requireLink(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Link {
        try #require(try link(name), "no link \(name)", sourceLocation: sourceLocation)
    }

    /// Writes a setting of the kernel's network code (`net.` of sysctl) in the namespace.
    func set(_ name: String, to value: String) throws {
        try SystemCalls.inNamespace(path) { try Kernel.write(value, to: "/proc/sys/net/\(name)") }
    }

    /// The link of that name, if there is one.
    func link(_ name: String) throws -> Link? {
        var client = try LinkClient(.kernel(in: networkNamespace))
        return try client.link(named: name)
    }

    /// All links by name.
    func links() throws -> [String: Link] {
        var client = try LinkClient(.kernel(in: networkNamespace))
        return Dictionary(uniqueKeysWithValues: try client.links().map { ($0.name, $0) })
    }

    /// Deletes every tunnel; one whose deletion was under way already may be gone first.
    func deleteAllTunnels() throws {
        var client = try client()
        for tunnel in try client.tunnels() {
            do throws(L2TPError) {
                try client.deleteTunnel(tunnel.id)
            } catch {
                try #require(error.reason == .notFound, "\(error)")
            }
        }
    }

    /// Runs `body` with a new namespace per name, each with `lo` up, and removes them afterwards.
    static func with<Value>(_ count: Int, _ body: ([Self]) throws -> Value) throws -> Value {
        let namespaces = try make(count)
        defer { remove(namespaces) }
        return try body(namespaces)
    }

    /// Makes namespaces with unique names, each with `lo` up.
    static func make(_ count: Int) throws -> [Self] {
        let namespaces = (0..<count).map { _ in Self(name: UniqueName.next()) }
        try Shell.ip(namespaces.map { "netns add \($0.name)" })
        do {
            for namespace in namespaces { try Shell.ip(["link set lo up"], in: namespace) }
        } catch {
            remove(namespaces)
            throw error
        }
        return namespaces
    }

    /// Removes namespaces with all that is in them.
    static func remove(_ namespaces: [Self]) {
        do {
            try Shell.ip(namespaces.map { "netns delete \($0.name)" })
        } catch {
            Issue.record(error)
        }
    }
}
