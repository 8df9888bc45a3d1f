import NetlinkTestSupport
import Testing

@testable import l2tp

/// Whatever is typed, the program neither traps nor ends with another status than the documented ones.
@Suite struct RandomWordsTests {
    /// SplitMix64: the same words for the same seed.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var value = state
            value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
            value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
            return value ^ value >> 31
        }
    }

    private static let values = [
        "0", "1", "3000", "4294967295", "4294967296", "-1", "0x10", "010", "", " ", "192.0.2.1", "10.1", "2001:db8::1",
        "::", "any", "on", "off", "udp", "ip", "none", "default", "both", "u32", "c32", "01234567", "0123456789abcdef",
        "lan", "l2tpeth%d", "a/b", "-j", "--json", "--help", "-", "--", "=", "é", "\u{0}", "🙂", "%", "x", "strip",
        "add", "-n", "-b", "--netns=", "---", "\"", "\\", "#",
    ]

    @Test(arguments: 0..<8 as Range<UInt64>)
    func neverTraps(seed: UInt64) {
        var generator = Generator(state: seed)
        let words = Self.values + Keyword.spellings + CommandWord.spellings.map(\.word)
        let bench = Bench()
        for _ in 0..<50 {
            let line = (0..<Int.random(in: 0..<12, using: &generator)).map { _ in
                words.randomElement(using: &generator) ?? ""
            }
            _ = KeywordParser.parse(line)
            for command in CommandWord.allCases {
                let run = bench.run([command.rawValue] + line)
                #expect(run.status == .success || !run.error.isEmpty, "seed \(seed): \(line)")
            }
            let run = bench.run(line)
            #expect(run.status == .success || !run.error.isEmpty, "seed \(seed): \(line)")
            var reader = BatchReader(lines(of: line.joined(separator: " ")))
            while reader.next() != nil {}
        }
    }

    @Test func randomBytesNeverTrapTheBatchReader() {
        var generator = Generator(state: 7)
        let letters = Array("ab'\"\\#\n\r \té")
        for _ in 0..<2000 {
            let text = String(
                (0..<Int.random(in: 0..<20, using: &generator)).map { _ in
                    letters.randomElement(using: &generator) ?? " "
                })
            var reader = BatchReader(lines(of: text))
            while reader.next() != nil {}
        }
    }
}
