import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// What the kernel makes of sequence numbers that arrive, one message at a time, over UDP.
    @Suite(.sitePair)
    struct SequenceTests {
        /// Length in bytes of the frames inside the messages.
        static let frameByteCount = 64

        /// A message whose number, or lack of one, decides what becomes of it.
        struct Arrival: Sendable, CustomTestStringConvertible {
            var isNumbered: Bool
            var requires = false
            var sends = false
            var lnsMode: Bool
            /// Whether the frame gets through; otherwise it is counted as discarded for its number.
            var passes: Bool
            /// Whether we number what we send afterwards.
            var sendsAfterwards: Bool

            var testDescription: String {
                let settings = [requires ? "recv_seq" : nil, sends ? "send_seq" : nil, lnsMode ? "LNS" : "LAC"]
                return "\(isNumbered ? "number" : "no number"), " + settings.compactMap { $0 }.joined(separator: ", ")
            }
        }

        static let arrivals = [
            Arrival(isNumbered: false, requires: true, lnsMode: false, passes: false, sendsAfterwards: false),
            Arrival(isNumbered: false, requires: true, lnsMode: true, passes: false, sendsAfterwards: false),
            Arrival(isNumbered: true, requires: true, lnsMode: false, passes: true, sendsAfterwards: true),
            Arrival(isNumbered: true, requires: true, lnsMode: true, passes: true, sendsAfterwards: false),
            Arrival(isNumbered: false, sends: true, lnsMode: true, passes: false, sendsAfterwards: true),
            Arrival(isNumbered: false, sends: true, lnsMode: false, passes: true, sendsAfterwards: false),
            // Of no consequence: numbers that nobody has asked for, and none.
            Arrival(isNumbered: true, lnsMode: false, passes: true, sendsAfterwards: true),
            Arrival(isNumbered: true, lnsMode: true, passes: true, sendsAfterwards: false),
            Arrival(isNumbered: false, lnsMode: false, passes: true, sendsAfterwards: false),
        ]

        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.right.deleteAllTunnels()
        }

        @Test(arguments: arrivals)
        func ingress(_ arrival: Arrival) throws {
            try createSession {
                $0.requiresSequenceNumbers = arrival.requires
                $0.sendsSequenceNumbers = arrival.sends
                $0.lnsMode = arrival.lnsMode
            }
            try send([arrival.isNumbered ? 0 : nil])
            let session = try session()
            #expect(session.statistics == (arrival.passes ? .received(1) : .received(0, errors: 1, discards: 1)))
            #expect(session.sendsSequenceNumbers == arrival.sendsAfterwards)
            #expect(session.requiresSequenceNumbers == arrival.requires)
        }

        /// Half of all numbers lie ahead of the next one. The kernel begins with 0 and takes the first number in
        /// that half as the session's beginning; it drops what lies behind, as an error without a reason.
        @Test(
            arguments: [
                (0, true), (1, true), (8_388_606, true), (8_388_607, false), (16_777_215, false),
            ] as [(UInt32, Bool)], [Duration.zero, .milliseconds(100)])
        func receiveWindow(_ number: (UInt32, Bool), _ reorderTimeout: Duration) throws {
            try createSession { $0.reorderTimeout = reorderTimeout }
            try send([number.0])
            #expect(try session().statistics == (number.1 ? .received(1) : .received(0, errors: 1)))
        }

        /// Without a reorder timeout what comes out of order is dropped, until five in a row have come in order.
        @Test(
            arguments: [
                ([0, 2, 1], [0, 1]),
                ([0, 2, 3, 4, 5, 6, 7, 8], [0, 7, 8]),
            ] as [([UInt32], [UInt32])])
        func withoutQueue(_ sent: [UInt32], _ delivered: [UInt32]) throws {
            try createSession()
            #expect(try send(sent) == delivered)
            let dropped = UInt64(sent.count - delivered.count)
            #expect(
                try session().statistics
                    == .received(UInt64(delivered.count), errors: dropped, discards: dropped))
        }

        /// With one they are put back into order.
        @Test func queueRestoresTheOrder() throws {
            try createSession { $0.reorderTimeout = .seconds(60) }
            #expect(try send([0, 2, 1]) == [0, 1, 2])
            #expect(try session().statistics == .received(3, outOfSequence: 1))
        }

        /// Nothing watches the time: a gap is given up when the next message comes.
        @Test func queueGivesAGapUp() throws {
            try createSession { $0.reorderTimeout = .milliseconds(100) }
            #expect(try send([0, 2]) == [0])
            SystemCalls.sleep(milliseconds: 110)
            #expect(try session().statistics == .received(1))
            #expect(try send([3]) == [3])
            #expect(try session().statistics == .received(2, errors: 1, discards: 1))
        }

        /// Makes the right end of a tunnel with one session.
        private func createSession(adjust: (inout SessionSpecification) -> Void = { _ in }) throws {
            let cell = Cell(encapsulation: .udp, ipVersion: .v4)
            var session = try cell.session(.right)
            adjust(&session)
            var client = try pair.right.client()
            try client.createTunnel(cell.tunnel(.right))
            try client.createSession(session)
            try Shell.ip(["link set \(Cell.interface) up"], in: pair.right)
        }

        /// Sends a message for each number; the numbers of the frames that come out at the interface.
        @discardableResult
        private func send(_ numbers: [UInt32?]) throws -> [UInt32] {
            let cable = try PacketSocket(SitePair.interface, in: pair.left)
            let tap = try FrameTap(Cell.interface, in: pair.right)
            for number in numbers {
                try cable.send(try CraftedMessage.frame(sequenceNumber: number, inner: Self.frame(number ?? 0)))
            }
            return try tap.frames().map { $0.number(at: 14) }
        }

        /// A frame that carries its number, so that it can be told from others when it comes out.
        private static func frame(_ number: UInt32) -> [UInt8] {
            let start = Array(TestFrame.bytes(number: 0)[..<14]) + number.bytes
            return start + [UInt8](repeating: 0, count: frameByteCount - start.count)
        }

        private func session() throws -> Session {
            var client = try pair.right.client()
            return try #require(try client.session(Cell.sessionID(.right), in: Cell.tunnelID(.right)))
        }
    }
}

extension Statistics {
    /// The counters of a session that has received messages of ``KernelTests/SequenceTests`` and nothing else.
    fileprivate static func received(
        _ packets: UInt64, errors: UInt64 = 0, discards: UInt64 = 0, outOfSequence: UInt64 = 0
    ) -> Self {
        let header = DataFormat(cookieLength: .none, sublayer: .default).headerByteCount(over: .udp)
        let byteCount = UInt64(KernelTests.SequenceTests.frameByteCount + header)
        return Self(
            receivePackets: packets, receiveBytes: packets * byteCount, receiveErrors: errors,
            receiveSequenceDiscards: discards, receiveOutOfSequencePackets: outOfSequence, receiveCookieDiscards: 0,
            receiveInvalidPackets: 0)
    }
}
