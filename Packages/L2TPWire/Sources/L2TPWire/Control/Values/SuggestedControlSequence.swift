/// The sequence numbers with which a recovered control connection should go on (RFC 4951 §5.3).
public struct SuggestedControlSequence: AVPValue {
    /// Ns of the recovered tunnel.
    public var ns: ControlSequenceNumber
    /// Nr of the recovered tunnel.
    public var nr: ControlSequenceNumber

    /// A pair of numbers.
    public init(ns: ControlSequenceNumber, nr: ControlSequenceNumber) {
        self.ns = ns
        self.nr = nr
    }

    /// Reads two numbers after two reserved bytes.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(6)
        self.init(ns: ControlSequenceNumber(value.bigEndian(at: 2)), nr: ControlSequenceNumber(value.bigEndian(at: 4)))
    }

    /// Length on the wire in bytes: 6.
    public var encodedByteCount: Int { 6 }

    /// Appends two bytes of zero and the numbers.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(bigEndian: 0 as UInt16)
        output.append(bigEndian: ns.rawValue)
        output.append(bigEndian: nr.rawValue)
    }

    /// Both numbers.
    public var fields: [AVPField] {
        [
            AVPField("Suggested Ns", at: 2, byteCount: 2, .number(UInt64(ns.rawValue), name: nil)),
            AVPField("Suggested Nr", at: 4, byteCount: 2, .number(UInt64(nr.rawValue), name: nil)),
        ]
    }
}
