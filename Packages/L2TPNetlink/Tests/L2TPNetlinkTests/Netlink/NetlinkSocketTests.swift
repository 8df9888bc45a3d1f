import Glibc
import Netlink
import SystemPackage
import Testing

@Suite struct NetlinkSocketTests {
    /// The descriptors of this process's netlink sockets, with their close-on-exec flags.
    private func netlinkDescriptors() -> [CInt: Bool] {
        var found: [CInt: Bool] = [:]
        for descriptor in 0..<CInt(1024) {
            var family: CInt = 0
            var length = socklen_t(MemoryLayout<CInt>.size)
            guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &family, &length) == 0, family == AF_NETLINK
            else { continue }
            found[descriptor] = fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0
        }
        return found
    }

    @Test(arguments: [NetlinkProtocol.generic, .route])
    func closesOnExec(netlinkProtocol: NetlinkProtocol) throws {
        let socket = try NetlinkSocket(netlinkProtocol)
        #expect(socket.portID != 0)
        let descriptors = netlinkDescriptors()
        #expect(!descriptors.isEmpty)
        #expect(descriptors.values.allSatisfy { $0 })
    }

    /// The running kernel answers on a real socket.
    @Test func talksToTheKernel() throws {
        var exchange = Exchange(over: try NetlinkSocket(.generic))
        var count = 0
        try exchange.dump(GenericFamily.controller.messageType) { (writer) throws(NetlinkError) in
            try writer.append(genericCommand: 3, version: 2)
        } restart: {
            count = 0
        } member: { (message) throws(NetlinkError) in
            _ = try GenericFamily(message)
            count += 1
        }
        #expect(count >= 1)
    }

    /// The kernel takes no datagram that is longer than the socket's buffer.
    @Test func aDatagramTooLongIsRefused() throws {
        var socket = try NetlinkSocket(.generic)
        let bytes = [UInt8](repeating: 0, count: 4 << 20)
        let error = failure { () throws(NetlinkError) in try socket.send(bytes.span) }
        #expect(error == NetlinkError(.send, Errno(rawValue: EMSGSIZE)))
    }
}
