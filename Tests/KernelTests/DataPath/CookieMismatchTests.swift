import L2TPModel
import L2TPWire
import Testing

extension KernelTests {
    /// Frames with another cookie than the expected one, or none, do not get through.
    @Suite(.sitePair)
    struct CookieMismatchTests {
        /// What the left side sends and the right side expects.
        struct Mismatch: Sendable, CustomTestStringConvertible {
            var name: String
            var sent: Cookie?
            var expected: Cookie?
            /// Whether the receiver notices and counts.
            var isCounted: Bool

            var testDescription: String { name }
        }

        static let mismatches = [
            Mismatch(
                name: "4 expected, 4 wrong", sent: Cookie(UInt32(0x0123_4567)), expected: Cookie(UInt32(0x0123_4568)),
                isCounted: true),
            Mismatch(
                name: "8 expected, 8 wrong", sent: Cookie(UInt64(0x0123_4567_89ab_cdef)),
                expected: Cookie(UInt64(0x0123_4567_89ab_cdee)), isCounted: true),
            Mismatch(
                name: "none expected, 4 sent", sent: Cookie(UInt32(0x0123_4567)), expected: nil, isCounted: false),
            Mismatch(
                name: "none expected, 8 sent", sent: Cookie(UInt64(0x0123_4567_89ab_cdef)), expected: nil,
                isCounted: false),
            Mismatch(name: "4 expected, none sent", sent: nil, expected: Cookie(UInt32(0x0123_4567)), isCounted: true),
            Mismatch(
                name: "8 expected, none sent", sent: nil, expected: Cookie(UInt64(0x0123_4567_89ab_cdef)),
                isCounted: true),
        ]

        static let carriers = Encapsulation.allCases.flatMap { encapsulation in
            IPVersion.allCases.map { Cell(encapsulation: encapsulation, ipVersion: $0) }
        }

        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
        }

        @Test(arguments: carriers, mismatches)
        func doesNotPass(_ carrier: Cell, _ mismatch: Mismatch) throws {
            let wire = try Pseudowire(in: pair, carrier) { side, _, session in
                if side == .left { session.cookie = mismatch.sent } else { session.peerCookie = mismatch.expected }
            }
            let outcome = try wire.ping(size: 56, wait: 0.3)
            #expect(!outcome.succeeded)
            let statistics = try wire.session(.right).statistics
            if mismatch.isCounted {
                #expect(try #require(statistics.receiveCookieDiscards) > 0)
                #expect(statistics.receiveErrors == statistics.receiveCookieDiscards)
                #expect(statistics.receivePackets == 0)
            } else {
                // Nobody notices: the cookie becomes the start of the frame.
                #expect(statistics.receiveCookieDiscards == 0)
                #expect(statistics.receiveErrors == 0)
                #expect(statistics.receivePackets > 0)
            }
            try wire.remove()
        }

        /// The control experiment: the same with equal cookies passes.
        @Test(arguments: carriers)
        func equalCookiesPass(_ carrier: Cell) throws {
            let wire = try Pseudowire(in: pair, carrier) { side, _, session in
                if side == .left {
                    session.cookie = Cookie(UInt32(0x0123_4567))
                } else {
                    session.peerCookie = Cookie(UInt32(0x0123_4567))
                }
            }
            let outcome = try wire.ping(size: 56)
            #expect(outcome.succeeded, "\(outcome)")
            try wire.remove()
        }
    }
}
