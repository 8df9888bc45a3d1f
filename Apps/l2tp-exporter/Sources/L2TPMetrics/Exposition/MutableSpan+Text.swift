extension MutableSpan<UInt8> {
    /// Copies a part of other bytes to a position, which moves behind them.
    ///
    /// The lengths are compared once; the compiler then makes one copy of the loop.
    @inline(__always)
    mutating func write(_ source: Span<UInt8>, from start: Int, count: Int, at position: inout Int) {
        precondition(start >= 0 && count >= 0 && count <= source.count - start, "no part of the source")
        precondition(position >= 0 && count <= self.count - position, "no room")
        for offset in 0..<count { self[position &+ offset] = source[start &+ offset] }
        position &+= count
    }

    /// Writes one byte to a position, which moves on.
    @inline(__always)
    mutating func write(_ byte: UInt8, at position: inout Int) {
        self[position] = byte
        position += 1
    }

    /// Writes a number in decimal digits to a position, which moves behind them.
    @inline(__always)
    mutating func write(decimal number: UInt64, at position: inout Int) {
        if number < 10 { return write(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number), at: &position) }
        let end = position + number.decimalDigitCount
        var (rest, place) = (number, end)
        while rest > 0 {
            place -= 1
            self[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        position = end
    }
}

extension UInt64 {
    /// How many digits the number has in decimal, from 1 to 20.
    var decimalDigitCount: Int {
        var (digits, power) = (1, UInt64(10))
        while self >= power {
            digits += 1
            let (next, overflow) = power.multipliedReportingOverflow(by: 10)
            if overflow { break }
            power = next
        }
        return digits
    }
}
