/// What an end can recover after a failure (RFC 4951 §5.1, Failover Capability).
public struct FailoverCapability: AVPValue {
    /// The C bit: the control connection.
    public var recoversControlChannel: Bool
    /// The D bit: sessions whose data messages bear sequence numbers.
    public var recoversDataChannel: Bool
    /// How much longer the peer is asked to wait before it gives up, in milliseconds.
    public var recoveryTime: UInt32

    /// A capability; one without either of the two may not be sent.
    public init(recoversControlChannel: Bool, recoversDataChannel: Bool, recoveryTime: UInt32) {
        self.recoversControlChannel = recoversControlChannel
        self.recoversDataChannel = recoversDataChannel
        self.recoveryTime = recoveryTime
    }

    /// Reads two bits, behind others that are reserved and ignored, and a time.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(6)
        self.init(
            recoversControlChannel: value[1] & 0x01 != 0, recoversDataChannel: value[1] & 0x02 != 0,
            recoveryTime: value.bigEndian(at: 2))
    }

    /// Length on the wire in bytes: 6.
    public var encodedByteCount: Int { 6 }

    /// Appends the bits and the time.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(0)
        output.append((recoversDataChannel ? 0x02 : 0) | (recoversControlChannel ? 0x01 : 0))
        output.append(bigEndian: recoveryTime)
    }

    /// The bits and the time.
    public var fields: [AVPField] {
        [
            AVPField("Data Channel", byteCount: 2, .flag(recoversDataChannel)),
            AVPField("Control Channel", byteCount: 2, .flag(recoversControlChannel)),
            AVPField("Recovery Time", at: 2, byteCount: 4, .number(UInt64(recoveryTime), name: nil)),
        ]
    }
}
