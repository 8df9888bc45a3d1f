/// A key of a JSON object, quoted once for the thousands of times it is written.
struct JSONKey: ExpressibleByStringLiteral {
    /// A comma, the key in quotes and a colon.
    let afterMember: OutputBuffer.Literal
    /// The key in quotes and a colon, for the first member of an object.
    let first: OutputBuffer.Literal

    init(_ name: String) {
        var buffer = OutputBuffer(capacity: OutputBuffer.Literal.longest)
        buffer.append(quoted: name)
        buffer.append(UInt8(ascii: ":"))
        first = OutputBuffer.Literal(buffer.bytes)
        afterMember = OutputBuffer.Literal([UInt8(ascii: ",")] + buffer.bytes)
    }

    /// For keys that are written now and then.
    init(stringLiteral name: String) {
        self.init(name)
    }
}

extension JSONKey {
    static let tunnelID = Self("tunnel_id")
    static let sessionID = Self("session_id")
    static let peerTunnelID = Self("peer_tunnel_id")
    static let peerSessionID = Self("peer_session_id")
    static let interface = Self("interface")
    static let cookie = Self("cookie")
    static let peerCookie = Self("peer_cookie")
    static let reorderTimeout = Self("reorder_timeout")
    static let sendsSequence = Self("send_seq")
    static let requiresSequence = Self("recv_seq")
    static let pseudowireType = Self("pseudowire_type")
    static let lnsMode = Self("lns_mode")
    static let ipsec = Self("ipsec")

    static let encapsulation = Self("encap")
    static let local = Self("local")
    static let peer = Self("peer")
    static let peerTunnel = Self("peer_tunnel")
    static let localPort = Self("local_port")
    static let peerPort = Self("peer_port")
    static let checksum = Self("checksum")
    static let transmitChecksum = Self("checksum_tx")
    static let receiveChecksum = Self("checksum_rx")
    static let version = Self("version")

    static let statistics = Self("statistics")
    static let transmitPackets = Self("tx_packets")
    static let transmitBytes = Self("tx_bytes")
    static let transmitErrors = Self("tx_errors")
    static let receivePackets = Self("rx_packets")
    static let receiveBytes = Self("rx_bytes")
    static let receiveErrors = Self("rx_errors")
    static let receiveSequenceDiscards = Self("rx_seq_discards")
    static let receiveOutOfSequence = Self("rx_oos_packets")
    static let receiveCookieDiscards = Self("rx_cookie_discards")
    static let receiveInvalid = Self("rx_invalid")
}
