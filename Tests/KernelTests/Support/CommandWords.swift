import L2TPModel
import L2TPWire

/// A specification in ip-l2tp(8)'s words, for `ip` and for our own command.
extension TunnelSpecification {
    /// `add tunnel tunnel_id …`.
    var commandWords: [String] {
        var words = ["add", "tunnel", "tunnel_id", "\(id)", "peer_tunnel_id", "\(peerID)"]
        words += ["encap", encapsulation.kind?.description ?? "?", "local", "\(local)", "remote", "\(peer)"]
        guard let udp = encapsulation.udp else { return words }
        words += ["udp_sport", "\(udp.sourcePort)", "udp_dport", "\(udp.destinationPort)"]
        if udp.ipv4Checksum { words += ["udp_csum", "on"] }
        if !udp.ipv6TransmitChecksum { words += ["udp6_csum_tx", "off"] }
        if !udp.ipv6ReceiveChecksum { words += ["udp6_csum_rx", "off"] }
        return words
    }
}

extension SessionSpecification {
    /// `add session tunnel_id …`.
    var commandWords: [String] {
        var words = ["add", "session", "tunnel_id", "\(tunnelID)", "session_id", "\(id)"]
        words += ["peer_session_id", "\(peerID)", "l2spec_type", "\(l2SpecificSublayer)"]
        if let cookie { words += ["cookie", cookie.hexadecimal] }
        if let peerCookie { words += ["peer_cookie", peerCookie.hexadecimal] }
        switch (sendsSequenceNumbers, requiresSequenceNumbers) {
        case (false, false): break
        case (true, false): words += ["seq", "send"]
        case (false, true): words += ["seq", "recv"]
        case (true, true): words += ["seq", "both"]
        }
        if let interfaceName { words += ["name", interfaceName.text] }
        return words
    }
}
