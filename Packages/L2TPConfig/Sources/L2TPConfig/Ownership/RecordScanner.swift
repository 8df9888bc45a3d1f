internal import L2TPModel
internal import L2TPWire

/// Reads the lines of a record field by field; see ``Ownership/recorded()``.
struct RecordScanner {
    private let bytes: [UInt8]
    private var position = 0
    /// The line that is being read, from 1.
    private(set) var line = 1

    init(_ text: some StringProtocol) {
        bytes = Array(text.utf8)
    }

    /// How many bytes there are.
    var byteCount: Int { bytes.count }

    /// Whether all is read.
    var isAtEnd: Bool { position == bytes.count }

    /// An error about the line that is being read.
    func error(_ reason: OwnershipRecordError.Reason) -> OwnershipRecordError {
        OwnershipRecordError(line: line, reason)
    }

    /// The keyword that a line begins with.
    mutating func keyword() throws(OwnershipRecordError) -> RecordKeyword {
        var keyword = RecordKeyword()
        while position < bytes.count, bytes[position] > UInt8(ascii: " ") {
            guard keyword.append(bytes[position]) else { throw error(.malformed("no such keyword")) }
            position += 1
        }
        return keyword
    }

    /// Goes on behind the line's end.
    mutating func endLine() throws(OwnershipRecordError) {
        guard position < bytes.count else { throw error(.cutOff) }
        guard bytes[position] == UInt8(ascii: "\n") else { throw error(.malformed("more fields than expected")) }
        position += 1
        line += 1
    }

    /// A decimal number without leading zeros.
    mutating func number<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: Number.Type = Number.self
    ) throws(OwnershipRecordError) -> Number {
        let field = try field()
        guard let number: Number = decimal(field) else { throw error(.malformed("a number is expected")) }
        return number
    }

    /// A decimal number, or nil.
    mutating func optionalNumber<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: Number.Type = Number.self
    ) throws(OwnershipRecordError) -> Number? {
        if skipAbsent() { return nil }
        return try number(type)
    }

    /// Flags as a number, the first one lowest.
    mutating func flags(_ count: UInt8) throws(OwnershipRecordError) -> UInt8 {
        let flags: UInt8 = try number()
        guard flags >> count == 0 else { throw error(.malformed("too many flags")) }
        return flags
    }

    /// A text.
    mutating func text() throws(OwnershipRecordError) -> String {
        let field = try field()
        let content = bytes[field]
        if !content.contains(UInt8(ascii: "%")) {
            guard content.count > 1 || content.first != UInt8(ascii: "-"), content.allSatisfy(Self.isPlain) else {
                throw error(.malformed("a text is expected"))
            }
            return String(decoding: content, as: UTF8.self)
        }
        if content.count == 1 { return "" }
        guard let text = unescaped(content) else { throw error(.malformed("a text is expected")) }
        return text
    }

    /// A text, or nil.
    mutating func optionalText() throws(OwnershipRecordError) -> String? {
        if skipAbsent() { return nil }
        return try text()
    }

    /// An address of 8 or 32 hexadecimal digits.
    mutating func address() throws(OwnershipRecordError) -> IPAddress {
        let field = try field()
        switch field.count {
        case 8:
            if let number = hexadecimal(field) {
                return .v4(IPv4Address(number: UInt32(truncatingIfNeeded: number)))
            }
        case 32:
            let middle = field.lowerBound + 16
            if let high = hexadecimal(field.lowerBound..<middle), let low = hexadecimal(middle..<field.upperBound) {
                return .v6(IPv6Address(high: high, low: low))
            }
        default: break
        }
        throw error(.malformed("an address of 8 or 32 hexadecimal digits is expected"))
    }

    /// An address, or nil.
    mutating func optionalAddress() throws(OwnershipRecordError) -> IPAddress? {
        if skipAbsent() { return nil }
        return try address()
    }

    /// A digest in two fields of 16 hexadecimal digits.
    mutating func digest() throws(OwnershipRecordError) -> ConfigurationDigest {
        ConfigurationDigest(high: try word(), low: try word())
    }

    private mutating func word() throws(OwnershipRecordError) -> UInt64 {
        let field = try field()
        guard field.count == 16, let number = hexadecimal(field) else {
            throw error(.malformed("16 hexadecimal digits are expected"))
        }
        return number
    }

    /// A cookie of 2…16 hexadecimal digits, or nil.
    mutating func optionalCookie() throws(OwnershipRecordError) -> Cookie? {
        if skipAbsent() { return nil }
        let field = try field()
        let isWhole = field.count.isMultiple(of: 2) && (2...16).contains(field.count)
        guard isWhole, let number = hexadecimal(field) else { throw error(.malformed("a cookie is expected")) }
        switch field.count {
        case 8: return Cookie(UInt32(truncatingIfNeeded: number))
        case 16: return Cookie(number)
        default:
            let count = field.count / 2
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - 1 - $0))) }
            return Cookie(reported: bytes.span)
        }
    }

    /// The next field, which has at least a byte.
    private mutating func field() throws(OwnershipRecordError) -> Range<Int> {
        guard position < bytes.count else { throw error(.cutOff) }
        guard bytes[position] == UInt8(ascii: " ") else { throw error(.malformed("fewer fields than expected")) }
        let start = position + 1
        position = start
        while position < bytes.count, bytes[position] > UInt8(ascii: " ") { position += 1 }
        guard position < bytes.count else { throw error(.cutOff) }
        guard position > start else { throw error(.malformed("an empty field")) }
        return start..<position
    }

    /// Skips a field that says that there is nothing.
    private mutating func skipAbsent() -> Bool {
        guard position + 2 < bytes.count, bytes[position] == UInt8(ascii: " "),
            bytes[position + 1] == UInt8(ascii: "-"), bytes[position + 2] <= UInt8(ascii: " ")
        else { return false }
        position += 2
        return true
    }

    private func decimal<Number: FixedWidthInteger & UnsignedInteger>(_ field: Range<Int>) -> Number? {
        guard field.count == 1 || bytes[field.lowerBound] != UInt8(ascii: "0"), field.count <= 20 else { return nil }
        var number: UInt64 = 0
        for index in field {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isStillTooLarge) = product.addingReportingOverflow(UInt64(digit))
            guard !isTooLarge, !isStillTooLarge else { return nil }
            number = sum
        }
        return Number(exactly: number)
    }

    /// The number of up to 16 lower-case hexadecimal digits.
    private func hexadecimal(_ field: Range<Int>) -> UInt64? {
        var number: UInt64 = 0
        for index in field {
            guard let digit = Self.digit(bytes[index]) else { return nil }
            number = number << 4 | digit
        }
        return number
    }

    private func unescaped(_ content: ArraySlice<UInt8>) -> String? {
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        var rest = content
        while let byte = rest.popFirst() {
            guard Self.isPlain(byte) else { return nil }
            guard byte == UInt8(ascii: "%") else {
                text.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(Self.digit), let low = rest.popFirst().flatMap(Self.digit) else {
                return nil
            }
            text.append(UInt8(truncatingIfNeeded: high << 4 | low))
        }
        return String(validating: text, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte)
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        default: nil
        }
    }
}
