public import L2TPModel
import L2TPNetlink
import L2TPWire
public import Testing

/// Short forms of specifications, for tests in which only the identifiers matter.
extension TunnelSpecification {
    /// A UDP tunnel from the left site to the right one, with the local port 10000 + `id`.
    static func udp(_ id: UInt32, _ version: IPVersion = .v4) -> Self {
        Self(
            id: TunnelID(id), peerID: TunnelID(id), local: SitePair.address(.left, version),
            peer: SitePair.address(.right, version),
            encapsulation: .udp(UDPParameters(sourcePort: UInt16(10000 + id), destinationPort: 10000)))
    }

    /// An IP tunnel from the left site to the right one.
    static func ip(_ id: UInt32, _ version: IPVersion = .v4) -> Self {
        var tunnel = udp(id, version)
        tunnel.encapsulation = .ip
        return tunnel
    }
}

extension SessionSpecification {
    /// A session whose interface has that name.
    static func named(_ name: String, _ id: UInt32, in tunnelID: UInt32) throws -> Self {
        Self(
            tunnelID: TunnelID(tunnelID), id: SessionID(id), peerID: SessionID(id),
            interfaceName: try InterfaceName(name))
    }

    /// A session whose interface the kernel names.
    static func unnamed(_ id: UInt32, in tunnelID: UInt32) -> Self {
        Self(tunnelID: TunnelID(tunnelID), id: SessionID(id), peerID: SessionID(id))
    }
}

extension TunnelSpecification: @retroactive CustomTestStringConvertible {
    /// The words of `add`.
    public var testDescription: String { commandWords.dropFirst().joined(separator: " ") }
}

extension SessionSpecification: @retroactive CustomTestStringConvertible {
    /// The words of `add`.
    public var testDescription: String { commandWords.dropFirst().joined(separator: " ") }
}
