/// The async-control-character-maps that an LNS has negotiated (RFC 2661 §4.4.6, ACCM).
public struct ACCM: AVPValue {
    /// The map for what the LAC sends; a set bit n has character n escaped.
    public var send: UInt32
    /// The map for what the LAC receives.
    public var receive: UInt32

    /// A pair of maps.
    public init(send: UInt32, receive: UInt32) {
        self.send = send
        self.receive = receive
    }

    /// Reads two maps after two reserved bytes.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(10)
        self.init(send: value.bigEndian(at: 2), receive: value.bigEndian(at: 6))
    }

    /// Length on the wire in bytes: 10.
    public var encodedByteCount: Int { 10 }

    /// Appends two bytes of zero and the maps.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(bigEndian: 0 as UInt16)
        output.append(bigEndian: send)
        output.append(bigEndian: receive)
    }

    /// Both maps.
    public var fields: [AVPField] {
        [
            AVPField("Send ACCM", at: 2, byteCount: 4, .number(UInt64(send), name: nil)),
            AVPField("Receive ACCM", at: 6, byteCount: 4, .number(UInt64(receive), name: nil)),
        ]
    }
}
