import CommandLineSupport
import L2TPModel
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp

@Suite struct JSONTests {
    private static let statistics = Statistics(
        transmitPackets: 1, transmitBytes: 2, transmitErrors: 3, receivePackets: 4, receiveBytes: 5, receiveErrors: 6,
        receiveSequenceDiscards: 7, receiveOutOfSequencePackets: 8, receiveCookieDiscards: 9,
        receiveInvalidPackets: UInt64.max)
    private static let counters =
        "{\"tx_packets\":1,\"tx_bytes\":2,\"tx_errors\":3,\"rx_packets\":4,\"rx_bytes\":5,\"rx_errors\":6,"
        + "\"rx_seq_discards\":7,\"rx_oos_packets\":8,\"rx_cookie_discards\":9,\"rx_invalid\":18446744073709551615}"
    private static let noCounters =
        "{\"tx_packets\":0,\"tx_bytes\":0,\"tx_errors\":0,\"rx_packets\":0,\"rx_bytes\":0,\"rx_errors\":0,"
        + "\"rx_seq_discards\":0,\"rx_oos_packets\":0,\"rx_cookie_discards\":0,\"rx_invalid\":0}"

    @Test func tunnels() {
        let bench = Bench.withSession()
        bench(
            "add tunnel tid 3001 ptid 2 local 2001:db8::1 remote 2001:db8::2 udp_sport 1 udp_dport 2 udp6_csum_tx off")
        bench("add tunnel tid 3002 ptid 2 local 192.0.2.1 remote 192.0.2.2 encap ip")
        bench.kernel.setStatistics(Self.statistics, of: TunnelID(3000))
        #expect(
            bench("-j show tunnel").output
                == "[{\"tunnel_id\":3000,\"encap\":\"UDP\",\"local\":\"192.0.2.1\",\"peer\":\"198.51.100.7\","
                + "\"peer_tunnel\":4000,\"local_port\":5000,\"peer_port\":6000,\"checksum\":false,\"version\":3,"
                + "\"statistics\":\(Self.counters)},"
                + "{\"tunnel_id\":3001,\"encap\":\"UDP\",\"local\":\"2001:db8::1\",\"peer\":\"2001:db8::2\","
                + "\"peer_tunnel\":2,\"local_port\":1,\"peer_port\":2,\"checksum_tx\":false,\"checksum_rx\":true,"
                + "\"version\":3,\"statistics\":\(Self.noCounters)},"
                + "{\"tunnel_id\":3002,\"encap\":\"IP\",\"local\":\"192.0.2.1\",\"peer\":\"192.0.2.2\","
                + "\"peer_tunnel\":2,\"version\":3,\"statistics\":\(Self.noCounters)}]\n")
    }

    @Test func sessions() {
        let bench = Bench.withSession()
        bench("add session tid 3000 sid 1001 psid 1 name lan cookie 01234567 peer_cookie 0123456789ABCDEF seq send")
        bench.kernel.setStatistics(Self.statistics, of: SessionID(1001), in: TunnelID(3000))
        #expect(
            bench("-j show session").output
                == "[{\"session_id\":1000,\"tunnel_id\":3000,\"peer_session_id\":2000,\"peer_tunnel_id\":4000,"
                + "\"interface\":\"l2tpeth0\",\"send_seq\":false,\"recv_seq\":false,\"pseudowire_type\":\"eth\","
                + "\"lns_mode\":false,\"ipsec\":false,\"statistics\":\(Self.noCounters)},"
                + "{\"session_id\":1001,\"tunnel_id\":3000,\"peer_session_id\":1,\"peer_tunnel_id\":4000,"
                + "\"interface\":\"lan\",\"cookie\":\"01234567\",\"peer_cookie\":\"0123456789abcdef\","
                + "\"send_seq\":true,\"recv_seq\":false,\"pseudowire_type\":\"eth\",\"lns_mode\":false,"
                + "\"ipsec\":false,\"statistics\":\(Self.counters)}]\n")
    }

    @Test func whatTheKernelLacksIsAbsent() {
        let bench = Bench.withSession()
        bench.kernel.behavior.lacksDiscardCounters = true
        let output = bench("-j show session").output
        #expect(!output.contains("rx_cookie_discards"))
        #expect(!output.contains("rx_invalid"))
    }

    @Test func reorderTimeoutOfAPPPSession() {
        let session = Session(
            tunnelID: TunnelID(1), peerTunnelID: TunnelID(2), id: SessionID(3), peerID: SessionID(4),
            pseudowireType: .ppp, lnsMode: true, reorderTimeout: .seconds(3), usesIPsec: true)
        let text = JSONOutput().text(of: [session])
        #expect(text.contains("\"peer_tunnel_id\":2,\"reorder_timeout\":3000,\"send_seq\""))
        #expect(text.contains("\"pseudowire_type\":\"ppp\",\"lns_mode\":true,\"ipsec\":true,"))
        #expect(!text.contains("interface"))
    }

    /// The layout of `ip -j -p`.
    @Test func pretty() {
        var json = JSONWriter(pretty: true)
        json.array { json in
            json.object { json in
                json.member("id", 1)
                json.member("statistics") { $0.member("on", true) }
            }
            json.object { $0.member("text", "a") }
        }
        #expect(
            json.text == """
                [ {
                        "id": 1,
                        "statistics": {
                            "on": true
                        }
                    },{
                        "text": "a"
                    } ]
                """)
    }

    @Test(arguments: [
        "-j -p show tunnel", "-p show tunnel", "-jp show tunnel", "show tunnel -p", "-json -pretty l tunnel",
    ])
    func prettyAlsoMeansJSON(line: String) {
        #expect(
            Bench.withSession()(line).output.hasPrefix(
                "[ {\n        \"tunnel_id\": 3000,\n        \"encap\": \"UDP\",\n"))
    }

    @Test func stringsAreEscaped() {
        var json = JSONWriter(pretty: false)
        json.object { $0.member("k\"", "a\"b\\c\n\t\r\u{1}\u{1f}é🙂") }
        #expect(json.text == "{\"k\\\"\":\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u001fé🙂\"}")
    }

    /// A list that breaks off prints no part of an array.
    @Test func nothingIsPrintedWhenTheListCannotBeRead() {
        let bench = Bench.withSession()
        bench.kernel.fail(.sessionDump, with: .noMemory)
        let run = bench("-j show session")
        #expect(run.output == "")
        #expect(run.status == .failure)
    }
}
