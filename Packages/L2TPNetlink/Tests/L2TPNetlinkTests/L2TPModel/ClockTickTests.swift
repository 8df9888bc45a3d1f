import L2TPModel
import Testing

@Suite struct ClockTickTests {
    @Test(
        "A kernel may report what it was told, rounded up to its tick",
        arguments: [
            (0, [0]), (1, [1, 4, 10]), (7, [7, 8, 10]), (100, [100]), (101, [101, 104, 110]), (250, [250, 252]),
            (255, [255, 256, 257, 260]), (2_147_483_647, [2_147_483_647, 2_147_483_648, 2_147_483_650]),
        ] as [(Int64, [Int64])])
    func mayReport(requested: Int64, reported: [Int64]) {
        for milliseconds in max(requested - 20, 0)...(requested + 20) {
            // 300 Hz has ticks of 3⅓ ms.
            let isOf300 = milliseconds == (((requested * 300 + 999) / 1000) * 1000 + 299) / 300
            #expect(
                Duration.milliseconds(milliseconds).isClockTicks(of: .milliseconds(requested))
                    == (reported.contains(milliseconds) || isOf300), "\(requested) reported as \(milliseconds)")
        }
    }

    @Test("No duration is too long or negative to be compared")
    func extremes() {
        let longest = Duration(secondsComponent: .max, attosecondsComponent: 0)
        #expect(longest.isClockTicks(of: longest))
        #expect(!Duration.zero.isClockTicks(of: longest))
        #expect(!Duration.zero.isClockTicks(of: .milliseconds(-1)))
        #expect(Duration.milliseconds(-1).isClockTicks(of: .milliseconds(-1)))
    }
}
