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
    /// How many bytes the last line of a dump had.
    private var lastLineByteCount = 0
    /// Where a `*` stands, for more lines that are like the last one.
    private var repetition: (line: Int, column: Int)?
    /// Under which title the lines stand, up to a blank one.
    private var title: HexDump.Title?
    /// What makes the text unreadable, unless a dump follows after all.
    private var firstError: HexError?

    init(lines: HexReader.Lines) {
        self.lines = lines
    }

    mutating func forgetPacket() {
        packet.removeAll(keepingCapacity: true)
        lastLineByteCount = 0
        repetition = nil
    }

    /// Returns whether the text ends with a packet.
    func finish() throws(HexError) -> Bool {
        if let firstError { throw firstError }
        try checkRepetition()
        return !packet.isEmpty
    }

    /// Takes the next line in, of which the buffer has all bytes.
    mutating func readLine(
        _ number: Int, of input: borrowing InputBuffer, byteCount: Int
    ) throws(HexError) -> Outcome {
        try read(HexLine(input.bytes.extracting(first: byteCount), number: number))
    }

    private mutating func read(_ line: HexLine) throws(HexError) -> Outcome {
        guard !line.isEmpty else {
            if line.isBlank { title = nil }
            return .goesOn
        }
        if layout != .plain, let title = HexDump.Title(of: line) {
            // tshark shows what it has made of a packet behind the packet itself.
            self.title = title == .derived && self.title == nil ? nil : title
        }
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
        guard title != .derived else { return .goesOn }
        guard let offset = HexDump.offset(of: line) else {
            if lastLineByteCount > 0, let index = HexDump.repetition(in: line) {
                repetition = (line.number, index + 1)
            }
            return .goesOn
        }
        if offset.value == 0, !packet.isEmpty {
            try checkRepetition()
            return .beginsNextPacket
        }
        if repetition != nil { repeatLastLine(to: offset) }
        guard offset.value == packet.count else {
            throw line.error(
                .badOffset, at: offset.start,
                "0x\(String(offset.value, radix: 16)), but 0x\(String(packet.count, radix: 16)) bytes stand before it")
        }
        let before = packet.count
        try HexDump.append(line, after: offset, to: &packet)
        lastLineByteCount = packet.count - before
        try check(line)
        return .goesOn
    }

    /// Puts in what `*` has stood for, up to an offset.
    private mutating func repeatLastLine(to offset: HexDump.Offset) {
        repetition = nil
        let missing = offset.value - packet.count
        guard offset.value <= CaptureReader.largestPacket, missing > 0, missing.isMultiple(of: lastLineByteCount)
        else { return }
        let bytes = packet.suffix(lastLineByteCount)
        for _ in 0..<missing / lastLineByteCount { packet += bytes }
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

    /// Throws if an offset is missing that tells how often a line is repeated.
    private func checkRepetition() throws(HexError) {
        guard let (line, column) = repetition else { return }
        throw HexError(.badOffset, line: line, column: column, "none tells how many lines * stands for")
    }

    private func check(_ line: HexLine) throws(HexError) {
        guard packet.count <= CaptureReader.largestPacket else {
            throw line.error(.tooLong, at: 0, "a packet has at most \(CaptureReader.largestPacket) bytes")
        }
    }
}
