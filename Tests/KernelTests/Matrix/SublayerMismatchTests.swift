import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// Ends that disagree about the sublayer: nobody notices, and garbage is delivered.
    @Suite(.sitePair)
    struct SublayerMismatchTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
        }

        @Test(arguments: CookieMismatchTests.carriers, L2SpecificSublayer.allCases)
        func deliversGarbage(_ carrier: Cell, _ sent: L2SpecificSublayer) throws {
            let wire = try Pseudowire(in: pair, carrier) { side, _, session in
                session.l2SpecificSublayer = side == .left ? sent : sent == .none ? .default : .none
            }
            let tap = try FrameTap(Cell.interface, in: pair.right)
            let socket = try PacketSocket(Cell.interface, in: pair.left)
            try socket.send(TestFrame.bytes(number: 0))

            let frame = TestFrame.bytes(number: 0)
            let garbage = sent == .none ? Array(frame[4...]) : [0, 0, 0, 0] + frame
            let isDelivered = try eventually { try tap.frames().contains(garbage) }
            #expect(isDelivered)
            let statistics = try wire.session(.right).statistics
            #expect(statistics.receivePackets == 1)
            #expect(statistics.receiveErrors == 0)
            #expect(statistics.receiveSequenceDiscards == 0)
            #expect(statistics.receiveCookieDiscards == 0)
            let outcome = try wire.ping(size: 56, wait: 0.2)
            #expect(!outcome.succeeded, "\(outcome)")
            try wire.remove()
        }
    }
}
