import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    /// Many tunnels and sessions at a time.
    @Suite(.sitePair)
    struct ManyObjectsTests {
        let pair: SitePair
        let keys = (1...200).map { SessionKey(SessionID($0), in: TunnelID($0 % 4 + 1)) }

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        private func fill(_ client: inout L2TPClient<NetlinkSocket>) throws {
            let tunnels = client.createTunnels([.udp(1), .udp(2), .udp(3), .ip(4)])
            #expect(tunnels == [nil, nil, nil, nil])
            let sessions = try keys.map {
                try SessionSpecification.named("pw\($0.id)", $0.id.rawValue, in: $0.tunnelID.rawValue)
            }
            #expect(client.createSessions(sessions) == keys.map { _ in nil })
        }

        @Test("What many requests create, a list and many reads find; what they delete is gone")
        func roundTrip() throws {
            var client = try pair.left.client()
            try fill(&client)
            let list = try client.sessions()
            #expect(list.map(\.key) == keys.sorted { ($0.tunnelID, $0.id) < ($1.tunnelID, $1.id) })
            let reversed = Array(keys.reversed())
            #expect(try client.sessions(reversed).map { $0?.interfaceName } == reversed.map { "pw\($0.id)" })
            // A few alone: before Linux 6.11 each takes some 30 ms.
            let some = [keys[0], keys[7], keys[150]]
            #expect(client.deleteSessions(some) == [nil, nil, nil])
            #expect(try client.sessions(some) == [nil, nil, nil])
            #expect(try client.sessions().count == 197)
            #expect(client.deleteTunnels((1...4).map { TunnelID($0) }) == [nil, nil, nil, nil])
            #expect(try client.tunnels() == [] && client.sessions() == [])
            #expect(try pair.left.links().keys.sorted() == ["lo", SitePair.interface])
        }

        @Test("Each has the error of its own, and the others are created")
        func errors() throws {
            var client = try pair.left.client()
            #expect(client.createTunnels([.udp(1), .udp(1), .ip(2)]).map { $0?.reason } == [nil, .exists, nil])
            let wanted: [SessionSpecification] = [
                try .named("pw1", 1, in: 1), try .named("pw1", 2, in: 1), .unnamed(3, in: 9), .unnamed(1, in: 1),
                try .named("pw4", 4, in: 2),
            ]
            let outcomes = client.createSessions(wanted)
            #expect(outcomes.map { $0?.reason } == [nil, .exists, .notFound, .exists, nil])
            for (outcome, session) in zip(outcomes, wanted) where outcome != nil && session.id != SessionID(1) {
                do throws(L2TPError) {
                    try client.createSession(session)
                    Issue.record("the single call creates \(session)")
                } catch {
                    #expect(error == outcome)
                }
            }
            #expect(try client.sessions().map(\.id.rawValue) == [1, 4])
        }

        /// The bound is on what the kernel charges, with the socket's own receive buffer.
        @Test("Two thousand answers do not overflow the receive buffer")
        func window() throws {
            var client = try pair.left.client()
            try fill(&client)
            let many = (0..<10).flatMap { _ in keys }
            var exchange = Exchange(
                over: try NetlinkConnector<NetlinkSocket>.kernel(in: pair.left.networkNamespace).open(.generic))
            let family = try exchange.family(named: GenericFamily.l2tpName)
            func read(_ exchange: inout Exchange<NetlinkSocket>, _ end: RequestEnd, replyByteCount: Int)
                -> [RequestOutcome]
            {
                exchange.pipeline(family.messageType, count: many.count, end: end, replyByteCount: replyByteCount) {
                    (index, writer) throws(NetlinkError) in
                    try writer.append(genericCommand: L2TPCommand.sessionGet.rawValue, version: family.version)
                    try writer.append(NetlinkAttributeType(rawValue: 9), number: many[index].tunnelID.rawValue)
                    try writer.append(NetlinkAttributeType(rawValue: 11), number: many[index].id.rawValue)
                }
            }
            #expect(read(&exchange, .reply, replyByteCount: 512).allSatisfy { $0 == .succeeded })
            #expect(read(&exchange, .acknowledgement, replyByteCount: 512).allSatisfy { $0 == .succeeded })
            // Without the replies in the account it does overflow, and what is lost is told apart.
            let lost = NetlinkError(.receive, .noBufferSpace)
            let outcomes = read(&exchange, .acknowledgement, replyByteCount: 0)
            #expect(outcomes.contains(.unknown(lost)))
            #expect(outcomes.allSatisfy { $0 == .succeeded || $0 == .unknown(lost) })
            #expect(read(&exchange, .reply, replyByteCount: 512).allSatisfy { $0 == .succeeded })
        }
    }
}
