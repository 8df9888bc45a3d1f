import Glibc
import L2TPNetlink
import LinkControl
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

    /// Dumps what every host has: generic netlink families, or links.
    private func dump(
        _ netlinkProtocol: NetlinkProtocol, over exchange: inout Exchange<NetlinkSocket>,
        member: (borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        let type = netlinkProtocol == .generic ? GenericFamily.controller.messageType : .init(rawValue: 18)
        try exchange.dump(type) { (writer) throws(NetlinkError) in
            if netlinkProtocol == .generic {
                try writer.append(genericCommand: 3, version: 2)
            } else {
                try writer.append(header: [UInt8](repeating: 0, count: 16))
            }
        } restart: {
        } member: { (message) throws(NetlinkError) in
            try member(message)
        }
    }

    /// The kernel refuses a dump with `EBUSY` on a socket on which another has not been read to its end. How long
    /// the lists are depends on the host: it is busy only with one that takes three datagrams.
    @Test(arguments: [NetlinkProtocol.generic, .route])
    func aRefusedMemberLeavesTheSocketUsable(netlinkProtocol: NetlinkProtocol) throws {
        var exchange = Exchange(over: try NetlinkSocket(netlinkProtocol))
        let unwanted = NetlinkError(.build, .canceled, message: "not wanted")
        for attempt in 1...3 {
            var count = 0
            let error = failure { () throws(NetlinkError) in
                try dump(netlinkProtocol, over: &exchange) { (_) throws(NetlinkError) in
                    count += 1
                    throw unwanted
                }
            }
            #expect(error == unwanted, "attempt \(attempt)")
            #expect(count >= 1)
        }
        var members: [NetlinkMessageType] = []
        try dump(netlinkProtocol, over: &exchange) { (message) in members.append(message.header.type) }
        #expect(!members.isEmpty)
        #expect(Set(members).count == 1)
    }

    /// A socket, and what owns one, may move between threads: this compiles.
    @Test func mayMoveBetweenThreads() {
        func expectSendable<Value: Sendable & ~Copyable>(_: Value.Type) {}
        expectSendable(NetlinkSocket.self)
        expectSendable(Exchange<NetlinkSocket>.self)
        expectSendable(LinkClient<NetlinkSocket>.self)
        expectSendable(L2TPClient<NetlinkSocket>.self)
    }

    /// The kernel takes no datagram that is longer than the socket's buffer.
    @Test func aDatagramTooLongIsRefused() throws {
        var socket = try NetlinkSocket(.generic)
        let bytes = [UInt8](repeating: 0, count: 4 << 20)
        let error = failure { () throws(NetlinkError) in try socket.send(bytes.span) }
        #expect(error == NetlinkError(.send, Errno(rawValue: EMSGSIZE)))
    }
}
