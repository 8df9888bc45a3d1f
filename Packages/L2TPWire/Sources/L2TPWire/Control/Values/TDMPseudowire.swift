/// What a TDM pseudowire carries (RFC 5611 §2.1, TDM Pseudowire).
public struct TDMPseudowire: AVPValue {
    /// The SP bits, 0…3: how CE application signalling is carried.
    public let signaling: UInt8
    /// The CAS bits, 0…3: the type of the trunk.
    public let trunk: UInt8
    /// The bit rate in units of 64 kbit/s, 0…65535.
    public let bitRate: UInt16
    /// How many bytes of TDM a data message carries, 0…65535.
    public let payloadByteCount: UInt16

    /// A description; nil where the SP or CAS bits have more than two bits.
    public init?(signaling: UInt8, trunk: UInt8, bitRate: UInt16, payloadByteCount: UInt16) {
        guard signaling <= 3, trunk <= 3 else { return nil }
        self.signaling = signaling
        self.trunk = trunk
        self.bitRate = bitRate
        self.payloadByteCount = payloadByteCount
    }

    /// Reads a description; the bits before it are reserved and ignored.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(6)
        signaling = value[1] >> 2 & 3
        trunk = value[1] & 3
        bitRate = value.bigEndian(at: 2)
        payloadByteCount = value.bigEndian(at: 4)
    }

    /// Length on the wire in bytes: 6.
    public var encodedByteCount: Int { 6 }

    /// Appends the bits, the bit rate and the number of bytes.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(0)
        output.append(signaling << 2 | trunk)
        output.append(bigEndian: bitRate)
        output.append(bigEndian: payloadByteCount)
    }

    /// The bits, the bit rate and the number of bytes.
    public var fields: [AVPField] {
        [
            AVPField("SP", byteCount: 2, .number(UInt64(signaling), name: nil)),
            AVPField("CAS", byteCount: 2, .number(UInt64(trunk), name: nil)),
            AVPField("Bit Rate", at: 2, byteCount: 2, .number(UInt64(bitRate), name: nil)),
            AVPField("Payload Bytes", at: 4, byteCount: 2, .number(UInt64(payloadByteCount), name: nil)),
        ]
    }
}
