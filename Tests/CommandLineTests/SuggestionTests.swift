import Testing

@testable import l2tp

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("coookie", "cookie"), ("tunel_id", "tunnel_id"), ("tunnel-id", "tunnel_id"), ("peer_cokie", "peer_cookie"),
        ("udp_sprot", "udp_sport"), ("TUNNEL", "tunnel"), ("enacp", "encap"), ("session_", "session"),
        ("l2spec", "l2spec_type"), ("peer_tunnel", "peer_tunnel_id"), ("nam", "name"), ("remot", "remote"),
    ])
    func nearest(word: String, keyword: String) {
        #expect(Suggestion.nearest(to: word, among: Keyword.spellings) == keyword)
    }

    @Test(arguments: ["", "x", "3000", "192.0.2.1", "mtu", "bridge", String(repeating: "tunnel", count: 1000)])
    func none(word: String) {
        #expect(Suggestion.nearest(to: word, among: Keyword.spellings) == nil)
    }
}
