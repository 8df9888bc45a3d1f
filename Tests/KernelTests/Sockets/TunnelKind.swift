import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import Netlink
import Testing

/// What a managed tunnel can be: protocol version, encapsulation and IP version.
struct TunnelKind: Hashable, Sendable, CustomTestStringConvertible {
    var protocolVersion: ProtocolVersion
    var encapsulation: Encapsulation
    var version: IPVersion

    static let v2UDP = Self(protocolVersion: .v2, encapsulation: .udp, version: .v4)
    static let v3UDP = Self(protocolVersion: .v3, encapsulation: .udp, version: .v4)
    static let v3IP = Self(protocolVersion: .v3, encapsulation: .ip, version: .v4)

    /// L2TPv2 and L2TPv3 over UDP, L2TPv3 over IP; each over IPv4 and IPv6.
    static let all = [v2UDP, v3UDP, v3IP].flatMap { kind in
        IPVersion.allCases.map {
            Self(protocolVersion: kind.protocolVersion, encapsulation: kind.encapsulation, version: $0)
        }
    }

    static let overIPv4 = [v2UDP, v3UDP, v3IP]

    var testDescription: String { "\(protocolVersion) over \(encapsulation), \(version)" }

    /// Where one side's end of a tunnel is.
    func address(_ side: Side, _ id: UInt32) -> TunnelSocketAddress {
        let address = SitePair.address(side, version)
        return switch encapsulation {
        case .udp: .udp(address, port: UInt16(10000 + id))
        case .ip: .ip(address, connectionID: TunnelID(id))
        }
    }

    /// A socket of one side, bound, and connected to the other side's end of the same identifier.
    func socket(_ side: Side, _ id: UInt32, in pair: SitePair) throws(SocketError) -> TunnelSocket {
        try socket(side, id, in: pair[side].networkNamespace)
    }

    /// The same for a namespace that is said.
    func socket(_ side: Side, _ id: UInt32, in namespace: NetworkNamespace) throws(SocketError) -> TunnelSocket {
        var socket = try TunnelSocket(encapsulation, version, in: namespace)
        try socket.bind(to: address(side, id))
        try socket.connect(to: address(side.other, id))
        return socket
    }

    func specification(_ id: UInt32) -> ManagedTunnelSpecification {
        ManagedTunnelSpecification(id: TunnelID(id), peerID: TunnelID(id), protocolVersion: protocolVersion)
    }

    /// A tunnel of one side.
    func tunnel(_ side: Side, _ id: UInt32, in pair: SitePair) throws -> ManagedTunnel {
        var client = try pair[side].client()
        return try client.createTunnel(specification(id), over: try socket(side, id, in: pair))
    }

    /// The address of a PPP session with the same identifier at both ends.
    func session(_ session: UInt32, in tunnel: UInt32) -> PPPoL2TPAddress {
        PPPoL2TPAddress(
            PPPoL2TPAddress.Variant(protocolVersion, over: version), tunnelID: TunnelID(tunnel),
            sessionID: SessionID(session), peerTunnelID: TunnelID(tunnel), peerSessionID: SessionID(session))
    }

    /// A socket of a PPP session, which is created unless it exists.
    func pppSocket(_ side: Side, _ session: UInt32, in tunnel: UInt32, of pair: SitePair) throws(SocketError)
        -> PPPoL2TPSocket
    {
        let socket = try PPPoL2TPSocket(in: pair[side].networkNamespace)
        try socket.connect(to: self.session(session, in: tunnel))
        return socket
    }
}

extension TestNamespace {
    /// How many tunnels there are.
    func tunnelCount() throws -> Int {
        var client = try client()
        return try client.tunnels().count
    }

    /// Whether there is no tunnel left, after waiting for it.
    func losesAllTunnels() throws -> Bool {
        try eventually { try tunnelCount() == 0 }
    }
}

extension Kernel {
    /// Whether the running Linux is that release or a later one.
    static func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
        let numbers = release.split(whereSeparator: { !$0.isNumber }).prefix(2).compactMap { Int($0) }
        return !numbers.lexicographicallyPrecedes([major, minor])
    }
}
