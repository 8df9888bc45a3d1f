internal import CLibmnl
internal import Glibc
public import L2TPModel
public import L2TPWire

/// The tunnel and session that a PPPoL2TP socket is for, in the four forms of `<linux/if_pppox.h>`, which the kernel
/// tells apart by their length.
public struct PPPoL2TPAddress: Hashable, Sendable {
    /// Which C structure it is.
    public enum Variant: Hashable, Sendable, CaseIterable {
        /// `sockaddr_pppol2tp`: identifiers of 16 bits, IPv4; 38 bytes.
        case v2OverIPv4
        /// `sockaddr_pppol2tpin6`: identifiers of 16 bits, IPv6; 50 bytes.
        case v2OverIPv6
        /// `sockaddr_pppol2tpv3`: identifiers of 32 bits, IPv4; 46 bytes.
        case v3OverIPv4
        /// `sockaddr_pppol2tpv3in6`: identifiers of 32 bits, IPv6; 58 bytes.
        case v3OverIPv6

        /// The length of the structure in bytes.
        public var encodedByteCount: Int {
            switch self {
            case .v2OverIPv4: 38
            case .v2OverIPv6: 50
            case .v3OverIPv4: 46
            case .v3OverIPv6: 58
            }
        }

        var hasLongIdentifiers: Bool { self == .v3OverIPv4 || self == .v3OverIPv6 }

        /// Where the C structures of IPv6 have the peer behind the identifiers, those of IPv4 have it before.
        var isIPv6: Bool { self == .v2OverIPv6 || self == .v3OverIPv6 }
    }

    /// Which C structure it is. The kernel takes the long identifiers for L2TPv2 too, and the address family only
    /// has to fit ``peer``.
    public var variant: Variant
    /// Our identifier of the tunnel (`s_tunnel`).
    public var tunnelID: TunnelID
    /// Our identifier of the session (`s_session`); 0 together with ``peerSessionID`` for the tunnel itself.
    public var sessionID: SessionID
    /// The peer's identifier of the tunnel (`d_tunnel`), for a tunnel or session that is created.
    public var peerTunnelID: TunnelID
    /// The peer's identifier of the session (`d_session`), for a session that is created.
    public var peerSessionID: SessionID
    /// The descriptor of the tunnel's UDP socket (`fd`), where the tunnel is to be created; -1 for none.
    public var tunnelDescriptor: Int32
    /// The peer's address (`addr`), which Linux only reports; nil for none.
    public var peer: UDPAddress?
    /// The process (`pid`), which Linux does not look at.
    public var processID: Int32

    /// An address from its parts.
    public init(
        _ variant: Variant, tunnelID: TunnelID, sessionID: SessionID, peerTunnelID: TunnelID, peerSessionID: SessionID,
        tunnelDescriptor: Int32 = -1, peer: UDPAddress? = nil, processID: Int32 = 0
    ) {
        self.variant = variant
        self.tunnelID = tunnelID
        self.sessionID = sessionID
        self.peerTunnelID = peerTunnelID
        self.peerSessionID = peerSessionID
        self.tunnelDescriptor = tunnelDescriptor
        self.peer = peer
        self.processID = processID
    }

    /// What the kernel would refuse, or cut and take for another tunnel or session; empty if nothing.
    public func violations() -> [Violation] {
        var found: [Violation] = []
        let largest = variant.hasLongIdentifiers ? UInt32.max : UInt32(UInt16.max)
        let tunnels = [("tunnel_id", tunnelID.rawValue), ("peer_tunnel_id", peerTunnelID.rawValue)]
        let sessions = [("session_id", sessionID.rawValue), ("peer_session_id", peerSessionID.rawValue)]
        for (field, number) in tunnels + sessions where number > largest {
            found.append(Violation(field: field, message: "\(number) is more than L2TPv2's largest id, \(largest)"))
        }
        if tunnelID.rawValue == 0 { found.append(Violation(field: "tunnel_id", message: "0 is not a tunnel id")) }
        if let peer, (peer.address.version == .v6) != variant.isIPv6 {
            found.append(Violation(field: "remote", message: "\(peer.address) is of another family than the address"))
        }
        return found
    }

    /// The structure's bytes, packed as the kernel wants them, the identifiers in host byte order. Identifiers that
    /// do not fit are cut, see ``violations()``.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(host: UInt16(AF_PPPOX))
        bytes.append(host: UInt32(PX_PROTO_OL2TP))
        bytes.append(host: UInt32(bitPattern: processID))
        bytes.append(host: UInt32(bitPattern: tunnelDescriptor))
        let place = peer?.bytes ?? [UInt8](repeating: 0, count: variant.isIPv6 ? 28 : 16)
        if !variant.isIPv6 { bytes += place }
        for id in [tunnelID.rawValue, sessionID.rawValue, peerTunnelID.rawValue, peerSessionID.rawValue] {
            if variant.hasLongIdentifiers {
                bytes.append(host: id)
            } else {
                bytes.append(host: UInt16(truncatingIfNeeded: id))
            }
        }
        if variant.isIPv6 { bytes += place }
        return bytes
    }

    /// The address that the kernel wrote; nil if it is of no such form.
    public init?(bytes: [UInt8]) {
        guard let variant = Variant.allCases.first(where: { $0.encodedByteCount == bytes.count }),
            bytes.host(UInt16.self, at: 0).map({ Int32($0) }) == AF_PPPOX,
            bytes.host(UInt32.self, at: 2).map({ Int32(truncatingIfNeeded: $0) }) == PX_PROTO_OL2TP,
            let processID: UInt32 = bytes.host(at: 6), let descriptor: UInt32 = bytes.host(at: 10)
        else { return nil }
        let width = variant.hasLongIdentifiers ? 4 : 2
        let identifiers = variant.isIPv6 ? 14 : 30
        let numbers = (0..<4).compactMap { index -> UInt32? in
            let offset = identifiers + index * width
            return width == 4 ? bytes.host(at: offset) : bytes.host(UInt16.self, at: offset).map { UInt32($0) }
        }
        guard numbers.count == 4 else { return nil }
        let place = variant.isIPv6 ? identifiers + 4 * width : 14
        self.init(
            variant, tunnelID: TunnelID(numbers[0]), sessionID: SessionID(numbers[1]),
            peerTunnelID: TunnelID(numbers[2]), peerSessionID: SessionID(numbers[3]),
            tunnelDescriptor: Int32(bitPattern: descriptor), peer: UDPAddress(bytes: Array(bytes[place...])),
            processID: Int32(bitPattern: processID))
    }
}

extension PPPoL2TPAddress.Variant {
    /// The structure for a protocol version and an address family.
    public init(_ protocolVersion: ProtocolVersion, over version: IPVersion) {
        self =
            switch (protocolVersion == .v2, version) {
            case (true, .v4): .v2OverIPv4
            case (true, .v6): .v2OverIPv6
            case (false, .v4): .v3OverIPv4
            case (false, .v6): .v3OverIPv6
            }
    }
}
