import CommandLineSupport
import Testing

@testable import l2tp

@Suite struct OutputBufferTests {
    private func text(_ write: (inout OutputBuffer) -> Void) -> String {
        var buffer = OutputBuffer(capacity: 0)
        write(&buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    @Test(
        "Numbers of every length",
        arguments: (0..<64).flatMap { [UInt64(1) << UInt64($0), (UInt64(1) << UInt64($0)) - 1] } + [10, 99, 100, .max])
    func numbers(number: UInt64) {
        #expect(text { $0.append(number: number) } == "\(number)")
        #expect(text { $0.append("number " as OutputBuffer.Literal, number: number) } == "number \(number)")
    }

    @Test("Literals of every length", arguments: 0...OutputBuffer.Literal.longest)
    func literals(count: Int) {
        let word = String("abcdefghijklmnopqrstuvwxyz012345".prefix(count))
        #expect(
            text { buffer in
                for _ in 0..<9 {
                    buffer.append(OutputBuffer.Literal(stringLiteral: word))
                    buffer.append(UInt8(ascii: "|"))
                }
            } == String(repeating: word + "|", count: 9))
    }

    @Test("What is handed on is not handed on again, and the memory is used again")
    func drain() {
        var buffer = OutputBuffer(capacity: 64)
        var pieces: [String] = []
        for round in 0..<5 {
            buffer.append("round \(round), text longer than the buffer was at first: é🙂 and so on and on" as String)
            buffer.drain(100) { pieces.append(String(decoding: $0, as: UTF8.self)) }
        }
        buffer.drain { pieces.append(String(decoding: $0, as: UTF8.self)) }
        buffer.drain { pieces.append(String(decoding: $0, as: UTF8.self)) }
        let whole = (0..<5).map { "round \($0), text longer than the buffer was at first: é🙂 and so on and on" }
        #expect(pieces.joined() == whole.joined())
        #expect(pieces.count == 3)
    }
}
