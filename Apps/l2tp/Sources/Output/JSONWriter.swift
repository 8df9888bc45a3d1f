/// Writes JSON in the two layouts of ip: all on one line, or indented by four blanks.
struct JSONWriter {
    private let pretty: Bool
    /// Bytes, for text would be validated and counted at every piece.
    private var bytes: [UInt8] = []
    private var depth = 0
    /// Whether the innermost array or object has a member already.
    private var hasMember = false

    /// A writer that expects so many bytes.
    init(pretty: Bool, capacity: Int = 0) {
        self.pretty = pretty
        bytes.reserveCapacity(capacity)
    }

    /// What is written so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// An array whose elements `body` writes.
    mutating func array(_ body: (inout Self) -> Void) {
        begin(UInt8(ascii: "["))
        if pretty { bytes.append(UInt8(ascii: " ")) }
        body(&self)
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
        name(key)
        if let number = UInt64(exactly: value) { append(number) } else { bytes.append(contentsOf: String(value).utf8) }
    }

    /// A member that is an array of numbers, on one line.
    mutating func member(_ key: JSONKey, _ values: [some BinaryInteger]) {
        member(key, literal: "[\(values.map { String($0) }.joined(separator: pretty ? ", " : ","))]")
    }

    /// A member whose value is written as it stands: a number, or several in brackets.
    mutating func member(_ key: JSONKey, literal value: String) {
        name(key)
        bytes.append(contentsOf: value.utf8)
    }

    mutating func member(_ key: JSONKey, _ value: Bool) {
        name(key)
        bytes.append(contentsOf: value ? Self.trueWord : Self.falseWord)
    }

    mutating func member(_ key: JSONKey, _ value: String) {
        name(key)
        Self.quote(value, into: &bytes)
    }

    private static let trueWord = Array("true".utf8)
    private static let falseWord = Array("false".utf8)

    private mutating func begin(_ bracket: UInt8) {
        if hasMember { bytes.append(UInt8(ascii: ",")) }
        hasMember = false
        bytes.append(bracket)
        depth += 1
    }

    /// Writes a key, after a comma unless it is the first of its object.
    private mutating func name(_ key: JSONKey) {
        if hasMember, !pretty {
            bytes.append(contentsOf: key.afterMember)
            return
        }
        if hasMember { bytes.append(UInt8(ascii: ",")) }
        hasMember = true
        breakLine()
        bytes.append(contentsOf: key.first)
        if pretty { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func breakLine() {
        guard pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 4 * depth))
    }

    /// The digits of a number.
    private mutating func append(_ number: UInt64) {
        guard number > 9 else {
            bytes.append(UInt8(ascii: "0") + UInt8(number))
            return
        }
        var power: UInt64 = 10
        while number / power > 9 { power *= 10 }
        while power > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / power % 10))
            power /= 10
        }
    }

    /// Appends a text in quotes.
    static func quote(_ value: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(contentsOf: ((byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
