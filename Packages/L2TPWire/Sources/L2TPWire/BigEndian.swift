/// The only byte juggling of the module: numbers in network byte order.
///
/// What lies on the way of every message is inlined into the programs that use the module, here and elsewhere.
extension Span<UInt8> {
    /// The unsigned number whose most significant byte stands at `offset`.
    ///
    /// The caller has checked that all its bytes exist; otherwise this traps.
    @inlinable @inline(__always)
    func bigEndian<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type = Number.self, at offset: Int) -> Number
    {
        // Of a slice whose length is known, the optimizer makes one load and one byte swap.
        let field = extracting(offset..<offset &+ MemoryLayout<Number>.size)
        var number: Number = 0
        for index in 0..<MemoryLayout<Number>.size {
            number |= Number(field[index]) &<< Number(Number.bitWidth - 8 * (index + 1))
        }
        return number
    }
}

extension MutableSpan<UInt8> {
    /// Stores the bytes of `number`, the most significant one first and at `offset`.
    ///
    /// The caller has checked that all its bytes exist; otherwise this traps.
    @inlinable @inline(__always)
    mutating func store<Number: FixedWidthInteger & UnsignedInteger>(bigEndian number: Number, at offset: Int) {
        // As above: one byte swap and one store.
        var field = _mutatingExtracting(offset..<offset &+ MemoryLayout<Number>.size)
        for index in 0..<MemoryLayout<Number>.size {
            field[index] = UInt8(truncatingIfNeeded: number &>> Number(Number.bitWidth - 8 * (index + 1)))
        }
    }
}

extension OutputSpan<UInt8> {
    /// Appends the bytes of `number`, the most significant one first.
    ///
    /// The caller has checked that there is room; otherwise this traps.
    @inlinable @inline(__always)
    mutating func append<Number: FixedWidthInteger & UnsignedInteger>(bigEndian number: Number) {
        // Room is asked for once a number, not once a byte.
        let start = count
        append(repeating: 0, count: MemoryLayout<Number>.size)
        var bytes = mutableSpan
        bytes.store(bigEndian: number, at: start)
    }
}
