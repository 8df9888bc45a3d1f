import L2TPConfig
import Testing

@testable import l2tp

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("coookie", "cookie"), ("tunel_id", "tunnel_id"), ("tunnel-id", "tunnel_id"), ("peer_cokie", "peer_cookie"),
        ("udp_sprot", "udp_sport"), ("TUNNEL", "tunnel"), ("enacp", "encap"), ("session_", "session"),
        ("l2spec", "l2spec_type"), ("peer_tunnel", "peer_tunnel_id"), ("nam", "name"), ("remot", "remote"),
        ("id", "tunnel_id"), ("peer", "remote"), ("DST", "remote"), ("src", "local"), ("sport", "udp_sport"),
        ("dport", "udp_dport"), ("spec_type", "l2spec_type"), ("csum_tx", "udp6_csum_tx"),
    ])
    func nearest(word: String, keyword: String) {
        #expect(Suggestion.nearest(to: word, among: Keyword.spellings, synonyms: Keyword.synonyms) == keyword)
    }

    @Test(arguments: ["", "x", "3000", "192.0.2.1", "mtu", "bridge", String(repeating: "tunnel", count: 1000)])
    func none(word: String) {
        #expect(Suggestion.nearest(to: word, among: Keyword.spellings, synonyms: Keyword.synonyms) == nil)
    }

    @Test func synonymsAreKeywords() {
        for (synonym, keyword) in Keyword.synonyms {
            #expect(Keyword(spelling: synonym) == nil)
            #expect(Keyword(spelling: keyword) != nil, "\(synonym)")
        }
    }
}
