import L2TPModel
import L2TPWire
import Testing

@testable import L2TPConfig
@testable import L2TPConfigTOML

/// Files for `cookie_file`, by their names.
struct FakeSecrets: SecretReader {
    var files: [String: String] = [:]
    var readableByOthers: Set<String> = []

    func read(_ path: String) throws(SecretError) -> (text: String, isReadableByOthers: Bool) {
        guard let text = files[path] else { throw SecretError("No such file or directory (ENOENT)") }
        return (text, readableByOthers.contains(path))
    }
}

func read(_ text: String, secrets: FakeSecrets = FakeSecrets()) -> ConfigurationReading {
    TOMLDialect().read(text, file: "/etc/l2tp/site.toml", secrets: secrets)
}

/// Every key, each with another value than its default.
let completeDocument = """
    # A comment.
    [tunnel.hq]
    local = "192.0.2.1"
    remote = "198.51.100.7"
    encap = "udp"                    # udp (default) | ip
    tunnel_id = 3000
    peer_tunnel_id = 4_000
    udp_sport = 5000
    udp_dport = 0x1770
    udp_csum = true

    [tunnel.hq.session.lan]
    session_id = 1000
    peer_session_id = 2000
    cookie = "0123456789abcdef"
    peer_cookie = "FEDCBA98"
    l2spec_type = "default"
    seq = "both"
    reorder_timeout = "100ms"
    lns_mode = true

    [tunnel.hq.session.lan.interface]
    name = "l2tp-lan"
    mtu = 1400
    mac = "02:00:00:00:00:01"
    up = false
    addresses = [
        "10.42.1.1/30", "2001:db8::1/64",   # one of each
        { local = "10.42.2.1", peer = "10.42.2.2" },
        { local = "2001:db8:1::1", peer = "2001:db8:1::2", prefix = 64 },
    ]
    bridge = "br0"
    netns = "red"

    [tunnel.six]
    local = "2001:db8::1"
    remote = "2001:db8::2"
    tunnel_id = 1
    peer_tunnel_id = 4294967295
    udp_sport = 1
    udp_dport = 65535
    udp6_csum_tx = false
    udp6_csum_rx = false

    [tunnel.six.session]
    "a b" = { session_id = 1, peer_session_id = 2, interface.vrf = "blue", interface.mac = "random" }

    [tunnel.plain]
    local = "192.0.2.1"
    remote = "198.51.100.8"
    encap = "ip"
    tunnel_id = 3001
    peer_tunnel_id = 4001

    [tunnel.plain.session.none]
    session_id = 7
    peer_session_id = 8
    cookie_file = "plain.cookie"
    peer_cookie_file = "/etc/keys/plain"
    l2spec_type = "none"
    reorder_timeout = 0
    """

let completeSecrets = FakeSecrets(files: [
    "/etc/l2tp/plain.cookie": "00112233\n", "/etc/keys/plain": "8899aabbccddeeff",
])

@Suite struct ReadingTests {
    @Test func everyKeyIsRead() throws {
        let reading = read(completeDocument, secrets: completeSecrets)
        #expect(reading.diagnostics.map(\.description) == [])
        #expect(reading.tunnelNames == ["hq", "plain", "six"])
        #expect(reading.holdsSecrets)

        let hq = TunnelConfiguration(
            name: "hq",
            specification: TunnelSpecification(
                id: TunnelID(3000), peerID: TunnelID(4000), local: try #require(IPAddress("192.0.2.1")),
                peer: try #require(IPAddress("198.51.100.7")),
                encapsulation: .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000, ipv4Checksum: true))),
            sessions: [
                SessionConfiguration(
                    name: "lan",
                    specification: SessionSpecification(
                        tunnelID: TunnelID(3000), id: SessionID(1000), peerID: SessionID(2000),
                        cookie: Cookie(0x0123_4567_89ab_cdef as UInt64), peerCookie: Cookie(0xfedc_ba98 as UInt32),
                        sendsSequenceNumbers: true, requiresSequenceNumbers: true, lnsMode: true,
                        reorderTimeout: .milliseconds(100), interfaceName: try InterfaceName("l2tp-lan")),
                    interface: InterfaceConfiguration(
                        mtu: .bytes(1400), mac: .address(try #require(MACAddress("02:00:00:00:00:01"))), isUp: false,
                        addresses: [
                            AddressSpecification(try #require(IPAddress("10.42.1.1")), prefixBitCount: 30),
                            AddressSpecification(try #require(IPAddress("2001:db8::1")), prefixBitCount: 64),
                            AddressSpecification(
                                try #require(IPAddress("10.42.2.1")), peer: IPAddress("10.42.2.2"), prefixBitCount: 32),
                            AddressSpecification(
                                try #require(IPAddress("2001:db8:1::1")), peer: IPAddress("2001:db8:1::2"),
                                prefixBitCount: 64),
                        ], master: .bridge(try InterfaceName("br0")), namespace: "red"))
            ])
        let plain = TunnelConfiguration(
            name: "plain",
            specification: TunnelSpecification(
                id: TunnelID(3001), peerID: TunnelID(4001), local: try #require(IPAddress("192.0.2.1")),
                peer: try #require(IPAddress("198.51.100.8")), encapsulation: .ip),
            sessions: [
                SessionConfiguration(
                    name: "none",
                    specification: SessionSpecification(
                        tunnelID: TunnelID(3001), id: SessionID(7), peerID: SessionID(8), l2SpecificSublayer: .none,
                        cookie: Cookie(0x0011_2233 as UInt32), peerCookie: Cookie(0x8899_aabb_ccdd_eeff as UInt64)))
            ])
        let six = TunnelConfiguration(
            name: "six",
            specification: TunnelSpecification(
                id: TunnelID(1), peerID: TunnelID(.max), local: try #require(IPAddress("2001:db8::1")),
                peer: try #require(IPAddress("2001:db8::2")),
                encapsulation: .udp(
                    UDPParameters(
                        sourcePort: 1, destinationPort: 65535, ipv6TransmitChecksum: false, ipv6ReceiveChecksum: false))
            ),
            sessions: [
                SessionConfiguration(
                    name: "a b",
                    specification: SessionSpecification(tunnelID: TunnelID(1), id: SessionID(1), peerID: SessionID(2)),
                    interface: InterfaceConfiguration(mac: .random, master: .vrf(try InterfaceName("blue"))))
            ])
        #expect(reading.configuration.tunnels == [hq, plain, six])
    }

    @Test func defaultsAreThoseOfTheManual() throws {
        let reading = read(
            """
            [tunnel.hq]
            local = "192.0.2.1"
            remote = "198.51.100.7"
            tunnel_id = 3000
            peer_tunnel_id = 4000
            udp_sport = 5000
            udp_dport = 6000
            [tunnel.hq.session.lan]
            session_id = 1000
            peer_session_id = 2000
            """)
        #expect(reading.diagnostics == [])
        let tunnel = try #require(reading.configuration.tunnels.first)
        #expect(tunnel.specification.encapsulation == .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000)))
        let session = SessionSpecification(tunnelID: TunnelID(3000), id: SessionID(1000), peerID: SessionID(2000))
        #expect(tunnel.sessions == [SessionConfiguration(name: "lan", specification: session)])
        #expect(!reading.holdsSecrets)
    }

    @Test(arguments: [
        ("\u{FEFF}", ""), ("", "\r\n"), ("# é\n", "\n"),
    ])
    func marksAndLineEndsDoNotMatter(prefix: String, lineEnd: String) {
        let text =
            lineEnd.isEmpty
            ? completeDocument
            : completeDocument.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineEnd)
        let expected = read(completeDocument, secrets: completeSecrets).configuration
        #expect(read(prefix + text, secrets: completeSecrets).configuration == expected)
    }

    @Test func anEmptyTextIsAnEmptyConfiguration() {
        for text in ["", "\n", "# nothing\n", "[tunnel]\n", "\u{FEFF}"] {
            let reading = read(text)
            #expect(reading.diagnostics == [])
            #expect(reading.configuration == Configuration())
        }
    }
}
