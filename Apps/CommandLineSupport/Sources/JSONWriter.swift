/// Writes JSON in the two layouts of ip: all on one line, or indented by four blanks.
public struct JSONWriter {
    @usableFromInline let pretty: Bool
    @usableFromInline var bytes: OutputBuffer
    @usableFromInline var depth = 0
    /// Whether the innermost array or object has a member already.
    @usableFromInline var hasMember = false

    /// A writer that expects so many bytes.
    public init(pretty: Bool, capacity: Int = 0) {
        self.pretty = pretty
        bytes = OutputBuffer(capacity: capacity)
    }

    /// What is written so far.
    public var text: String { String(decoding: bytes.bytes, as: UTF8.self) }

    /// Hands on what is written so far if that is at least `byteCount` bytes; it is no longer part of ``text`` then.
    public mutating func drain<Failure: Error>(
        _ byteCount: Int = 1, to sink: (ArraySlice<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        try bytes.drain(byteCount, to: sink)
    }

    /// Ends the line.
    public mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
    }

    /// An array whose elements `body` writes.
    @inlinable public mutating func array<Failure: Error>(_ body: (inout Self) throws(Failure) -> Void) throws(Failure)
    {
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
    public mutating func array(_ key: JSONKey, _ body: (inout Self) -> Void) {
        name(key)
        hasMember = false
        array(body)
    }

    /// A member that is an array of objects.
    public mutating func members<Element>(
        _ key: JSONKey, _ elements: some Sequence<Element>, _ write: (Element, inout Self) -> Void
    ) {
        array(key) { json in
            for element in elements { json.object { write(element, &$0) } }
        }
    }

    /// An object whose members `body` writes.
    @inlinable public mutating func object(_ body: (inout Self) -> Void) {
        begin(UInt8(ascii: "{"))
        body(&self)
        depth -= 1
        if hasMember { breakLine() }
        bytes.append(UInt8(ascii: "}"))
        hasMember = true
    }

    /// A member that is an object.
    public mutating func member(_ key: JSONKey, _ body: (inout Self) -> Void) {
        name(key)
        hasMember = false
        object(body)
    }

    /// A member that is a number.
    @inlinable public mutating func member(_ key: JSONKey, _ value: some BinaryInteger) {
        if hasMember, !pretty, let number = UInt64(exactly: value) {
            bytes.append(key.afterMember, number: number)
            return
        }
        name(key)
        if let number = UInt64(exactly: value) { bytes.append(number: number) } else { bytes.append(String(value)) }
    }

    /// A member that is an array of numbers, on one line.
    public mutating func member(_ key: JSONKey, _ values: [some BinaryInteger]) {
        member(key, literal: "[\(values.map { String($0) }.joined(separator: pretty ? ", " : ","))]")
    }

    /// A member whose value is written as it stands: a number, or several in brackets.
    public mutating func member(_ key: JSONKey, literal value: String) {
        name(key)
        bytes.append(value)
    }

    /// A member that is true or false.
    @inlinable public mutating func member(_ key: JSONKey, _ value: Bool) {
        name(key)
        bytes.append(value ? Self.trueWord : Self.falseWord)
    }

    /// A member that is a text.
    @inlinable public mutating func member(_ key: JSONKey, _ value: String) {
        name(key)
        bytes.append(quoted: value)
    }

    /// A text in an array.
    public mutating func element(_ value: String) {
        if hasMember { bytes.append(UInt8(ascii: ",")) }
        hasMember = true
        bytes.append(quoted: value)
    }

    @usableFromInline static let trueWord = OutputBuffer.Literal(stringLiteral: "true")
    @usableFromInline static let falseWord = OutputBuffer.Literal(stringLiteral: "false")

    @usableFromInline mutating func begin(_ bracket: UInt8) {
        if hasMember { bytes.append(UInt8(ascii: ",")) }
        hasMember = false
        bytes.append(bracket)
        depth += 1
    }

    /// Writes a key, after a comma unless it is the first of its object.
    @usableFromInline mutating func name(_ key: JSONKey) {
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

    @usableFromInline mutating func breakLine() {
        guard pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(blanks: 4 * depth)
    }
}
