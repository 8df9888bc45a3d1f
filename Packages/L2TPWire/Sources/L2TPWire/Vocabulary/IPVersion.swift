/// The version of the IP packets that carry a tunnel.
public enum IPVersion: UInt8, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// IPv4 (RFC 791).
    case v4 = 4
    /// IPv6 (RFC 8200).
    case v6 = 6

    /// Length of the header without options or extension headers in bytes: 20 or 40.
    public var headerByteCount: Int {
        switch self {
        case .v4: 20
        case .v6: 40
        }
    }

    /// Length of the longest packet in bytes, header included: 65535 or 65575.
    ///
    /// IPv6 does not count its header in the 16-bit length. Linux caps path MTUs at these values
    /// (`IP_MAX_MTU`, `IP6_MAX_MTU`).
    public var maximumPacketByteCount: Int {
        switch self {
        case .v4: 65_535
        case .v6: 65_535 + 40
        }
    }

    /// `IPv4` or `IPv6`.
    public var description: String { "IPv\(rawValue)" }
}
