/// Writes JSON in the two layouts of ip: all on one line, or indented by four blanks.
struct JSONWriter {
    private let pretty: Bool
    private var bytes: OutputBuffer
    private var depth = 0
    /// Whether the innermost array or object has a member already.
    private var hasMember = false

    /// A writer that expects so many bytes.
    init(pretty: Bool, capacity: Int = 0) {
        self.pretty = pretty
        bytes = OutputBuffer(capacity: capacity)
    }

    /// What is written so far.
    var text: String { String(decoding: bytes.bytes, as: UTF8.self) }

    /// Hands on what is written so far if that is at least `byteCount` bytes; it is no longer part of ``text`` then.
    mutating func drain<Failure: Error>(
        _ byteCount: Int = 1, to sink: (ArraySlice<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        try bytes.drain(byteCount, to: sink)
    }

    /// Ends the line.
    mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
    }

    /// An array whose elements `body` writes.
    mutating func array<Failure: Error>(_ body: (inout Self) throws(Failure) -> Void) throws(Failure) {
        begin(UInt8(ascii: "["))
        if pretty { bytes.append(UInt8(ascii: " ")) }
        try body(&self)
        if pretty, hasMember { bytes.append(UInt8(ascii: " ")) }
        // An array ends on the line of its last element.
        depth -= 1
        bytes.append(UInt8(ascii: "]"))
        hasMember = true
    }

    /// A member that is an array whose elements `body` writes.
    mutating func array(_ key: JSONKey, _ body: (inout Self) -> Void) {
        name(key)
        hasMember = false
        array(body)
    }

    /// An object whose members `body` writes.
    mutating func object(_ body: (inout Self) -> Void) {
        begin(UInt8(ascii: "{"))
        body(&self)
        depth -= 1
        if hasMember { breakLine() }
        bytes.append(UInt8(ascii: "}"))
        hasMember = true
    }

    /// A member that is an object.
    mutating func member(_ key: JSONKey, _ body: (inout Self) -> Void) {
        name(key)
        hasMember = false
        object(body)
    }

    mutating func member(_ key: JSONKey, _ value: some BinaryInteger) {
        if hasMember, !pretty, let number = UInt64(exactly: value) {
            bytes.append(key.afterMember, number: number)
            return
        }
        name(key)
        if let number = UInt64(exactly: value) { bytes.append(number: number) } else { bytes.append(String(value)) }
    }

    /// A member that is an array of numbers, on one line.
    mutating func member(_ key: JSONKey, _ values: [some BinaryInteger]) {
        member(key, literal: "[\(values.map { String($0) }.joined(separator: pretty ? ", " : ","))]")
    }

    /// A member whose value is written as it stands: a number, or several in brackets.
    mutating func member(_ key: JSONKey, literal value: String) {
        name(key)
        bytes.append(value)
    }

    mutating func member(_ key: JSONKey, _ value: Bool) {
        name(key)
        bytes.append(value ? Self.trueWord : Self.falseWord)
    }

    mutating func member(_ key: JSONKey, _ value: String) {
        name(key)
        bytes.append(quoted: value)
    }

    private static let trueWord = OutputBuffer.Literal(stringLiteral: "true")
    private static let falseWord = OutputBuffer.Literal(stringLiteral: "false")

    private mutating func begin(_ bracket: UInt8) {
        if hasMember { bytes.append(UInt8(ascii: ",")) }
        hasMember = false
        bytes.append(bracket)
        depth += 1
    }

    /// Writes a key, after a comma unless it is the first of its object.
    private mutating func name(_ key: JSONKey) {
        if hasMember, !pretty {
            bytes.append(key.afterMember)
            return
        }
        if hasMember { bytes.append(UInt8(ascii: ",")) }
        hasMember = true
        breakLine()
        bytes.append(key.first)
        if pretty { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func breakLine() {
        guard pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(blanks: 4 * depth)
    }
}
