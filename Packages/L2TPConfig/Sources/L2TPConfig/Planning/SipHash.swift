/// SipHash-2-4, a keyed hash of 64 bits (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012).
///
/// Swift's own hasher is keyed anew in every process, so that it cannot give what is to be the same tomorrow.
struct SipHash {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    /// The bytes of the word that is not full yet, the first least significant.
    private var tail: UInt64 = 0
    private var byteCount: UInt64 = 0

    /// A hash of no bytes yet.
    ///
    /// - Parameters:
    ///   - k0: The key's first eight bytes as a little-endian number.
    ///   - k1: The key's last eight bytes as a little-endian number.
    init(k0: UInt64, k1: UInt64) {
        v0 = k0 ^ 0x736f_6d65_7073_6575
        v1 = k1 ^ 0x646f_7261_6e64_6f6d
        v2 = k0 ^ 0x6c79_6765_6e65_7261
        v3 = k1 ^ 0x7465_6462_7974_6573
    }

    /// A hash of no bytes yet that is to have 128 bits, from ``finishWide()``.
    ///
    /// - Parameters:
    ///   - k0: The key's first eight bytes as a little-endian number.
    ///   - k1: The key's last eight bytes as a little-endian number.
    init(wideWithK0 k0: UInt64, k1: UInt64) {
        self.init(k0: k0, k1: k1)
        v1 ^= 0xee
    }

    /// Takes more bytes of the message.
    mutating func append(_ bytes: Span<UInt8>) {
        var index = 0
        while index < bytes.count, byteCount & 7 != 0 {
            append(bytes[index])
            index += 1
        }
        // Here a word is begun: whole ones need no tail.
        let start = index
        while bytes.count - index >= 8 {
            var word: UInt64 = 0
            for offset in 0..<8 { word |= UInt64(bytes[index &+ offset]) &<< UInt64(8 &* offset) }
            compress(word)
            index &+= 8
        }
        byteCount &+= UInt64(index - start)
        while index < bytes.count {
            append(bytes[index])
            index += 1
        }
    }

    /// Takes one more byte of the message.
    mutating func append(_ byte: UInt8) {
        tail |= UInt64(byte) << (8 * (byteCount & 7))
        byteCount &+= 1
        if byteCount & 7 == 0 {
            compress(tail)
            tail = 0
        }
    }

    /// Takes a number's bytes, the most significant first.
    mutating func append(bigEndian number: some FixedWidthInteger & UnsignedInteger) {
        for shift in stride(from: type(of: number).bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// The hash of all bytes taken.
    consuming func finish() -> UInt64 {
        compress(tail | byteCount << 56)
        v2 ^= 0xff
        for _ in 0..<4 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }

    /// The hash of all bytes taken in 128 bits: the first and the last eight bytes as little-endian numbers.
    consuming func finishWide() -> (UInt64, UInt64) {
        compress(tail | byteCount << 56)
        v2 ^= 0xee
        for _ in 0..<4 { round() }
        let first = v0 ^ v1 ^ v2 ^ v3
        v1 ^= 0xdd
        for _ in 0..<4 { round() }
        return (first, v0 ^ v1 ^ v2 ^ v3)
    }

    private mutating func compress(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    private mutating func round() {
        v0 &+= v1
        v2 &+= v3
        v1 = Self.rotate(v1, 13) ^ v0
        v3 = Self.rotate(v3, 16) ^ v2
        v0 = Self.rotate(v0, 32)
        v2 &+= v1
        v0 &+= v3
        v1 = Self.rotate(v1, 17) ^ v2
        v3 = Self.rotate(v3, 21) ^ v0
        v2 = Self.rotate(v2, 32)
    }

    private static func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
        word &<< count | word &>> (64 &- count)
    }
}
