/// What a control message is (IANA "Message Type AVP (Attribute Type 0) Values").
///
/// RFC 2661 §4.4.1 and RFC 3931 §3.1 and §5.4.1.
public struct MessageType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Start-Control-Connection-Request (RFC 2661 §6.1, RFC 3931 §6.1).
    public static let startControlConnectionRequest = Self(rawValue: 1)
    /// Start-Control-Connection-Reply (RFC 2661 §6.2, RFC 3931 §6.2).
    public static let startControlConnectionReply = Self(rawValue: 2)
    /// Start-Control-Connection-Connected (RFC 2661 §6.3, RFC 3931 §6.3).
    public static let startControlConnectionConnected = Self(rawValue: 3)
    /// Stop-Control-Connection-Notification (RFC 2661 §6.4, RFC 3931 §6.4).
    public static let stopControlConnectionNotification = Self(rawValue: 4)
    /// Hello (RFC 2661 §6.5, RFC 3931 §6.5).
    public static let hello = Self(rawValue: 6)
    /// Outgoing-Call-Request (RFC 2661 §6.9, RFC 3931 §6.9).
    public static let outgoingCallRequest = Self(rawValue: 7)
    /// Outgoing-Call-Reply (RFC 2661 §6.10, RFC 3931 §6.10).
    public static let outgoingCallReply = Self(rawValue: 8)
    /// Outgoing-Call-Connected (RFC 2661 §6.11, RFC 3931 §6.11).
    public static let outgoingCallConnected = Self(rawValue: 9)
    /// Incoming-Call-Request (RFC 2661 §6.6, RFC 3931 §6.6).
    public static let incomingCallRequest = Self(rawValue: 10)
    /// Incoming-Call-Reply (RFC 2661 §6.7, RFC 3931 §6.7).
    public static let incomingCallReply = Self(rawValue: 11)
    /// Incoming-Call-Connected (RFC 2661 §6.8, RFC 3931 §6.8).
    public static let incomingCallConnected = Self(rawValue: 12)
    /// Call-Disconnect-Notify (RFC 2661 §6.12, RFC 3931 §6.12).
    public static let callDisconnectNotify = Self(rawValue: 14)
    /// WAN-Error-Notify (RFC 2661 §6.13, RFC 3931 §6.13).
    public static let wanErrorNotify = Self(rawValue: 15)
    /// Set-Link-Info (RFC 2661 §6.14, RFC 3931 §6.14).
    public static let setLinkInfo = Self(rawValue: 16)
    /// Modem-Status (RFC 3573).
    public static let modemStatus = Self(rawValue: 17)
    /// Service Relay Request (RFC 3817).
    public static let serviceRelayRequest = Self(rawValue: 18)
    /// Service Relay Reply (RFC 3817).
    public static let serviceRelayReply = Self(rawValue: 19)
    /// Explicit Acknowledgement (RFC 3931 §6.15).
    public static let acknowledgement = Self(rawValue: 20)
    /// Failover Session Query (RFC 4951).
    public static let failoverSessionQuery = Self(rawValue: 21)
    /// Failover Session Response (RFC 4951).
    public static let failoverSessionResponse = Self(rawValue: 22)
    /// Multicast-Session-Request (RFC 4045).
    public static let multicastSessionRequest = Self(rawValue: 23)
    /// Multicast-Session-Response (RFC 4045).
    public static let multicastSessionResponse = Self(rawValue: 24)
    /// Multicast-Session-Establishment (RFC 4045).
    public static let multicastSessionEstablishment = Self(rawValue: 25)
    /// Multicast-Session-Information (RFC 4045).
    public static let multicastSessionInformation = Self(rawValue: 26)
    /// Multicast-Session-End-Notify (RFC 4045).
    public static let multicastSessionEndNotify = Self(rawValue: 27)
    /// Connect-Speed-Update-Notification (RFC 5515).
    public static let connectSpeedUpdateNotification = Self(rawValue: 28)
    /// Connect-Speed-Update-Request (RFC 5515).
    public static let connectSpeedUpdateRequest = Self(rawValue: 29)

    /// Every type that has a name, in the order of the numbers.
    public static let named: [Self] = names.indices.compactMap { names[$0].isEmpty ? nil : Self(rawValue: UInt16($0)) }

    /// The names in the RFCs' short form, by number; empty where there is none.
    private static let names = [
        "", "SCCRQ", "SCCRP", "SCCCN", "StopCCN", "", "HELLO", "OCRQ", "OCRP", "OCCN", "ICRQ", "ICRP", "ICCN", "",
        "CDN", "WEN", "SLI", "MDMST", "SRRQ", "SRRP", "ACK", "FSQ", "FSR", "MSRQ", "MSRP", "MSE", "MSI", "MSEN",
        "CSUN", "CSURQ",
    ]

    /// The RFCs' short name, such as `SCCRQ`; nil for a number that this module does not know.
    public var name: String? {
        let number = Int(rawValue)
        return number < Self.names.count && !Self.names[number].isEmpty ? Self.names[number] : nil
    }

    /// The name, else `message type` and the number.
    public var description: String { name ?? "message type \(rawValue)" }
}
