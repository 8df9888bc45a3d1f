public import PacketCapture

/// Packets of ESP (RFC 4303) from one host to another, in which L2TP may be hidden.
public struct EncryptedFlow: Hashable, Sendable {
    /// The UDP port of ESP in UDP (RFC 3948 §2).
    public static let port: UInt16 = 4500

    /// Who sends them.
    public let source: NetworkAddress
    /// Whom they are sent to.
    public let destination: NetworkAddress
    /// Whether they are in UDP (RFC 3948).
    public let isInUDP: Bool
    /// How many there have been.
    public internal(set) var packetCount = 0
    /// How many bytes they have behind the IP or UDP header.
    public internal(set) var byteCount = 0
}
