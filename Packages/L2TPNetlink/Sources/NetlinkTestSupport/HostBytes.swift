/// The bytes of a number in host byte order.
func hostBytes<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number.littleEndian >> Number($0 * 8)) }
}

/// The number whose bytes in host byte order are the first of `bytes`.
func number<Number: FixedWidthInteger & UnsignedInteger>(fromHostBytes bytes: some Collection<UInt8>) -> Number {
    Number(littleEndian: bytes.prefix(Number.bitWidth / 8).reversed().reduce(0) { $0 << 8 | Number($1) })
}

/// The text before the first zero byte.
func text(fromBytes bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
}

extension [UInt8] {
    /// The bytes of a span.
    init(copying span: Span<UInt8>) {
        self.init()
        reserveCapacity(span.count)
        for index in span.indices { append(span[index]) }
    }
}
