import L2TPConfig
import L2TPModel
import L2TPWire

/// Values that planner tests share.
enum PlanningExample {
    static let machine = MachineID(high: 0x0011_2233_4455_6677, low: 0x8899_aabb_ccdd_eeff)

    /// An address that the test knows to be one.
    static func address(_ text: String) -> IPAddress {
        guard let address = IPAddress(text) else { preconditionFailure("\(text) is no address") }
        return address
    }

    /// An interface name that the test knows to be one.
    static func name(_ text: String) -> InterfaceName {
        guard let name = try? InterfaceName(text) else { preconditionFailure("\(text) is no name") }
        return name
    }

    /// An address with its prefix: `192.0.2.1/24`.
    static func prefix(_ text: String) -> AddressSpecification {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let count = UInt8(parts[1]) else { preconditionFailure("\(text) is no prefix") }
        return AddressSpecification(address(String(parts[0])), prefixBitCount: count)
    }

    /// Tunnel 3000 over UDP, or a like one.
    static func tunnel(
        _ id: UInt32 = 3000, name: String = "hq", sessions: [SessionConfiguration] = [],
        _ change: (inout TunnelSpecification) -> Void = { _ in }
    ) -> TunnelConfiguration {
        var specification = TunnelSpecification(
            id: TunnelID(id), peerID: TunnelID(id + 1000), local: address("192.0.2.1"), peer: address("198.51.100.7"),
            encapsulation: .udp(
                UDPParameters(sourcePort: UInt16(truncatingIfNeeded: 2000 + id), destinationPort: 6000)))
        change(&specification)
        return TunnelConfiguration(name: name, specification: specification, sessions: sessions)
    }

    /// Session 1000 of tunnel 3000, or a like one.
    static func session(
        _ id: UInt32 = 1000, in tunnelID: UInt32 = 3000, name: String = "lan", interface: String? = "l2tp-lan",
        _ change: (inout SessionConfiguration) -> Void = { _ in }
    ) -> SessionConfiguration {
        var session = SessionConfiguration(
            name: name,
            specification: SessionSpecification(
                tunnelID: TunnelID(tunnelID), id: SessionID(id), peerID: SessionID(id + 1000),
                interfaceName: interface.map(self.name)))
        change(&session)
        return session
    }

    /// The key of a session.
    static func key(_ id: UInt32 = 1000, in tunnelID: UInt32 = 3000) -> SessionKey {
        SessionKey(SessionID(id), in: TunnelID(tunnelID))
    }
}
