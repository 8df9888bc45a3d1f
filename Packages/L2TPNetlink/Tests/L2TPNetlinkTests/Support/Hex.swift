import L2TPWireTestSupport

/// The bytes of a text of hexadecimal digits; white space and everything behind `//` on a line is ignored.
func hex(_ text: String) -> [UInt8] {
    let digits = text.split(separator: "\n").map { line in
        String(line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line)
    }
    do {
        return try Hex.parse(digits.joined(separator: "\n"))
    } catch {
        preconditionFailure("\(error) in \(text)")
    }
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
