import Foundation
import L2TPModel
import LinkControl
import Netlink
import SystemPackage
import Testing

/// A connector holds the namespace it has once found. That sockets really are in it takes privilege, and is among
/// the kernel tests.
@Suite struct PinnedNamespaceTests {
    /// A folder that vanishes with the object, and a path in it that can be made to mean something else.
    private final class Name {
        private let folder: URL
        var path: String { folder.appendingPathComponent("namespace").path }

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("netns-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }

        deinit {
            try? FileManager.default.removeItem(at: folder)
        }

        /// Makes the path a link to another.
        func bind(to target: String) throws {
            try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        }
    }

    /// The descriptors of this process that have a file open.
    private func descriptors(of file: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter { number in
            // Other tests open and close theirs meanwhile.
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")) == file
        }
    }

    private func mtuOfLoopback(_ connector: NetlinkConnector<NetlinkSocket>) throws -> UInt32? {
        var links = try LinkClient(connector)
        return try links.link(named: "lo")?.mtu
    }

    /// ip-netns(8) makes a plain file first and the namespace of it afterwards: a file that is none is not held.
    @Test func whatIsNoNamespaceIsNotHeld() throws {
        let name = try Name()
        try Data().write(to: URL(fileURLWithPath: name.path))
        let connector = NetlinkConnector.kernel(in: .path(name.path))
        for _ in 1...3 {
            let error = failure { () throws(NetlinkError) in _ = try connector.open(.generic) }
            #expect(error == NetlinkError(.enterNamespace, .invalidArgument, message: name.path))
        }
        #expect(try descriptors(of: name.path) == [])
        try name.bind(to: "/proc/self/ns/net")
        _ = try connector.open(.generic)
    }

    /// Opening a FIFO would wait for a writer.
    @Test func aFIFOIsNoNamespace() throws {
        let name = try Name()
        try #require(unsafe mkfifo(name.path, 0o600) == 0)
        let connector = NetlinkConnector.kernel(in: .path(name.path))
        let error = failure { () throws(NetlinkError) in _ = try connector.open(.generic) }
        #expect(error == NetlinkError(.enterNamespace, .invalidArgument, message: name.path))
    }

    /// One's own namespace is not entered, which would take privilege.
    @Test func outlivesItsName() throws {
        let name = try Name()
        try name.bind(to: "/proc/self/ns/net")
        let connector = NetlinkConnector.kernel(in: .path(name.path))
        let mtu = try mtuOfLoopback(connector)
        try name.bind(to: "/dev/null")
        #expect(try mtuOfLoopback(connector) == mtu)
        try name.bind(to: "/no/such/file")
        var exchange = Exchange(over: try connector.open(.generic))
        #expect(try exchange.family(named: "nlctrl").name == "nlctrl")
        // Another connector sees what the name means now.
        let other = failure { () throws(NetlinkError) in
            _ = try NetlinkConnector.kernel(in: .path(name.path)).open(.generic)
        }
        #expect(other == NetlinkError(.enterNamespace, .noSuchFileOrDirectory, message: name.path))
    }

    /// A name that means nothing yet is looked for again.
    @Test func isFoundLater() throws {
        let name = try Name()
        let connector = NetlinkConnector.kernel(in: .path(name.path))
        let error = failure { () throws(NetlinkError) in _ = try connector.open(.generic) }
        #expect(error?.errno == .noSuchFileOrDirectory)
        try name.bind(to: "/proc/self/ns/net")
        _ = try connector.open(.generic)
    }
}
