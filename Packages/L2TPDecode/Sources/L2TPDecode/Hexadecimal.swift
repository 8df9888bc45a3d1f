extension Sequence<UInt8> {
    /// The digits of the bytes, lower-case, two a byte, in the order of the wire.
    public var hexadecimal: String { reduce(into: "") { $0 += L2TPDecode.hexadecimal($1) } }
}

/// The digits of a number, lower-case, with leading zeros.
func hexadecimal(_ number: some FixedWidthInteger & UnsignedInteger) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: number.bitWidth / 4 - digits.count) + digits
}
