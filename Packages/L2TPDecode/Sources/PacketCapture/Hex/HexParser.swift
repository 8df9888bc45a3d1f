/// What lines of hexadecimal text make a packet.
struct HexParser {
    /// What a line means for the packet that is being collected.
    enum Outcome {
        /// It belongs to the packet, which may not be whole, or to none.
        case goesOn
        /// It was the packet's last.
        case endsPacket
        /// The packet was whole before it; it is to be read again.
        case beginsNextPacket
    }

    private enum Layout {
        case undecided
        case plain
        case dump
    }

    private(set) var packet: [UInt8] = []
    private let lines: HexReader.Lines
    private var layout = Layout.undecided
    /// What makes the text unreadable, unless a dump follows after all.
    private var firstError: HexError?

    init(lines: HexReader.Lines) {
        self.lines = lines
    }

    mutating func forgetPacket() {
        packet.removeAll(keepingCapacity: true)
    }

    /// Returns whether the text ends with a packet.
    func finish() throws(HexError) -> Bool {
        if let firstError { throw firstError }
        return !packet.isEmpty
    }

    /// Takes the next line in, of which the buffer has all bytes.
    mutating func readLine(
        _ number: Int, of input: borrowing InputBuffer, byteCount: Int
    ) throws(HexError) -> Outcome {
        try read(HexLine(input.bytes.extracting(first: byteCount), number: number))
    }

    private mutating func read(_ line: HexLine) throws(HexError) -> Outcome {
        guard !line.isEmpty else { return .goesOn }
        switch layout {
        case .plain: return try readPlain(line)
        case .dump: return try readDump(line)
        case .undecided:
            if HexDump.begins(line) {
                layout = .dump
                firstError = nil
                return try readDump(line)
            }
            do throws(HexError) {
                let outcome = try readPlain(line)
                layout = .plain
                if let firstError { throw firstError }
                return outcome
            } catch {
                // What tcpdump prints before a dump is no digits either.
                guard layout == .undecided else { throw error }
                firstError = firstError ?? error
                forgetPacket()
                return .goesOn
            }
        }
    }

    private mutating func readDump(_ line: HexLine) throws(HexError) -> Outcome {
        guard let offset = HexDump.offset(of: line) else { return .goesOn }
        if offset.value == 0, !packet.isEmpty { return .beginsNextPacket }
        guard offset.value == packet.count else {
            throw line.error(
                .badOffset, at: offset.start,
                "0x\(String(offset.value, radix: 16)), but 0x\(String(packet.count, radix: 16)) bytes stand before it")
        }
        try HexDump.append(line, after: offset, to: &packet)
        try check(line)
        return .goesOn
    }

    private mutating func readPlain(_ line: HexLine) throws(HexError) -> Outcome {
        let text = line.text
        var index = 0
        while index < text.count {
            if isSeparator(text[index]) {
                index += 1
                continue
            }
            let digits = line.skippingPrefix(at: index)
            let end = line.endOfDigits(from: digits)
            guard end == text.count || isSeparator(text[end]) else {
                throw line.error(.notHexadecimal, at: end, "\(HexDigits.shown(text[end])) is no hexadecimal digit")
            }
            guard end > digits, (end - digits).isMultiple(of: 2) else {
                throw line.error(.oddDigits, at: digits, "\(end - digits) digits together, a byte has two")
            }
            line.appendBytes(from: digits, to: end, into: &packet)
            index = end
        }
        try check(line)
        return lines == .packetEach ? .endsPacket : .goesOn
    }

    private func isSeparator(_ character: UInt8) -> Bool {
        HexDigits.isBlank(character) || character == UInt8(ascii: ":")
    }

    private func check(_ line: HexLine) throws(HexError) {
        guard packet.count <= CaptureReader.largestPacket else {
            throw line.error(.tooLong, at: 0, "a packet has at most \(CaptureReader.largestPacket) bytes")
        }
    }
}
