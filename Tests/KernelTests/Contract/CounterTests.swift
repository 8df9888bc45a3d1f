import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import SystemPackage
import Testing

extension KernelTests {
    /// The counters that an undisturbed pseudowire leaves at zero, each brought to count by hand-made packets.
    @Suite("Counters of disturbances", .sitePair)
    struct CounterTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            for side in Side.allCases { try pair[side].deleteAllTunnels() }
        }

        /// Without the link there is no route to the peer any more.
        @Test("what cannot be sent counts in TX_ERRORS")
        func transmitErrors() throws {
            let session = try makeSession()
            try Shell.ip(
                ["link set pw addrgenmode none up", "link set \(SitePair.interface) down"], in: pair.left)
            let socket = try PacketSocket("pw", in: pair.left)
            try socket.send(TestFrame.bytes(number: 0))
            try Shell.ip(["link set \(SitePair.interface) up"], in: pair.left)
            #expect(try statistics(session).transmitErrors == 1)
            #expect(try statistics(session).transmitPackets == 0)
        }

        @Test("what is put back into order counts in RX_OOS_PACKETS")
        func outOfSequence() throws {
            let session = try makeSession {
                $0.reorderTimeout = .seconds(60)
                $0.requiresSequenceNumbers = true
            }
            for number: UInt8 in [0, 2, 1] { try send([0x40, 0, 0, number] + TestFrame.bytes(number: Int(number))) }
            let isReceived = try eventually { try statistics(session).receivePackets == 3 }
            let counted = try statistics(session)
            #expect(isReceived, "\(counted)")
            #expect(counted.receiveOutOfSequencePackets == 1)
            #expect(counted.receiveErrors == 0)
        }

        @Test("what is too short for its session's cookie and sublayer counts in RX_INVALID, of the tunnel alone")
        func invalid() throws {
            let session = try makeSession { $0.peerCookie = Cookie(0x0102_0304_0506_0708 as UInt64) }
            try send([1, 2, 3, 4, 5, 6, 7, 8])
            let isCounted = try eventually { try tunnelStatistics().receiveInvalidPackets == 1 }
            let (tunnel, own) = (try tunnelStatistics(), try statistics(session))
            #expect(isCounted, "\(tunnel), \(own)")
            #expect(own.receiveInvalidPackets == 0)
        }

        private func makeSession(_ change: (inout SessionSpecification) -> Void = { _ in }) throws -> Session {
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            var specification = try SessionSpecification.named("pw", 31, in: 1)
            change(&specification)
            try client.createSession(specification)
            return try #require(try client.session(specification.id, in: specification.tunnelID))
        }

        private func statistics(_ session: Session) throws -> Statistics {
            var client = try pair.left.client()
            return try #require(try client.session(session.id, in: session.tunnelID)).statistics
        }

        private func tunnelStatistics() throws -> Statistics {
            var client = try pair.left.client()
            return try #require(try client.tunnel(TunnelID(1))).statistics
        }

        /// Sends a data message for session 31 from the right site.
        private func send(_ payload: [UInt8]) throws {
            let message = [0, 3, 0, 0, 0, 0, 0, 31] + payload
            let socket = try SystemCalls.inNamespace(pair.right.path) {
                try SystemCalls.socket(
                    from: .udp(SitePair.address(.right, .v4), port: 10000),
                    to: .udp(SitePair.address(.left, .v4), port: 10001))
            }
            _ = try socket.closeAfter { try socket.writeAll(message) }
        }
    }
}
