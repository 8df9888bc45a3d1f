import CLibmnl
import L2TPModel
import L2TPNetlink
import L2TPWire
import L2TPWireTestSupport
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// The form of the fake's answers.
@Suite struct FakeKernelAnswerTests {
    /// Sends one datagram; everything that comes back, datagram by datagram.
    private func answers(
        to datagram: [UInt8], from kernel: FakeKernel, over netlinkProtocol: NetlinkProtocol = .generic
    ) throws -> (portID: UInt32, datagrams: [[UInt8]]) {
        var transport = try kernel.connector.open(netlinkProtocol)
        try transport.send(datagram.span)
        var datagrams: [[UInt8]] = []
        do throws(NetlinkError) {
            while true { try transport.receive { datagrams.append([UInt8](copying: $0)) } }
        } catch {
            #expect(error.errno == .resourceTemporarilyUnavailable)
        }
        return (transport.portID, datagrams)
    }

    private func get(_ command: Int, flags: UInt16 = 5, _ attributes: [UInt8] = []) -> [UInt8] {
        rawMessage(type: 27, flags: flags, sequence: 77, portID: 0, [UInt8(command), 1, 0, 0] + attributes)
    }

    private func kernel() throws -> FakeKernel {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        var tunnel = TunnelSpecification.udp()
        tunnel.encapsulation = .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000))
        try client.createTunnel(tunnel)
        var session = SessionSpecification.ethernet(interface: "lan")
        session.cookie = Cookie(1 as UInt32)
        session.reorderTimeout = .milliseconds(4)
        try client.createSession(session)
        try client.createTunnel(.ip(3001, local: "2001:db8::1", peer: "2001:db8::2"))
        kernel.forgetRequests()
        return kernel
    }

    /// The attribute numbers of a message behind its generic netlink header, and those nested in STATS.
    private func attributeTypes(_ bytes: [UInt8]) throws -> (all: [UInt16], counters: [UInt16]) {
        var all: [UInt16] = []
        var counters: [UInt16] = []
        var messages = NetlinkMessageReader(bytes.span)
        while let message = try messages.next() {
            var attributes = try message.attributes(after: 4)
            while let attribute = try attributes.next() {
                all.append(attribute.type.rawValue)
                guard attribute.type.rawValue == UInt16(L2TP_ATTR_STATS) else { continue }
                var nested = attribute.nested
                while let counter = try nested.next() { counters.append(counter.type.rawValue) }
            }
        }
        return (all, counters)
    }

    /// Order and presence of the attributes as Linux was seen to send them.
    @Test func oneTunnel() throws {
        let kernel = try kernel()
        let (portID, datagrams) = try answers(
            to: get(L2TP_CMD_TUNNEL_GET, rawAttribute(9, hostBytes(3000 as UInt32))), from: kernel)
        try #require(datagrams.count == 2)
        let reply = datagrams[0]
        // Flags ACK, sequence and port of the asker, genl version 1.
        #expect(
            Array(reply[4..<20]) == hostBytes(27 as UInt16) + [4, 0, 77, 0, 0, 0] + hostBytes(portID) + [4, 1, 0, 0])
        #expect(try attributeTypes(reply).all == [7, 9, 10, 17, 2, 30, 13, 26, 27, 24, 25])
        // STATS is nested without saying so.
        #expect(reply.firstRange(of: [30, 0] + [12, 0, 1, 0]) != nil)
        // The acknowledgement is capped: no error, and the request's header.
        #expect(Array(datagrams[1][4..<8]) == [2, 0, 0, 1])
        #expect(datagrams[1].count == 36)
        let ipv6 = try answers(to: get(L2TP_CMD_TUNNEL_GET, rawAttribute(9, hostBytes(3001 as UInt32))), from: kernel)
        #expect(try attributeTypes(ipv6.datagrams[0]).all == [7, 9, 10, 17, 2, 30, 31, 32])
    }

    @Test func oneSession() throws {
        let kernel = try kernel()
        let selector = rawAttribute(9, hostBytes(3000 as UInt32)) + rawAttribute(11, hostBytes(1000 as UInt32))
        let (_, datagrams) = try answers(to: get(L2TP_CMD_SESSION_GET, selector), from: kernel)
        #expect(try attributeTypes(datagrams[0]).all == [9, 11, 10, 12, 17, 1, 8, 15, 18, 19, 20, 22, 30])
        #expect(datagrams[0][6...7] == [0, 0])
        // Without NLM_F_ACK nothing follows.
        #expect(try answers(to: get(L2TP_CMD_SESSION_GET, flags: 1, selector), from: kernel).datagrams.count == 1)
    }

    @Test func counters() throws {
        let kernel = try kernel()
        let selector = rawAttribute(9, hostBytes(3000 as UInt32))
        func counters() throws -> [UInt16] {
            let reply = try answers(to: get(L2TP_CMD_TUNNEL_GET, selector), from: kernel).datagrams[0]
            return try attributeTypes(reply).counters
        }
        #expect(try counters() == [1, 2, 3, 4, 5, 6, 10, 7, 8, 11])
        kernel.behavior.lacksDiscardCounters = true
        #expect(try counters() == [1, 2, 3, 4, 5, 6, 7, 8])
    }

    /// A refusal repeats the whole request.
    @Test func aRefusal() throws {
        let request = get(L2TP_CMD_TUNNEL_GET, rawAttribute(9, hostBytes(1 as UInt32)))
        let (_, datagrams) = try answers(to: request, from: FakeKernel())
        try #require(datagrams.count == 1)
        #expect(datagrams[0][4...7] == [2, 0, 0, 0])
        #expect(Array(datagrams[0].dropFirst(16)) == hostBytes(UInt32(bitPattern: -19)) + request)
    }

    @Test func dumps() throws {
        let kernel = try kernel()
        let (_, datagrams) = try answers(to: get(L2TP_CMD_TUNNEL_GET, flags: 0x301), from: kernel)
        // Two tunnels, and the end on its own: 2 messages a datagram.
        #expect(datagrams.count == 2)
        #expect(datagrams[0][6...7] == [2, 0])
        #expect(Array(datagrams[1][4..<8]) == [3, 0, 2, 0])
        // NOOP cannot be dumped.
        let refused = try answers(to: get(L2TP_CMD_NOOP, flags: 0x301), from: kernel)
        #expect(refused.datagrams[0][16...19] == hostBytes(UInt32(bitPattern: -95))[...])
    }

    @Test func whatIsNotUnderstood() throws {
        let kernel = FakeKernel()
        // No request flag, a control message, and no message at all: no answer.
        #expect(try answers(to: get(0, flags: 4), from: kernel).datagrams.isEmpty)
        #expect(try answers(to: rawMessage(type: 3, flags: 5), from: kernel).datagrams.isEmpty)
        #expect(try answers(to: [1, 2, 3], from: kernel).datagrams.isEmpty)
        #expect(kernel.requests.isEmpty)
        func errno(_ message: [UInt8], _ netlinkProtocol: NetlinkProtocol) throws -> UInt8 {
            let first = try #require(try answers(to: message, from: kernel, over: netlinkProtocol).datagrams.first)
            return 0 &- first[16]
        }
        // Another family (ENOENT), a command of the controller, a route command, and a link without selector.
        #expect(try errno(rawMessage(type: 99, flags: 5, [0, 0, 0, 0]), .generic) == 2)
        #expect(try errno(rawMessage(type: 99, flags: 5), .generic) == 2)
        #expect(try errno(rawMessage(type: 16, flags: 5, [9, 2, 0, 0]), .generic) == 2)
        #expect(try errno(rawMessage(type: 24, flags: 5, [0, 0, 0, 0]), .route) == 95)
        #expect(try errno(rawMessage(type: 18, flags: 5, [UInt8](repeating: 0, count: 16)), .route) == 22)
        kernel.behavior.familyAbsent = true
        #expect(try errno(get(L2TP_CMD_NOOP), .generic) == 2)
    }

    @Test func severalMessagesInADatagram() throws {
        let kernel = FakeKernel()
        let (_, datagrams) = try answers(to: get(L2TP_CMD_NOOP) + get(L2TP_CMD_NOOP), from: kernel)
        #expect(datagrams.count == 4)
        #expect(kernel.requests.map(\.step) == [.command(.noOperation), .command(.noOperation)])
    }

    @Test func requestsAreRecorded() throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        kernel.forgetRequests()
        _ = try client.session(interface: "lan")
        try client.deleteSession(SessionID(1000), in: TunnelID(3000))
        #expect(kernel.requests.first?.interfaceName == "lan")
        #expect(kernel.changeRequests.map(\.step) == [.sessionDelete])
        #expect(kernel.changeRequests.map(\.tunnelID) == [TunnelID(3000)])
        #expect(kernel.changeRequests.map(\.sessionID) == [SessionID(1000)])
        #expect(!Step.other(.noOperation).isRead)
        #expect(kernel.changeRequests.first?.bytes.count == 36)
    }

    /// Faults wait for their step, one after the other.
    @Test func faultsComeInTheirOrder() throws {
        let kernel = FakeKernel()
        kernel.fail(.tunnelDump, with: .noMemory, times: 2)
        kernel.fail(.tunnelDump, with: .notPermitted)
        var client = try L2TPClient(kernel.connector)
        var errors: [Errno?] = []
        for _ in 0..<4 {
            errors.append(failure { () throws(L2TPError) in _ = try client.tunnels() }?.errno)
        }
        #expect(errors == [.noMemory, .noMemory, .notPermitted, nil])
    }

    /// A fault of an answer that is not there does nothing.
    @Test(arguments: [Fault.truncate(to: 3), .foreignFirst, .overflow, .interruptDump])
    func faultsWithoutAnswer(fault: Fault) throws {
        let kernel = FakeKernel()
        kernel.inject(fault, at: .tunnelDelete)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        let request = get(L2TP_CMD_TUNNEL_DELETE, flags: 1, rawAttribute(9, hostBytes(3000 as UInt32)))
        var transport = try kernel.connector.open(.generic)
        try transport.send(request.span)
        #expect(kernel.tunnels.isEmpty)
    }

    @Test func scriptsAreShared() throws {
        let script = ScriptedTransport.Script([.datagram([1]), .answer { $0.reversed() }])
        var first = ScriptedTransport(script, portID: 5)
        var second = try ScriptedTransport.connector(script).open(.route)
        #expect(first.portID == 5 && second.portID == 4711)
        var received: [[UInt8]] = []
        try first.receive { received.append([UInt8](copying: $0)) }
        try first.send([7, 8, 9].span)
        try second.receive { received.append([UInt8](copying: $0)) }
        #expect(received == [[1], [9, 8, 7]])
        #expect(script.sent == [[7, 8, 9]])
        #expect(
            failure { () throws(NetlinkError) in try second.receive { _ in } }?.errno == .resourceTemporarilyUnavailable
        )
    }
}
