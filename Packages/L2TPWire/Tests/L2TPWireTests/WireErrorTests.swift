import L2TPWire
import Testing

@Suite struct WireErrorTests {
    @Test func oneLine() {
        let error = WireError(.truncated, at: 9, in: "Cookie")
        #expect(error.description == "message is truncated, at byte 9 (Cookie)")
        #expect("\(WireError(.l2tpv2, at: 1, in: "Ver"))" == "data message is L2TPv2, not L2TPv3, at byte 1 (Ver)")
    }

    @Test func codesDiffer() {
        let codes: Set<WireError.Code> = [
            .truncated, .l2tpv2, .unsupportedVersion, .controlMessage, .typeBitClear, .init(rawValue: "of tomorrow"),
        ]
        #expect(codes.count == 6)
    }

    @Test func equality() {
        let error = WireError(.truncated, at: 1, in: "Ver")
        #expect(error == WireError(.truncated, at: 1, in: "Ver"))
        #expect(error != WireError(.truncated, at: 2, in: "Ver"))
        #expect(error != WireError(.l2tpv2, at: 1, in: "Ver"))
        #expect(error != WireError(.truncated, at: 1, in: "Cookie"))
    }
}
