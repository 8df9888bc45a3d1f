import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire

/// Pairs of configurations, one to be applied after the other.
enum RandomTransition {
    /// Configurations for a ``Host``.
    static let drawing = RandomConfiguration(
        endpoints: [
            .init(local: KnownValue.address("192.0.2.1"), remote: KnownValue.address("192.0.2.2")),
            .init(local: KnownValue.address("2001:db8::1"), remote: KnownValue.address("2001:db8::2")),
        ],
        places: [nil, "blue"].map { namespace in
            .init(
                namespace: namespace,
                masters: [
                    .bridge(KnownValue.name("br0")), .bridge(KnownValue.name("br1")), .vrf(KnownValue.name("vrf0")),
                ])
        })

    /// Two configurations: most of the time one has come of the other.
    static func pair(
        _ drawing: RandomConfiguration, _ generator: inout some RandomNumberGenerator
    ) -> (Configuration, Configuration) {
        let one = drawing.next(using: &generator)
        if Int.random(in: 0..<4, using: &generator) == 0 { return (one, drawing.next(using: &generator)) }
        let other = variation(of: one, drawing, &generator)
        return Bool.random(using: &generator) ? (one, other) : (other, one)
    }

    private static func variation(
        of configuration: Configuration, _ drawing: RandomConfiguration, _ generator: inout some RandomNumberGenerator
    ) -> Configuration {
        let others = drawing.next(using: &generator).tunnels.flatMap(\.sessions).map(\.interface)
        var configuration = configuration
        func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &generator) == 0 }
        if chance(4), !configuration.tunnels.isEmpty { configuration.tunnels.removeLast() }
        for index in configuration.tunnels.indices {
            if chance(5) { configuration.tunnels[index].specification.peerID = TunnelID(4_000_000) }
            if chance(3), !configuration.tunnels[index].sessions.isEmpty {
                configuration.tunnels[index].sessions.removeFirst()
            }
            for place in configuration.tunnels[index].sessions.indices {
                var session = configuration.tunnels[index].sessions[place]
                if chance(5) { session.specification.peerCookie = Cookie(UInt64(place)) }
                if chance(4) { session.specification.lnsMode.toggle() }
                if chance(4) { session.specification.reorderTimeout = .milliseconds(12) }
                if let other = others.randomElement(using: &generator) {
                    if chance(3) { session.interface.mac = other.mac }
                    if chance(3) { session.interface.isUp = other.isUp }
                    if chance(3) { session.interface.master = other.master }
                    if chance(3) {
                        session.interface.addresses = other.addresses
                        session.interface.mtu = other.mtu
                    }
                    if chance(3), session.specification.interfaceName.map({ !$0.isPattern }) ?? false {
                        session.interface.namespace = other.namespace
                    }
                }
                configuration.tunnels[index].sessions[place] = session
            }
        }
        return configuration
    }
}
