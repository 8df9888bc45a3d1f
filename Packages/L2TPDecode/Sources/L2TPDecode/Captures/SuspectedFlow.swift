/// UDP datagrams that begin as L2TPv3 data messages do, on ports that nobody has said carry L2TP.
public struct SuspectedFlow: Hashable, Sendable {
    /// The UDP port they come from.
    public let sourcePort: UInt16
    /// The UDP port they are sent to.
    public let destinationPort: UInt16
    /// How many there have been.
    public internal(set) var packetCount = 0

    /// Whether a datagram begins with flags, version and reserved bits as Linux sends them (RFC 3931 §4.1.2.1), and a
    /// session identifier.
    static func matches(_ payload: Span<UInt8>) -> Bool {
        payload.count >= 12 && payload.number32(at: 0) == 0x0003_0000 && payload.number32(at: 4) != 0
    }
}
