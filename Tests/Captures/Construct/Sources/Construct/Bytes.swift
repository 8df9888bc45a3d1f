/// The bytes of a number, most significant first.
func bigEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    stride(from: Number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> Number($0)) }
}

/// The Internet checksum (RFC 1071) of bytes; 0 over bytes that contain a right one.
func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for (index, byte) in bytes.enumerated() { sum += UInt32(byte) << (index.isMultiple(of: 2) ? 8 : 0) }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    return ~UInt16(truncatingIfNeeded: sum)
}

extension [UInt8] {
    /// The same bytes with others in place of those at an offset.
    func replacing(at offset: Int, with bytes: [UInt8]) -> [UInt8] {
        var copy = self
        copy.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        return copy
    }
}
