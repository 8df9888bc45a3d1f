/// Lines that come in pieces.
struct LineBuffer {
    private var rest: [UInt8] = []
    /// The lines that are complete, without their ends.
    private(set) var lines: [String] = []

    /// Takes a piece.
    mutating func append(_ bytes: [UInt8]) {
        rest += bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(String(decoding: rest[..<end], as: UTF8.self))
            rest.removeFirst(end + 1)
        }
        // Nobody who means it writes so much without an end.
        if rest.count > 4096 { rest = [] }
    }
}
