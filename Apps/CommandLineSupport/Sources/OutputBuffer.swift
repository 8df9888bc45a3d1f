public import Netlink

/// Bytes on their way to standard output: text would be validated and counted at every piece.
///
/// Its memory is written again after each ``drain(to:)``, so that a long list needs no more than a short one.
public struct OutputBuffer {
    /// A constant piece of output of at most 32 bytes, which is copied in a few moves.
    public struct Literal: ExpressibleByStringLiteral, Sendable {
        /// Its bytes from the first on, the lowest byte of a word first.
        @usableFromInline let words: (UInt64, UInt64, UInt64, UInt64)
        /// How many bytes it has.
        public let count: Int

        /// The most bytes that one can have.
        @inlinable public static var longest: Int { 32 }

        /// A piece of those bytes.
        public init(_ bytes: some Collection<UInt8>) {
            precondition(bytes.count <= Self.longest, "a constant piece of output is longer than 32 bytes")
            var list: [UInt64] = [0, 0, 0, 0]
            for (offset, byte) in bytes.enumerated() {
                list[offset / 8] |= UInt64(byte) << UInt64(offset % 8 * 8)
            }
            words = (list[0].littleEndian, list[1].littleEndian, list[2].littleEndian, list[3].littleEndian)
            count = bytes.count
        }

        /// A piece of that text.
        public init(stringLiteral text: String) {
            self.init(Array(text.utf8))
        }

        /// Writes the literal, and behind it at most as much as makes ``longest`` bytes.
        @inlinable @inline(__always)
        func store(in bytes: inout MutableSpan<UInt8>, at offset: Int) {
            bytes.store(words.0, at: offset)
            bytes.store(words.1, at: offset + 8)
            guard count > 16 else { return }
            bytes.store(words.2, at: offset + 16)
            bytes.store(words.3, at: offset + 24)
        }
    }

    @usableFromInline var memory: [UInt8]
    @usableFromInline var filled = 0

    /// A buffer that begins with room for so many bytes.
    public init(capacity: Int) {
        memory = Array(repeating: 0, count: max(capacity, 64))
    }

    /// What is in the buffer.
    public var bytes: ArraySlice<UInt8> { memory[..<filled] }

    /// Hands on what is in the buffer, which is empty afterwards, if that is at least `byteCount` bytes.
    public mutating func drain<Failure: Error>(
        _ byteCount: Int = 1, to sink: (ArraySlice<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        guard filled >= byteCount else { return }
        try sink(bytes)
        filled = 0
    }

    @inlinable @inline(__always)
    mutating func makeRoom(_ byteCount: Int) {
        if filled + byteCount > memory.count { grow(byteCount) }
    }

    @inline(never)
    @usableFromInline mutating func grow(_ byteCount: Int) {
        memory.append(contentsOf: repeatElement(0, count: max(memory.count, byteCount)))
    }

    /// Appends a byte.
    @inlinable public mutating func append(_ byte: UInt8) {
        makeRoom(1)
        memory[filled] = byte
        filled += 1
    }

    /// Appends a constant piece.
    @inlinable public mutating func append(_ literal: Literal) {
        makeRoom(Literal.longest)
        let start = filled
        var span = memory.mutableSpan
        literal.store(in: &span, at: start)
        filled = start + literal.count
    }

    /// Appends a text.
    @inlinable public mutating func append(_ text: String) {
        makeRoom(text.utf8.count)
        var end = filled
        var span = memory.mutableSpan
        for byte in text.utf8 {
            span[end] = byte
            end += 1
        }
        filled = end
    }

    /// Appends so many blanks.
    public mutating func append(blanks: Int) {
        for _ in 0..<blanks { append(UInt8(ascii: " ")) }
    }

    /// Appends the decimal digits of a number.
    @inlinable public mutating func append(number: UInt64) {
        makeRoom(Self.mostDigits)
        let start = filled
        var span = memory.mutableSpan
        filled = Self.put(number, in: &span, at: start)
    }

    /// Appends a literal and a number: most of a list in JSON are these.
    @inlinable public mutating func append(_ literal: Literal, number: UInt64) {
        makeRoom(Literal.longest + Self.mostDigits)
        let start = filled
        var span = memory.mutableSpan
        literal.store(in: &span, at: start)
        filled = Self.put(number, in: &span, at: start + literal.count)
    }

    @inlinable static var mostDigits: Int { 20 }

    /// Writes a number's digits; the result is the offset behind them.
    @inlinable @inline(__always)
    static func put(_ number: UInt64, in span: inout MutableSpan<UInt8>, at start: Int) -> Int {
        if number < 10 {
            span[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)
            return start + 1
        }
        var end = start + 1
        var rest = number
        while rest >= 10 {
            rest /= 10
            end += 1
        }
        rest = number
        var offset = end
        while offset > start {
            offset -= 1
            let next = rest / 10
            span[offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest - next * 10)
            rest = next
        }
        return end
    }

    /// Appends a text in the quotes of JSON.
    public mutating func append(quoted text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case UInt8(ascii: "\n"): append("\\n" as String)
            case UInt8(ascii: "\t"): append("\\t" as String)
            case UInt8(ascii: "\r"): append("\\r" as String)
            case 0..<0x20:
                append("\\u00" as String)
                append((byte < 16 ? "0" : "") + String(byte, radix: 16))
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }
}
