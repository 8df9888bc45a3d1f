extension MutableSpan where Element == UInt8 {
    /// Puts a number in host byte order into the bytes from `offset` (from 0) on.
    ///
    /// - Precondition: The span has that many bytes there.
    @inlinable
    public mutating func store(_ number: UInt64, at offset: Int) {
        precondition(offset >= 0 && offset <= count - MemoryLayout<UInt64>.size, "the number lies outside the bytes")
        unsafe withUnsafeMutableBytes { bytes in
            unsafe bytes.storeBytes(of: number, toByteOffset: offset, as: UInt64.self)
        }
    }
}
