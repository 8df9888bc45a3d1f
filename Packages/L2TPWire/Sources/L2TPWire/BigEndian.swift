/// The only byte juggling of the module: numbers in network byte order.
extension Span<UInt8> {
    /// The unsigned number whose most significant byte stands at `offset`.
    ///
    /// The caller has checked that all its bytes exist; otherwise this traps.
    func bigEndian<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type = Number.self, at offset: Int) -> Number
    {
        var number: Number = 0
        for index in offset..<offset + MemoryLayout<Number>.size { number = number << 8 | Number(self[index]) }
        return number
    }
}

extension OutputSpan<UInt8> {
    /// Appends the bytes of `number`, the most significant one first.
    ///
    /// The caller has checked that there is room; otherwise this traps.
    mutating func append(bigEndian number: some FixedWidthInteger & UnsignedInteger) {
        for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
