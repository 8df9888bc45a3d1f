/// How a TDM pseudowire uses RTP (RFC 5611 §2.2, RTP).
public struct RTPParameters: AVPValue {
    /// The D bit: timestamps are differential instead of absolute.
    public let isDifferential: Bool
    /// The payload type to expect, 0…127; 0 is not checked.
    public let payloadType: UInt8
    /// The C bit: the RTP header comes after the control word, not before it.
    public let followsControlWord: Bool
    /// The clock of the timestamps in units of 8 kHz, 0…65535.
    public let timestampClockFrequency: UInt16
    /// The synchronization source to expect; 0 is not checked.
    public let ssrc: UInt32

    /// A set of parameters; nil for a payload type of more than seven bits.
    public init?(
        isDifferential: Bool, payloadType: UInt8, followsControlWord: Bool, timestampClockFrequency: UInt16,
        ssrc: UInt32
    ) {
        guard payloadType <= 0x7F else { return nil }
        self.isDifferential = isDifferential
        self.payloadType = payloadType
        self.followsControlWord = followsControlWord
        self.timestampClockFrequency = timestampClockFrequency
        self.ssrc = ssrc
    }

    /// Reads a set of parameters; the bits between its parts are reserved and ignored.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(10)
        isDifferential = value[0] & 0x80 != 0
        payloadType = value[0] & 0x7F
        followsControlWord = value[1] & 0x80 != 0
        timestampClockFrequency = value.bigEndian(at: 4)
        ssrc = value.bigEndian(at: 6)
    }

    /// Length on the wire in bytes: 10.
    public var encodedByteCount: Int { 10 }

    /// Appends the parameters, reserved bits being zero.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append((isDifferential ? 0x80 : 0) | payloadType)
        output.append(followsControlWord ? 0x80 : 0)
        output.append(bigEndian: 0 as UInt16)
        output.append(bigEndian: timestampClockFrequency)
        output.append(bigEndian: ssrc)
    }

    /// The parameters.
    public var fields: [AVPField] {
        [
            AVPField("D", byteCount: 1, .flag(isDifferential)),
            AVPField("PT", byteCount: 1, .number(UInt64(payloadType), name: nil)),
            AVPField("C", at: 1, byteCount: 1, .flag(followsControlWord)),
            AVPField(
                "Timestamp Clock Frequency", at: 4, byteCount: 2, .number(UInt64(timestampClockFrequency), name: nil)),
            AVPField("SSRC", at: 6, byteCount: 4, .number(UInt64(ssrc), name: nil)),
        ]
    }
}
