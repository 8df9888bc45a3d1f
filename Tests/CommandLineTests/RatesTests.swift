import L2TPModel
import Testing

@testable import l2tp

/// The rates between two looks at counters.
@Suite struct RatesTests {
    private static let earlier = Statistics(
        transmitPackets: 100, transmitBytes: 10_000, transmitErrors: 1, receivePackets: 50, receiveBytes: 5_000,
        receiveErrors: 7, receiveSequenceDiscards: 3, receiveOutOfSequencePackets: 2, receiveCookieDiscards: 4,
        receiveInvalidPackets: 0)

    private func later(_ change: (inout Statistics) -> Void) -> Statistics {
        var later = Self.earlier
        change(&later)
        return later
    }

    @Test("Packets and bits are a second's, errors those of the whole time")
    func rates() throws {
        let later = later {
            $0.transmitPackets += 300
            $0.transmitBytes += 30_000
            $0.transmitErrors += 1
            $0.receivePackets += 1
            $0.receiveBytes += 100
            $0.receiveErrors += 11
            $0.receiveSequenceDiscards += 5
            $0.receiveOutOfSequencePackets += 6
            $0.receiveCookieDiscards = 10
        }
        let rates = try #require(Rates(from: Self.earlier, to: later, over: .seconds(2)))
        #expect(rates.sentPackets == 150)
        #expect(rates.sentBits == 120_000)
        #expect(rates.receivedPackets == 0.5)
        #expect(rates.receivedBits == 400)
        #expect((rates.transmitErrors, rates.receiveErrors, rates.errors) == (1, 11, 12))
        #expect((rates.cookieDiscards, rates.sequenceDiscards, rates.outOfSequence) == (6, 5, 6))
    }

    @Test("The time counts that has passed, not the one that was asked for")
    func measuredTime() {
        let later = later { $0.receivePackets += 1000 }
        #expect(Rates(from: Self.earlier, to: later, over: .milliseconds(1250))?.receivedPackets == 800)
    }

    @Test("Without time there is no rate", arguments: [Duration.zero, .seconds(-1)])
    func noTime(time: Duration) {
        #expect(Rates(from: Self.earlier, to: later { $0.receivePackets += 1 }, over: time) == nil)
    }

    @Test("Any counter that goes back means that they began anew, be it that it ran over")
    func reset() {
        let changes: [(inout Statistics) -> Void] = [
            { $0.transmitPackets -= 1 }, { $0.transmitBytes -= 1 }, { $0.transmitErrors -= 1 },
            { $0.receivePackets -= 1 }, { $0.receiveBytes -= 1 }, { $0.receiveErrors -= 1 },
            { $0.receiveSequenceDiscards -= 1 }, { $0.receiveOutOfSequencePackets -= 1 },
            { $0.receiveCookieDiscards = 3 }, { $0 = Statistics() },
        ]
        for change in changes {
            #expect(Rates(from: Self.earlier, to: later(change), over: .seconds(1)) == nil)
        }
        let last = Statistics(receivePackets: .max)
        #expect(Rates(from: last, to: Statistics(receivePackets: 0), over: .seconds(1)) == nil)
        let whole = Rates(from: Statistics(), to: last, over: .seconds(1))
        #expect(whole?.receivedPackets == 0x1p64)
    }

    @Test("A kernel without the discard counters has no discards")
    func missingCounters() {
        let rates = Rates(from: Statistics(), to: Statistics(receivePackets: 1), over: .seconds(1))
        #expect(rates?.cookieDiscards == 0)
    }

    @Test(
        "A quantity has at most four digits and a prefix",
        arguments: [
            (0, "0"), (0.04, "0"), (0.5, "0.5"), (1, "1"), (9.94, "9.9"), (9.96, "10"), (50, "50"), (999.4, "999"),
            (999.6, "1.0 k"), (12_400, "12.4 k"), (64_000, "64.0 k"), (999_949, "999.9 k"), (999_951, "1.0 M"),
            (98_100_000, "98.1 M"), (1e10, "10.0 G"), (1e13, "10.0 T"), (1e16, "10.0 P"), (1.5e20, "150.0 E"),
            (-1, "0"), (.infinity, "0"), (.nan, "0"),
        ])
    func quantity(number: Double, text: String) {
        #expect(Quantity.text(number) == text)
    }
}
