import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire

/// Values that planner tests share.
enum PlanningExample {
    static let machine = MachineID(high: 0x0011_2233_4455_6677, low: 0x8899_aabb_ccdd_eeff)

    /// Tunnel 3000 over UDP, or a like one.
    static func tunnel(
        _ id: UInt32 = 3000, name: String = "hq", sessions: [SessionConfiguration] = [],
        _ change: (inout TunnelSpecification) -> Void = { _ in }
    ) -> TunnelConfiguration {
        var specification = TunnelSpecification(
            id: TunnelID(id), peerID: TunnelID(id + 1000), local: KnownValue.address("192.0.2.1"),
            peer: KnownValue.address("198.51.100.7"),
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
                interfaceName: interface.map(KnownValue.name)))
        change(&session)
        return session
    }

    /// The key of a session.
    static func key(_ id: UInt32 = 1000, in tunnelID: UInt32 = 3000) -> SessionKey {
        SessionKey(SessionID(id), in: TunnelID(tunnelID))
    }
}
