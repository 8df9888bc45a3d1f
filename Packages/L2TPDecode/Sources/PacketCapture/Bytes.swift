/// Which byte of a number comes first.
enum ByteOrder {
    case big
    case little
}

extension Span<UInt8> {
    /// The unsigned number whose most significant byte stands at `offset`.
    ///
    /// The caller has checked that all its bytes exist; otherwise this traps.
    @inline(__always)
    func bigEndian<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type = Number.self, at offset: Int) -> Number
    {
        var number: Number = 0
        for index in offset..<offset + MemoryLayout<Number>.size { number = number << 8 | Number(self[index]) }
        return number
    }

    /// The unsigned number at `offset` in an order that is known only at run time; traps like `bigEndian(at:)`.
    @inline(__always)
    func number<Number: FixedWidthInteger & UnsignedInteger>(
        _: Number.Type = Number.self, at offset: Int, _ order: ByteOrder
    ) -> Number {
        let number: Number = bigEndian(at: offset)
        return order == .big ? number : number.byteSwapped
    }
}
