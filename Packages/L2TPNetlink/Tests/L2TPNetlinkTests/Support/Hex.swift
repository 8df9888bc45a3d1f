/// The bytes of a text of hexadecimal digits; white space and everything behind `//` on a line is ignored.
func hex(_ text: String) -> [UInt8] {
    var digits: [UInt8] = []
    for line in text.split(separator: "\n") {
        let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
        for character in code where !character.isWhitespace {
            guard let digit = character.hexDigitValue else { preconditionFailure("\(character) is no digit") }
            digits.append(UInt8(digit))
        }
    }
    precondition(digits.count.isMultiple(of: 2), "odd number of digits")
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// The bytes of a number in host byte order.
func hostBytes<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number.littleEndian >> Number($0 * 8)) }
}

/// A netlink message put together by hand: `struct nlmsghdr` and a payload, padded to four bytes.
func rawMessage(
    type: UInt16, flags: UInt16 = 0, sequence: UInt32 = 1, portID: UInt32 = 4711, _ payload: [UInt8] = []
) -> [UInt8] {
    let head =
        hostBytes(UInt32(16 + payload.count)) + hostBytes(type) + hostBytes(flags) + hostBytes(sequence)
        + hostBytes(portID)
    return head + payload + [UInt8](repeating: 0, count: -payload.count & 3)
}

/// An attribute put together by hand: `struct nlattr` and a value, padded to four bytes.
func rawAttribute(_ type: UInt16, _ value: [UInt8]) -> [UInt8] {
    hostBytes(UInt16(4 + value.count)) + hostBytes(type) + value + [UInt8](repeating: 0, count: -value.count & 3)
}

extension [UInt8] {
    /// The bytes of a span.
    init(copying span: Span<UInt8>) {
        self = span.indices.map { span[$0] }
    }
}
