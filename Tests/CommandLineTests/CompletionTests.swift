import Testing

@testable import l2tp

/// What the shells' completion is told.
@Suite struct CompletionTests {
    private static let tunnelKeywords =
        "tunnel_id peer_tunnel_id encap local remote udp_sport udp_dport udp_csum udp6_csum_tx udp6_csum_rx"
    private static let sessionKeywords =
        "tunnel_id session_id peer_session_id name cookie peer_cookie l2spec_type seq lns_mode reorder_timeout"

    /// A line, of which the last word is to be completed, and what there is for it.
    @Test(arguments: [
        ("", commands + " help"), ("d", "del decode"), ("dele", "delete"), ("li", "list"), ("ls", "lst"), ("x", ""),
        ("help ", commands), ("help s", "show stats save"),
        ("--", "--json --pretty --oneline --statistics --netns --batch --force --version --help"), ("--n", "--netns"),
        ("-n ", "/run/netns/"), ("-netns site", "/run/netns/"), ("--netns /proc/1", "/"), ("-b ", "/"), ("-f ", ""),
        ("-n site sh", "show"), ("--netns=site sh", "show"), ("-j -l 5 lo", "lookup"), ("frobnicate ", ""),
        ("add ", "tunnel session"), ("add tunnel ", tunnelKeywords), ("add session ", sessionKeywords),
        ("add tunnel tid 1 ptid 2 l", "local"), ("add tunnel local 192.0.2.1 ", withoutLocal),
        ("add tunnel encap ", "udp ip"), ("add tunnel encap i", "ip"), ("add tunnel udp_csum ", "on off"),
        ("add tunnel udp6_csum_rx o", "on off"), ("add session l2spec_type ", "default none"),
        ("add session seq ", "none send recv both"), ("add tunnel local ", "any"), ("add tunnel remote ", ""),
        ("add session name tunnel ses", "session_id"), ("add tunnel 2001 : db8 enc", "encap"),
        ("del ", "tunnel session"), ("del tunnel ", "tunnel_id"), ("delete session ", "tunnel_id session_id name"),
        ("d session tid 1 ", "session_id name"), ("show ", "tunnel session"), ("list t", "tunnel"),
        ("lst tunnel ", "tunnel_id peer_tunnel_id encap local remote udp_sport udp_dport"),
        ("show session c", "cookie"), ("show session -", "--json --pretty --statistics --help"),
        ("lookup s", "session session_id"), ("lookup session na", "name"), ("modify ", "session"),
        ("modify session ", "tunnel_id session_id name seq lns_mode reorder_timeout"),
        ("mod session lns_mode ", "on off"), ("modify session dev lan r", "reorder_timeout"),
        ("stats --s", "--sort --statistics"), ("stats --sort rx", "rx_pps rx_bits"), ("stats --interval ", ""),
        ("stats re", "remote"), ("flush t", "tunnel tunnel_id"), ("flush -", flushOptions),
        ("flush session --yes na", "name"), ("show tunnel --sort ", withoutLocalSelectors),
        ("mon", "monitor"), ("sa", "save"), ("save ", ""), ("save -", "--with-cookies --help"),
        ("monitor tun", "tunnel_id"), ("monitor -", "--timestamp --all --json --help"),
    ])
    func candidates(line: String, expected: String) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        #expect(Completion.candidates(words).joined(separator: " ") == expected)
    }

    private static let commands = "add del show lookup modify stats monitor flush save decode"
    private static let flushOptions = "--yes --json --pretty --statistics --help"
    private static let withoutLocalSelectors =
        "tunnel_id peer_tunnel_id encap local remote udp_sport udp_dport"
    private static let withoutLocal = tunnelKeywords.replacing("local ", with: "")

    @Test func nothingAtAll() {
        #expect(
            Completion.candidates([]) == [
                "add", "del", "show", "lookup", "modify", "stats", "monitor", "flush", "save", "decode", "help",
            ])
    }

    @Test func throughTheProgram() {
        #expect(Bench().run(["---completion", "add", ""]) == Run(status: .success, output: "tunnel\nsession\n"))
        #expect(
            Bench().run(["---completion", "d"], as: "/usr/sbin/l2tpv3tun")
                == Run(status: .success, output: "del\ndecode\n"))
    }

    /// Every keyword can be completed somewhere, but for those of older documents.
    @Test func everyKeyword() {
        for keyword in Keyword.allCases where !keyword.belongsTo.isEmpty {
            let kinds = keyword.belongsTo.union(keyword.selects)
            #expect(!kinds.isEmpty)
            for kind in keyword.belongsTo {
                #expect(Completion.candidates(["add", kind.rawValue, keyword.rawValue]).contains(keyword.rawValue))
            }
        }
    }
}
