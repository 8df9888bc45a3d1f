import L2TPMetrics
import Testing

@Suite("Labels")
struct LabelSetTests {
    private func text(_ labels: LabelSet) -> String { String(decoding: labels.bytes, as: UTF8.self) }

    @Test("are in the order in which they were added")
    func order() {
        var labels = LabelSet()
        #expect(labels.isEmpty)
        #expect(text(labels) == "")
        labels.append(.tunnelID, number: 0)
        labels.append(.local, "")
        labels.append(.sessionID, number: .max)
        #expect(text(labels) == #"tunnel_id="0",local="",session_id="18446744073709551615""#)
        #expect(!labels.isEmpty)
    }

    @Test(
        "have values that are escaped where the formats want it",
        arguments: [
            ("\\", #"\\"#), (#"""#, #"\""#), ("\n", #"\n"#), ("a,b={}", "a,b={}"), ("é\u{1f600}\r\t", "é\u{1f600}\r\t"),
            (#"\n"#, #"\\n"#),
        ])
    func escapes(value: String, written: String) {
        #expect(text(LabelSet(.tunnel, value)) == "tunnel=\"\(written)\"")
    }
}
