import L2TPConfig
import L2TPConfigTOML
import L2TPModel
import L2TPWire
import Testing

/// What a configuration looks like when it is written.
@Suite struct WritingTests {
    private func write(
        _ text: String, withCookies: Bool = true, remarks: [ConfigurationPath: String] = [:],
        secrets: FakeSecrets = FakeSecrets()
    ) throws -> String {
        let reading = read(text, secrets: secrets)
        try #require(reading.diagnostics == [])
        return TOMLDialect().write(reading.configuration, withCookies: withCookies, remarks: remarks)
    }

    /// `completeDocument` as it is written.
    private let complete = """
        [tunnel.hq]
        local = "192.0.2.1"
        remote = "198.51.100.7"
        tunnel_id = 3000
        peer_tunnel_id = 4000
        udp_sport = 5000
        udp_dport = 6000
        udp_csum = true

        [tunnel.hq.session.lan]
        session_id = 1000
        peer_session_id = 2000
        cookie = "0123456789abcdef"
        peer_cookie = "fedcba98"
        seq = "both"
        reorder_timeout = "100ms"
        lns_mode = true

        [tunnel.hq.session.lan.interface]
        name = "l2tp-lan"
        mtu = 1400
        mac = "02:00:00:00:00:01"
        up = false
        addresses = [
          "10.42.1.1/30",
          "2001:db8::1/64",
          { local = "10.42.2.1", peer = "10.42.2.2" },
          { local = "2001:db8:1::1", peer = "2001:db8:1::2", prefix = 64 },
        ]
        bridge = "br0"
        netns = "red"

        [tunnel.plain]
        local = "192.0.2.1"
        remote = "198.51.100.8"
        encap = "ip"
        tunnel_id = 3001
        peer_tunnel_id = 4001

        [tunnel.plain.session.none]
        session_id = 7
        peer_session_id = 8
        cookie = "00112233"
        peer_cookie = "8899aabbccddeeff"
        l2spec_type = "none"

        [tunnel.six]
        local = "2001:db8::1"
        remote = "2001:db8::2"
        tunnel_id = 1
        peer_tunnel_id = 4294967295
        udp_sport = 1
        udp_dport = 65535
        udp6_csum_tx = false
        udp6_csum_rx = false

        [tunnel.six.session."a b"]
        session_id = 1
        peer_session_id = 2

        [tunnel.six.session."a b".interface]
        mac = "random"
        vrf = "blue"

        """

    @Test func everyKey() throws {
        #expect(try write(completeDocument, secrets: completeSecrets) == complete)
    }

    @Test func nothing() throws {
        #expect(try write("") == "")
        #expect(
            TOMLDialect().write(
                Configuration(), withCookies: true, remarks: [ConfigurationPath(["tunnel", "gone"]): "is not there"])
                == "# tunnel.gone: is not there\n")
    }

    private let small = """
        [tunnel.hq]
        local = "192.0.2.1"
        remote = "198.51.100.7"
        tunnel_id = 1
        peer_tunnel_id = 2
        udp_sport = 1701
        udp_dport = 1702
        session.lan = { session_id = 3, peer_session_id = 4, cookie = "deadbeef", reorder_timeout = "2000ms" }
        """

    @Test func remarksAndCookiesLeftOut() throws {
        let lan = ConfigurationPath(["tunnel", "hq", "session", "lan"])
        let remarks = [
            ConfigurationPath(): "Saved from a running host.\n\nTwo paragraphs.",
            ConfigurationPath(["tunnel", "hq"]): "The tunnel.",
            ConfigurationPath(["tunnel", "hq", "local"]): "not this host's any more",
            lan.appending("cookie"): "of 4 bytes",
            lan.appending("l2spec_type"): "unknown: the kernel does not tell it",
            lan.appending("mru"): "a key that is not known",
            lan.appending("interface", "name"): "not found",
            ConfigurationPath(["tunnel", "old", "local"]): "one that is not there",
        ]
        #expect(
            try write(small, withCookies: false, remarks: remarks) == """
                # Saved from a running host.
                #
                # Two paragraphs.

                # The tunnel.
                [tunnel.hq]
                # local: not this host's any more
                local = "192.0.2.1"
                remote = "198.51.100.7"
                tunnel_id = 1
                peer_tunnel_id = 2
                udp_sport = 1701
                udp_dport = 1702

                [tunnel.hq.session.lan]
                session_id = 3
                peer_session_id = 4
                # cookie: of 4 bytes
                # cookie = …: left out; see --with-cookies
                # l2spec_type: unknown: the kernel does not tell it
                reorder_timeout = "2s"
                # mru: a key that is not known

                [tunnel.hq.session.lan.interface]
                # name: not found

                # tunnel.old.local: one that is not there

                """)
    }

    @Test("a short array stands in one line; its members' remarks stand above", arguments: [false, true])
    func addresses(isRemarked: Bool) throws {
        let path = ConfigurationPath(["tunnel", "hq", "session", "lan", "interface", "addresses"])
        let document =
            small + "\n[tunnel.hq.session.six]\nsession_id = 5\npeer_session_id = 6\n"
            + "interface.addresses = [\"10.0.0.1/24\", { local = \"10.0.1.1\", peer = \"10.0.1.2\" }]\n"
        let six = ConfigurationPath(["tunnel", "hq", "session", "six", "interface", "addresses"])
        let remarks = isRemarked ? [path: "none", six: "two", six.appending("[1]"): "by hand"] : [:]
        let text = try write(document, remarks: remarks)
        let line = "addresses = [\"10.0.0.1/24\", { local = \"10.0.1.1\", peer = \"10.0.1.2\" }]\n"
        let comments = isRemarked ? "# addresses[1]: by hand\n# addresses: two\n" : ""
        #expect(text.hasSuffix("[tunnel.hq.session.six.interface]\n\(comments)\(line)"))
        #expect(text.contains("# addresses: none\n") == isRemarked)
    }

    @Test(
        "names of all kinds", arguments: ["a b", "a.b", "\"", "\\", "'", "é", "e\u{301}", "🙂", "\u{2028}", "[0]", ""])
    func names(name: String) throws {
        let specification = TunnelSpecification(
            id: TunnelID(1), peerID: TunnelID(2), local: .any(.v4), peer: try #require(IPAddress("192.0.2.1")),
            encapsulation: .ip)
        let tunnel = TunnelConfiguration(name: name, specification: specification)
        let text = TOMLDialect().write(Configuration(tunnels: [tunnel]), withCookies: true, remarks: [:])
        let reading = read(text)
        #expect(reading.configuration.tunnels.first.map { Array($0.name.utf8) } == Array(name.utf8))
        #expect(text.split(separator: "\n").count == 6)
    }

    @Test("durations of any size are written without a trap")
    func durations() throws {
        let lengths: [Duration] = [
            .seconds(Int64.max), .seconds(Int64.max) + .milliseconds(1), .milliseconds(-5), .nanoseconds(1),
        ]
        for length in lengths {
            let session = SessionConfiguration(
                name: "x",
                specification: SessionSpecification(
                    tunnelID: TunnelID(1), id: SessionID(1), peerID: SessionID(1), reorderTimeout: length))
            let tunnel = TunnelConfiguration(
                name: "x",
                specification: TunnelSpecification(
                    id: TunnelID(1), peerID: TunnelID(2), local: .any(.v4), peer: .any(.v4),
                    encapsulation: .other(7)), sessions: [session])
            let text = TOMLDialect().write(Configuration(tunnels: [tunnel]), withCookies: true, remarks: [:])
            #expect(text.contains("encap = 7\n") && text.contains("reorder_timeout = \""))
        }
    }
}
