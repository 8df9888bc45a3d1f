internal import L2TPModel
internal import L2TPWire

extension Configuration {
    /// Sessions that take what anybody sends, or that guard one direction only.
    ///
    /// Over IP the kernel looks sessions up by their id alone, whoever has sent the packet, and the session's cookie is
    /// all that keeps others out (RFC 3931 §8.2); over UDP it takes packets from the peer's address and port only. Whether
    /// a packet has a cookie is not seen from it: where one end sends one that the other does not expect, its bytes
    /// become part of the frame, and no counter tells.
    func unguardedSessions(_ sessions: [ConfiguredSession]) -> [Finding] {
        sessions.compactMap { item in
            let specification = item.session.specification
            if specification.peerCookie == nil, item.tunnel.specification.encapsulation.kind == .ip {
                return Finding(
                    .warning, item.path,
                    "peer_cookie is missing: with encap ip frames are taken from any host that knows the session id; "
                        + "agree on 8 random bytes (16 hex digits)")
            }
            switch (specification.cookie, specification.peerCookie) {
            case (_?, nil):
                return Finding(
                    .warning, item.path.appending("cookie"),
                    "is sent, but none is expected: without peer_cookie what arrives is not checked, and if the peer "
                        + "sends one its frames arrive garbled")
            case (nil, _?):
                return Finding(
                    .warning, item.path.appending("peer_cookie"),
                    "is expected, but none is sent: without cookie the peer cannot check what arrives, and if it "
                        + "expects one it drops everything")
            default: return nil
            }
        }
    }

    /// Attributes that do nothing: what waits for gaps in the sequence needs sequence numbers, which the default
    /// sublayer alone carries.
    func attributesWithoutEffect(_ sessions: [ConfiguredSession]) -> [Finding] {
        sessions.flatMap { item -> [Finding] in
            let specification = item.session.specification
            guard specification.l2SpecificSublayer == .none else { return [] }
            var found: [Finding] = []
            func report(_ key: String) {
                found.append(
                    Finding(
                        .warning, item.path.appending(key),
                        "has no effect: l2spec_type \"none\" has no room for sequence numbers"))
            }
            if specification.reorderTimeout != .zero { report("reorder_timeout") }
            if specification.lnsMode { report("lns_mode") }
            return found
        }
    }
}
