/// The current speeds of a session's line (RFC 5515 §6.1, Connect Speed Update).
public struct ConnectSpeedUpdate: AVPValue {
    /// The two layouts, of which each version has one.
    public enum Layout: Hashable, Sendable {
        /// L2TPv2: an identifier of 16 bits, speeds of 32 bits.
        case v2
        /// L2TPv3: an identifier of 32 bits, speeds of 64 bits.
        case v3
    }

    /// How it is laid out.
    public let layout: Layout
    /// The identifier of the session that the peer has chosen.
    public let remoteSessionID: SessionID
    /// The speed from the LAC to the remote system in bits a second.
    public let txSpeed: UInt64
    /// The speed from the remote system to the LAC in bits a second.
    public let rxSpeed: UInt64

    /// Speeds for a message of L2TPv3.
    public init(remoteSessionID: SessionID, txSpeed: UInt64, rxSpeed: UInt64) {
        layout = .v3
        self.remoteSessionID = remoteSessionID
        self.txSpeed = txSpeed
        self.rxSpeed = rxSpeed
    }

    /// Speeds for a message of L2TPv2.
    public init(v2RemoteSessionID: UInt16, txSpeed: UInt32, rxSpeed: UInt32) {
        layout = .v2
        remoteSessionID = SessionID(UInt32(v2RemoteSessionID))
        self.txSpeed = UInt64(txSpeed)
        self.rxSpeed = UInt64(rxSpeed)
    }

    /// Reads the layout that the length tells: 12 bytes for L2TPv2, 20 for L2TPv3.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        if value.count == 12 {
            self.init(
                v2RemoteSessionID: value.bigEndian(at: 2), txSpeed: value.bigEndian(at: 4),
                rxSpeed: value.bigEndian(at: 8))
        } else {
            try value.checkByteCount(20)
            self.init(
                remoteSessionID: SessionID(value.bigEndian(at: 0)), txSpeed: value.bigEndian(at: 4),
                rxSpeed: value.bigEndian(at: 12))
        }
    }

    /// Length on the wire in bytes: 12 or 20.
    public var encodedByteCount: Int { layout == .v2 ? 12 : 20 }

    /// Appends identifier and speeds.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(bigEndian: remoteSessionID.rawValue)
        switch layout {
        case .v2:
            output.append(bigEndian: UInt32(truncatingIfNeeded: txSpeed))
            output.append(bigEndian: UInt32(truncatingIfNeeded: rxSpeed))
        case .v3:
            output.append(bigEndian: txSpeed)
            output.append(bigEndian: rxSpeed)
        }
    }

    /// Identifier and speeds.
    public var fields: [AVPField] {
        let (idOffset, speedByteCount) = layout == .v2 ? (2, 4) : (0, 8)
        return [
            AVPField(
                "Remote Session Id", at: idOffset, byteCount: 4 - idOffset,
                .number(UInt64(remoteSessionID.rawValue), name: nil)),
            AVPField("Current Tx Connect Speed", at: 4, byteCount: speedByteCount, .number(txSpeed, name: nil)),
            AVPField(
                "Current Rx Connect Speed", at: 4 + speedByteCount, byteCount: speedByteCount,
                .number(rxSpeed, name: nil)),
        ]
    }
}
