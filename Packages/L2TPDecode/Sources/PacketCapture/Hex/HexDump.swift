/// The lines of a dump: an offset, the bytes, perhaps their characters; as of tcpdump -xx, tshark -x, xxd, hexdump -C,
/// od -Ax -tx1.
enum HexDump {
    /// The offset at the start of a line, with what follows it.
    struct Offset {
        var value: Int
        /// Where its first character stands.
        var start: Int
        /// Where the bytes may begin.
        var end: Int
        /// Whether it ends with a colon, which digits of a packet do not.
        var hasColon: Bool
    }

    /// The offset that a line begins with; nil if it begins otherwise.
    static func offset(of line: HexLine) -> Offset? {
        let start = line.skippingBlanks(from: 0)
        let digits = line.skippingPrefix(at: start)
        let digitsEnd = line.endOfDigits(from: digits)
        guard (3...8).contains(digitsEnd - digits) else { return nil }
        let hasColon = digitsEnd < line.text.count && line.text[digitsEnd] == UInt8(ascii: ":")
        let end = hasColon ? digitsEnd + 1 : digitsEnd
        guard line.isWordEnd(end) else { return nil }
        var value = 0
        for index in digits..<digitsEnd { value = value << 4 | Int(HexDigits.value(of: line.text[index]) ?? 0) }
        return Offset(value: value, start: start, end: end, hasColon: hasColon)
    }

    /// Whether a line is the first of a dump, and not the first of plain digits, which may be zeros too.
    static func begins(_ line: HexLine) -> Bool {
        guard let offset = offset(of: line), offset.value == 0 else { return false }
        if offset.hasColon { return true }
        let byte = line.skippingBlanks(from: offset.end)
        let byteEnd = line.endOfDigits(from: byte)
        return byteEnd - byte == 2 && line.isWordEnd(byteEnd)
    }

    /// Where `*` stands, which is for any number of lines like the one before, as hexdump, od and xxd -a leave them out; nil
    /// if the line says anything else.
    static func repetition(in line: HexLine) -> Int? {
        let start = line.skippingBlanks(from: 0)
        guard start < line.text.count, line.text[start] == UInt8(ascii: "*"),
            line.skippingBlanks(from: start + 1) == line.text.count
        else { return nil }
        return start
    }

    /// Appends the bytes of a line up to its end or to their characters, which two blanks set off.
    static func append(_ line: HexLine, after offset: Offset, to bytes: inout [UInt8]) throws(HexError) {
        let text = line.text
        var index = line.skippingBlanks(from: offset.end)
        let before = bytes.count
        var areSingle = true
        while index < text.count {
            let end = line.endOfDigits(from: index)
            guard line.isWordEnd(end) else {
                throw line.error(
                    .notHexadecimal, at: end,
                    "\(HexDigits.shown(text[end])) among the bytes; two blanks set their characters off")
            }
            guard (end - index).isMultiple(of: 2) else {
                throw line.error(.oddDigits, at: index, "\(end - index) digits, a byte has two")
            }
            areSingle = areSingle && end - index == 2
            line.appendBytes(from: index, to: end, into: &bytes)
            index = end
            let next = line.skippingBlanks(from: index)
            if next - index > 1 {
                // hexdump -C sets two groups of eight off with two blanks as well.
                let nextEnd = line.endOfDigits(from: next)
                let isSecondGroup =
                    next - index == 2 && areSingle && bytes.count - before == 8 && nextEnd - next == 2
                    && line.isWordEnd(nextEnd)
                guard isSecondGroup else { return }
            }
            index = next
        }
    }

    /// What tshark says is in the lines that follow, up to a blank one.
    enum Title {
        /// What was captured: `Frame (344 bytes):`.
        case captured
        /// What tshark has made of it: `Reassembled IPv4 (1462 bytes):`.
        case derived

        /// The title that a line is; nil if it is none.
        init?(of line: HexLine) {
            guard HexDump.offset(of: line) == nil, line.hasSuffix(" bytes):") || line.hasSuffix(" byte):") else {
                return nil
            }
            self = line.hasPrefix("Frame ", at: line.skippingBlanks(from: 0)) ? .captured : .derived
        }
    }
}
