import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// What the kernel changes in a session that exists, and what it ignores.
    @Suite(.sitePair)
    struct ModificationTests {
        private static let id = SessionID(31)
        private static let tunnelID = TunnelID(1)

        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            try client.createSession(.named("pw", 31, in: 1))
        }

        @Test("Sequence numbers, LNS mode and timeout change, each by itself and back")
        func changes() throws {
            var client = try pair.left.client()
            var expected = try #require(try client.session(Self.id, in: Self.tunnelID))
            for (modification, change) in [
                (SessionModification(lnsMode: true), { $0.lnsMode = true }),
                (SessionModification(sendsSequenceNumbers: true), { $0.sendsSequenceNumbers = true }),
                (SessionModification(requiresSequenceNumbers: true), { $0.requiresSequenceNumbers = true }),
                (SessionModification(reorderTimeout: .milliseconds(100)), { $0.reorderTimeout = .milliseconds(100) }),
                (
                    SessionModification(
                        requiresSequenceNumbers: false, sendsSequenceNumbers: false, lnsMode: false,
                        reorderTimeout: .zero),
                    {
                        ($0.requiresSequenceNumbers, $0.sendsSequenceNumbers, $0.lnsMode) = (false, false, false)
                        $0.reorderTimeout = .zero
                    }
                ),
            ] as [(SessionModification, (inout Session) -> Void)] {
                let session = try client.modifySession(Self.id, in: Self.tunnelID, modification)
                change(&expected)
                #expect(session == expected)
            }
            let named = try client.modifySession(interface: "pw", SessionModification(lnsMode: true))
            expected.lnsMode = true
            #expect(named == expected)
        }

        /// Debian's clock has 250 Hz.
        @Test("A timeout comes back rounded up to the clock tick", arguments: [(1, 4), (7, 8), (8, 8), (250, 252)])
        func rounding(milliseconds: Int, reported: Int) throws {
            var client = try pair.left.client()
            let session = try client.modifySession(
                Self.id, in: Self.tunnelID, SessionModification(reorderTimeout: .milliseconds(milliseconds)))
            #expect(session.reorderTimeout == .milliseconds(reported))
            #expect(session.reorderTimeout.isClockTicks(of: .milliseconds(milliseconds)))
            var desired = try SessionSpecification.named("pw", 31, in: 1)
            desired.reorderTimeout = .milliseconds(milliseconds)
            #expect(session.differences(from: desired).isEmpty)
        }

        @Test("Another tunnel's session of the same id stays as it is")
        func otherTunnel() throws {
            var client = try pair.left.client()
            try client.createTunnel(.udp(2))
            #expect(throws: L2TPError.self) {
                var client = try pair.left.client()
                try client.modifySession(Self.id, in: TunnelID(2), SessionModification(lnsMode: true))
            }
            try client.createSession(.named("other", 31, in: 2))
            try client.modifySession(Self.id, in: TunnelID(2), SessionModification(lnsMode: true))
            #expect(try client.sessions().map(\.lnsMode) == [false, true])
            try client.modifySession(interface: "pw", SessionModification(reorderTimeout: .milliseconds(100)))
            #expect(try client.sessions().map(\.reorderTimeout) == [.milliseconds(100), .zero])
        }

        @Test("A renamed interface's session is found by the old name only")
        func renamed() throws {
            try Shell.ip(["link set pw name lan"], in: pair.left)
            var client = try pair.left.client()
            #expect(try client.modifySession(interface: "pw", SessionModification(lnsMode: true)).lnsMode)
            let words = ["-n", pair.left.name, "modify", "session", "dev", "lan", "lns_mode", "off"]
            let outcome = try Shell.run([Shell.l2tp] + words)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("there is an interface lan"), "\(outcome)")
            #expect(outcome.errors.contains("session 31 in tunnel 1 was created with pw"), "\(outcome)")
            try Shell.require([Shell.l2tp, "-n", pair.left.name, "del", "session", "dev", "pw"])
            #expect(try client.sessions().isEmpty)
        }

        @Test("A tunnel has nothing to change")
        func tunnel() throws {
            var client = try pair.left.client()
            let before = try KernelState(of: pair.left)
            try client.modifyTunnel(Self.tunnelID)
            #expect(try KernelState(of: pair.left) == before)
            #expect(throws: L2TPError.self) {
                var client = try pair.left.client()
                try client.modifyTunnel(TunnelID(9))
            }
        }

        @Test("Outside LNS mode a frame without a number takes the sending of numbers back, which is no unmet change")
        func drift() throws {
            try pair.left.deleteAllTunnels()
            let wire = try Pseudowire(in: pair, Cell(encapsulation: .udp, ipVersion: .v4))
            var client = try pair.left.client()
            let (id, tunnelID) = (Cell.sessionID(.left), Cell.tunnelID(.left))
            let set = try client.modifySession(id, in: tunnelID, SessionModification(sendsSequenceNumbers: true))
            #expect(set.sendsSequenceNumbers)
            let socket = try PacketSocket(Cell.interface, in: pair.right)
            try socket.send(TestFrame.bytes(number: 0))
            let drifted = try wire.session(.left)
            #expect(!drifted.sendsSequenceNumbers)
            var desired = try Cell(encapsulation: .udp, ipVersion: .v4).session(.left)
            desired.sendsSequenceNumbers = true
            #expect(
                drifted.differences(from: desired) == [SessionDifference(.sendsSequenceNumbers, mayBeKernels: true)])
            // In LNS mode it stays, and the frame is dropped.
            try client.modifySession(
                id, in: tunnelID, SessionModification(sendsSequenceNumbers: true, lnsMode: true))
            try socket.send(TestFrame.bytes(number: 1))
            let pinned = try wire.session(.left)
            #expect(pinned.sendsSequenceNumbers && pinned.lnsMode)
            #expect(pinned.statistics.receiveSequenceDiscards == 1)
            try wire.remove()
        }
    }
}
