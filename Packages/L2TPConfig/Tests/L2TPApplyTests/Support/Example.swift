import L2TPConfig
import L2TPConfigTOML
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import Testing

/// Configurations for tests.
enum Example {
    /// Two tunnels with five sessions, whose interfaces are in both network namespaces and have all there is.
    static let base = read(
        """
        [tunnel.hq]
        local = "192.0.2.1"
        remote = "192.0.2.2"
        tunnel_id = 10
        peer_tunnel_id = 20
        udp_sport = 5000
        udp_dport = 5001

        [tunnel.hq.session.lan]
        session_id = 1
        peer_session_id = 2
        cookie = "01234567"
        seq = "both"

        [tunnel.hq.session.lan.interface]
        name = "lan"
        addresses = ["10.0.0.1/24", "2001:db8:1::1/64"]

        [tunnel.hq.session.far]
        session_id = 3
        peer_session_id = 4

        [tunnel.hq.session.far.interface]
        name = "far"
        netns = "blue"
        vrf = "vrf0"
        mac = "02:00:00:00:00:99"
        addresses = ["10.1.0.1/24"]

        [tunnel.hq.session.port]
        session_id = 5
        peer_session_id = 6

        [tunnel.hq.session.port.interface]
        bridge = "br0"
        mtu = 1400
        mac = "random"

        [tunnel.spare]
        local = "2001:db8::1"
        remote = "2001:db8::2"
        encap = "ip"
        tunnel_id = 11
        peer_tunnel_id = 21

        [tunnel.spare.session.one]
        session_id = 11
        peer_session_id = 12
        l2spec_type = "none"
        cookie = "0123456789abcdef"
        peer_cookie = "fedcba9876543210"

        [tunnel.spare.session.one.interface]
        name = "one"
        up = false

        [tunnel.spare.session.two]
        session_id = 13
        peer_session_id = 14
        reorder_timeout = "100ms"
        cookie = "0123456789abcdef"
        peer_cookie = "fedcba9876543211"

        [tunnel.spare.session.two.interface]
        name = "two"
        addresses = ["10.2.0.1/24", "10.2.0.2/24", { local = "10.3.0.1", peer = "10.3.0.2" }]
        """)

    /// A configuration from its text.
    static func read(_ text: String) -> Configuration {
        let reading = ConfigurationLoader().load(
            [ConfigurationFile(name: "test.toml", text: text)], secrets: NoSecrets())
        if !reading.isValid { Issue.record("\(reading.diagnostics)") }
        return reading.configuration
    }

    /// The base, changed.
    static func base(_ body: (inout Configuration) -> Void) -> Configuration {
        var configuration = base
        body(&configuration)
        return configuration
    }
}

extension Configuration {
    /// A tunnel by name.
    subscript(name: String) -> TunnelConfiguration {
        get { tunnels.first { $0.name == name } ?? tunnels[0] }
        set {
            for index in tunnels.indices where tunnels[index].name == name { tunnels[index] = newValue }
        }
    }

    /// A session by the names of its tunnel and its own.
    subscript(tunnel: String, session: String) -> SessionConfiguration {
        get { self[tunnel].sessions.first { $0.name == session } ?? self[tunnel].sessions[0] }
        set {
            for index in tunnels.indices where tunnels[index].name == tunnel {
                for place in tunnels[index].sessions.indices where tunnels[index].sessions[place].name == session {
                    tunnels[index].sessions[place] = newValue
                }
            }
        }
    }
}
