import CLibmnl
import Foundation
import LinkControl
import Netlink
import Synchronization
import SystemPackage
import Testing

/// A connector holds the namespace it has once found.
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

    /// How many descriptors of this process have a file open, and whether each closes on exec.
    private func descriptors(of file: String) throws -> [Bool] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { number in
            // Other tests open and close theirs meanwhile.
            guard (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")) == file else {
                return nil
            }
            let text = try String(contentsOfFile: "/proc/self/fdinfo/\(number)", encoding: .utf8)
            let flags = text.split(separator: "\n").first { $0.hasPrefix("flags:") }?.split(separator: "\t").last
            return try #require(Int(flags ?? "", radix: 8)) & 0o2000000 != 0
        }
    }

    private func mtuOfLoopback(_ connector: NetlinkConnector<NetlinkSocket>) throws -> UInt32? {
        var links = try LinkClient(connector)
        return try links.link(named: "lo")?.mtu
    }

    // MARK: Without privilege

    @Test func isOpenedOnceAndClosed() throws {
        let name = try Name()
        // No namespace, so that no other test has it open; it is held even though it cannot be entered.
        try Data().write(to: URL(fileURLWithPath: name.path))
        do {
            let connector = NetlinkConnector.kernel(in: .path(name.path))
            #expect(try descriptors(of: name.path) == [])
            for _ in 1...3 {
                let error = failure { () throws(NetlinkError) in _ = try connector.open(.generic) }
                #expect(error?.operation == .enterNamespace)
                #expect([.invalidArgument, .notPermitted].contains(error?.errno))
                #expect(error?.message == name.path)
            }
            #expect(try descriptors(of: name.path) == [true])
            withExtendedLifetime(connector) {}
        }
        #expect(try descriptors(of: name.path) == [])
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

    // MARK: With privilege

    /// Whether namespaces can be made here.
    private static let isPrivileged = (try? Guest()) != nil

    /// A process in a network namespace of its own, which lives as long as the object.
    private final class Guest {
        private let process = Process()
        private let input = Pipe()
        var path: String { "/proc/\(process.processIdentifier)/ns/net" }

        init() throws {
            let output = Pipe()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
            process.arguments = ["--net", "sh", "-c", "echo; exec cat"]
            process.standardInput = input
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            // Nothing comes if it may not.
            guard try output.fileHandleForReading.read(upToCount: 1)?.isEmpty == false else {
                throw NetlinkError(.enterNamespace, .notPermitted)
            }
        }

        deinit {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }

        /// Tells its loopback interface from others by its MTU.
        func mark(_ mtu: UInt32) throws {
            var exchange = Exchange(over: try NetlinkConnector.kernel(in: .path(path)).open(.route))
            // RTM_NEWLINK changes the link of that index, which `lo` has everywhere.
            try exchange.request(NetlinkMessageType(rawValue: 16)) { (writer) throws(NetlinkError) in
                try writer.append(header: [0, 0, 0, 0] + hostBytes(1 as UInt32) + hostBytes(0 as UInt64))
                try writer.append(NetlinkAttributeType(IFLA_MTU), number: mtu)
            }
        }
    }

    /// The name is given to another namespace between two sockets.
    @Test(.enabled(if: isPrivileged, "making network namespaces takes CAP_SYS_ADMIN"))
    func staysWhenTheNameIsBoundAnew() throws {
        let (first, second) = (try Guest(), try Guest())
        try first.mark(4001)
        try second.mark(4002)
        let name = try Name()
        try name.bind(to: first.path)
        let connector = NetlinkConnector.kernel(in: .path(name.path))
        _ = try connector.open(.generic)
        try name.bind(to: second.path)
        #expect(try mtuOfLoopback(connector) == 4001)
        #expect(try mtuOfLoopback(.kernel(in: .path(name.path))) == 4002)
        // The calling thread has not moved.
        let own = try mtuOfLoopback(.kernel())
        #expect(own != 4001 && own != 4002)
        let errno = failure { () throws(NetlinkError) in _ = try connector.open(.route) }
        #expect(errno == nil)
    }

    /// The namespace of the thread that opened the first socket, wherever the thread is that opens the second.
    @Test(.enabled(if: isPrivileged, "making network namespaces takes CAP_SYS_ADMIN"))
    func theCurrentNamespaceStays() throws {
        let guest = try Guest()
        try guest.mark(4003)
        let path = guest.path
        let connector = NetlinkConnector.kernel()
        let own = try mtuOfLoopback(connector)
        let seen = Mutex<[UInt32?]>([])
        let finished = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            defer { finished.signal() }
            guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec) else { return }
            defer { try? file.close() }
            guard setns(file.rawValue, L2TP_CLONE_NEWNET) == 0 else { return }
            for connector in [connector, .kernel()] {
                guard var links = try? LinkClient(connector) else { continue }
                let mtu = ((try? links.link(named: "lo")) ?? nil)?.mtu
                seen.withLock { $0.append(mtu) }
            }
        }
        finished.wait()
        #expect(seen.withLock(\.self) == [own, 4003])
        #expect(own != 4003)
    }
}
