/// Configurations to compare with.
enum ExampleConfiguration {
    static let hq = """
        [tunnel.hq]
        local = "192.0.2.1"
        remote = "192.0.2.2"
        tunnel_id = 3000
        peer_tunnel_id = 4000
        udp_sport = 5000
        udp_dport = 6000

        [tunnel.hq.session.lan]
        session_id = 1000
        peer_session_id = 2000
        cookie = "0123456789abcdef"
        peer_cookie = "fedcba9876543210"

        [tunnel.hq.session.voice]
        session_id = 1001
        peer_session_id = 2001
        cookie = "0123456789abcdef"
        peer_cookie = "fedcba9876543210"

        """
}
