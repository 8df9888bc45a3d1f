/// A pair of identifiers of 32 bits after two reserved bytes, the layout of two AVPs of RFC 4951.
///
/// In L2TPv2 the upper half of each is reserved, so it is zero.
protocol RecoveredIDs: AVPValue {
    /// What the RFC calls the two.
    static var fieldNames: (local: String, remote: String) { get }
    /// The numbers in host byte order.
    var numbers: (local: UInt32, remote: UInt32) { get }
    init(local: UInt32, remote: UInt32)
}

extension RecoveredIDs {
    /// Reads two identifiers after two reserved bytes.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(10)
        self.init(local: value.bigEndian(at: 2), remote: value.bigEndian(at: 6))
    }

    /// Length on the wire in bytes: 10.
    public var encodedByteCount: Int { 10 }

    /// Appends two bytes of zero and the identifiers.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(bigEndian: 0 as UInt16)
        output.append(bigEndian: numbers.local)
        output.append(bigEndian: numbers.remote)
    }

    /// Both identifiers.
    public var fields: [AVPField] {
        [
            AVPField(Self.fieldNames.local, at: 2, byteCount: 4, .number(UInt64(numbers.local), name: nil)),
            AVPField(Self.fieldNames.remote, at: 6, byteCount: 4, .number(UInt64(numbers.remote), name: nil)),
        ]
    }
}

/// The tunnel that a recovered end wants back (RFC 4951 §5.2, Tunnel Recovery).
public struct TunnelRecovery: RecoveredIDs {
    /// The identifier of the old tunnel that the sender had chosen; at most 65535 in L2TPv2.
    public var tunnelID: TunnelID
    /// The identifier of the old tunnel that the peer had chosen; at most 65535 in L2TPv2.
    public var remoteTunnelID: TunnelID

    /// A tunnel.
    public init(tunnelID: TunnelID, remoteTunnelID: TunnelID) {
        self.tunnelID = tunnelID
        self.remoteTunnelID = remoteTunnelID
    }

    init(local: UInt32, remote: UInt32) {
        self.init(tunnelID: TunnelID(local), remoteTunnelID: TunnelID(remote))
    }

    static let fieldNames = (local: "Recover Tunnel ID", remote: "Recover Remote Tunnel ID")
    var numbers: (local: UInt32, remote: UInt32) { (tunnelID.rawValue, remoteTunnelID.rawValue) }
}

/// A session about which an end asks its peer after a failure (RFC 4951 §5.4, Failover Session State).
public struct FailoverSessionState: RecoveredIDs {
    /// The identifier that the sender had chosen; at most 65535 in L2TPv2.
    public var sessionID: SessionID
    /// The identifier that the peer had chosen; at most 65535 in L2TPv2.
    public var remoteSessionID: SessionID

    /// A session.
    public init(sessionID: SessionID, remoteSessionID: SessionID) {
        self.sessionID = sessionID
        self.remoteSessionID = remoteSessionID
    }

    init(local: UInt32, remote: UInt32) {
        self.init(sessionID: SessionID(local), remoteSessionID: SessionID(remote))
    }

    static let fieldNames = (local: "Session ID", remote: "Remote Session ID")
    var numbers: (local: UInt32, remote: UInt32) { (sessionID.rawValue, remoteSessionID.rawValue) }
}
