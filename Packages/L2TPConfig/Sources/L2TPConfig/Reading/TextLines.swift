/// A text with the beginnings of its lines, to tell lines and columns of offsets.
package struct TextLines: Sendable {
    /// The text in UTF-8.
    package let bytes: [UInt8]
    /// Offset at which the text begins: after a byte order mark.
    package let start: Int
    private let lineStarts: [Int]

    /// The lines of a text.
    package init(_ text: String) {
        let bytes = Array(text.utf8)
        let start = Self.beginsWithMark(bytes.span) ? 3 : 0
        var lineStarts = [start]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { lineStarts.append(offset + 1) }
        self.bytes = bytes
        self.start = start
        self.lineStarts = lineStarts
    }

    /// Whether a text in UTF-8 begins with a byte order mark, which is no part of it.
    package static func beginsWithMark(_ bytes: Span<UInt8>) -> Bool {
        bytes.count >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf
    }

    /// Line and column of the byte at an offset; behind the end that of the end.
    package func position(of offset: Int) -> SourcePosition {
        let offset = min(max(offset, start), bytes.count)
        var (low, high) = (0, lineStarts.count)
        // The last line that begins at or before the offset lies in low..<high.
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        // Each Unicode scalar has one byte that does not continue another.
        let column = bytes[lineStarts[low]..<offset].count { $0 & 0xc0 != 0x80 }
        return SourcePosition(line: low + 1, column: column + 1)
    }

    /// A place, or if that lies behind the text, its end; columns behind the end of their line are cut too.
    package func clamped(_ position: SourcePosition) -> SourcePosition {
        guard position.line >= 1 else { return SourcePosition(line: 1, column: 1) }
        guard position.line <= lineStarts.count else { return self.position(of: bytes.count) }
        let next = position.line < lineStarts.count ? lineStarts[position.line] - 1 : bytes.count
        let last = self.position(of: next)
        return SourcePosition(line: position.line, column: min(max(position.column, 1), last.column))
    }

    /// Whether a line ends at a place of the text.
    ///
    /// - Precondition: The line is one of the text.
    package func isLineEnd(at position: SourcePosition) -> Bool {
        var rest = bytes[lineStarts[position.line - 1]...]
        // Each Unicode scalar before the place has one byte that does not continue another.
        var scalars = 0
        while let byte = rest.first {
            if byte & 0xc0 != 0x80 { scalars += 1 }
            if scalars == position.column { return byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
            rest = rest.dropFirst()
        }
        return true
    }
}
