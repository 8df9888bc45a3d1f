import L2TPModel
import L2TPWire

/// The JSON of ip-l2tp(8), with booleans where that has null, and with what it leaves out.
///
/// The manual documents every key; a key is absent where the kernel does not report the value.
struct JSONOutput: OutputFormat {
    /// In several lines instead of one.
    var pretty = false

    func text(of tunnels: [Tunnel]) -> String {
        text(of: tunnels, write)
    }

    func text(of sessions: [Session]) -> String {
        text(of: sessions, write)
    }

    private func text<Element>(of elements: [Element], _ write: (Element, inout JSONWriter) -> Void) -> String {
        var json = JSONWriter(pretty: pretty)
        json.array { json in
            for element in elements {
                json.object { write(element, &$0) }
            }
        }
        return json.text + "\n"
    }

    private func write(_ tunnel: Tunnel, to json: inout JSONWriter) {
        json.member("tunnel_id", tunnel.id.rawValue)
        json.member("encap", tunnel.encapsulation.kind?.label ?? "\(tunnel.encapsulation.number)")
        if let local = tunnel.local { json.member("local", local.description) }
        if let peer = tunnel.peer { json.member("peer", peer.description) }
        json.member("peer_tunnel", tunnel.peerID.rawValue)
        if let udp = tunnel.encapsulation.udp {
            json.member("local_port", udp.sourcePort)
            json.member("peer_port", udp.destinationPort)
            switch tunnel.local?.version {
            case .v4:
                json.member("checksum", udp.ipv4Checksum)
            case .v6:
                json.member("checksum_tx", udp.ipv6TransmitChecksum)
                json.member("checksum_rx", udp.ipv6ReceiveChecksum)
            case nil:
                break
            }
        }
        json.member("version", tunnel.protocolVersion.rawValue)
        write(tunnel.statistics, to: &json)
    }

    private func write(_ session: Session, to json: inout JSONWriter) {
        json.member("session_id", session.id.rawValue)
        json.member("tunnel_id", session.tunnelID.rawValue)
        json.member("peer_session_id", session.peerID.rawValue)
        json.member("peer_tunnel_id", session.peerTunnelID.rawValue)
        if let name = session.interfaceName { json.member("interface", name) }
        if let cookie = session.cookie { json.member("cookie", cookie.hexadecimal) }
        if let cookie = session.peerCookie { json.member("peer_cookie", cookie.hexadecimal) }
        if session.reorderMilliseconds > 0 { json.member("reorder_timeout", session.reorderMilliseconds) }
        json.member("send_seq", session.sendsSequenceNumbers)
        json.member("recv_seq", session.requiresSequenceNumbers)
        json.member("pseudowire_type", session.pseudowireType.description)
        json.member("lns_mode", session.lnsMode)
        json.member("ipsec", session.usesIPsec)
        write(session.statistics, to: &json)
    }

    private func write(_ statistics: Statistics, to json: inout JSONWriter) {
        json.member("statistics") { json in
            json.member("tx_packets", statistics.transmitPackets)
            json.member("tx_bytes", statistics.transmitBytes)
            json.member("tx_errors", statistics.transmitErrors)
            json.member("rx_packets", statistics.receivePackets)
            json.member("rx_bytes", statistics.receiveBytes)
            json.member("rx_errors", statistics.receiveErrors)
            json.member("rx_seq_discards", statistics.receiveSequenceDiscards)
            json.member("rx_oos_packets", statistics.receiveOutOfSequencePackets)
            if let discards = statistics.receiveCookieDiscards { json.member("rx_cookie_discards", discards) }
            if let invalid = statistics.receiveInvalidPackets { json.member("rx_invalid", invalid) }
        }
    }
}
