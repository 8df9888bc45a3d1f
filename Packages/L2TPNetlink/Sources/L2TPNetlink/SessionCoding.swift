internal import CLibmnl
internal import L2TPModel
internal import L2TPWire
internal import Netlink

extension NetlinkMessageWriter {
    /// Appends the attributes of `L2TP_CMD_SESSION_CREATE` for a tunnel of that protocol version.
    mutating func append(
        _ session: SessionSpecification, in version: ProtocolVersion = .v3
    ) throws(NetlinkError) {
        try append(.tunnelID, number: session.tunnelID.rawValue)
        try append(.sessionID, number: session.id.rawValue)
        try append(.peerSessionID, number: session.peerID.rawValue)
        try append(.pseudowireType, number: session.pseudowireType.rawValue)
        if version != .v2 {
            try append(.l2SpecificSublayerType, number: session.l2SpecificSublayer.rawValue)
            // Kernels before 4.16 took the length from the request.
            try append(.l2SpecificSublayerByteCount, number: UInt8(session.l2SpecificSublayer.byteCount))
        }
        if let cookie = session.cookie { try append(.cookie, cookie: cookie) }
        if let cookie = session.peerCookie { try append(.peerCookie, cookie: cookie) }
        if session.requiresSequenceNumbers { try append(.receiveSequence, number: UInt8(1)) }
        if session.sendsSequenceNumbers { try append(.sendSequence, number: UInt8(1)) }
        if session.lnsMode { try append(.lnsMode, number: UInt8(1)) }
        if session.reorderTimeout > .zero {
            try append(.receiveTimeout, number: session.reorderTimeout.wholeMilliseconds)
        }
        if let name = session.interfaceName { try append(.interfaceName, text: name.text) }
    }

    /// Appends a cookie's bytes in wire order.
    private mutating func append(_ type: NetlinkAttributeType, cookie: Cookie) throws(NetlinkError) {
        let bytes = (0..<cookie.byteCount).map { cookie[$0] }
        try append(type, bytes: bytes.span)
    }
}

extension Session {
    /// A session as a reply to `L2TP_CMD_SESSION_GET` describes it. Unknown attributes are skipped.
    ///
    /// Throws `EBADMSG` if the reply is malformed or lacks the identifiers.
    init(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        self.init(tunnelID: TunnelID(0), peerTunnelID: TunnelID(0), id: SessionID(0), peerID: SessionID(0))
        var hasTunnelID = false
        var hasID = false
        var reader = try message.attributes(after: GenericFamily.headerByteCount)
        while let attribute = try reader.next() {
            // The header's constants, which make a table; the attributes' names would be compared one by one.
            switch Int(attribute.type.rawValue) {
            case L2TP_ATTR_CONN_ID:
                tunnelID = TunnelID(try attribute.number())
                hasTunnelID = true
            case L2TP_ATTR_PEER_CONN_ID: peerTunnelID = TunnelID(try attribute.number())
            case L2TP_ATTR_SESSION_ID:
                id = SessionID(try attribute.number())
                hasID = true
            case L2TP_ATTR_PEER_SESSION_ID: peerID = SessionID(try attribute.number())
            case L2TP_ATTR_PW_TYPE: pseudowireType = PseudowireType(rawValue: try attribute.number())
            case L2TP_ATTR_IFNAME: interfaceName = attribute.text
            case L2TP_ATTR_COOKIE: cookie = Cookie(reported: attribute.value)
            case L2TP_ATTR_PEER_COOKIE: peerCookie = Cookie(reported: attribute.value)
            case L2TP_ATTR_RECV_SEQ: requiresSequenceNumbers = try attribute.number(UInt8.self) != 0
            case L2TP_ATTR_SEND_SEQ: sendsSequenceNumbers = try attribute.number(UInt8.self) != 0
            case L2TP_ATTR_LNS_MODE: lnsMode = try attribute.number(UInt8.self) != 0
            case L2TP_ATTR_USING_IPSEC: usesIPsec = try attribute.number(UInt8.self) != 0
            case L2TP_ATTR_RECV_TIMEOUT:
                reorderTimeout = .milliseconds(Int64(clamping: try attribute.number(UInt64.self)))
            case L2TP_ATTR_STATS: statistics = try Statistics(attribute.nested)
            default: break
            }
        }
        guard hasTunnelID, hasID else { throw .malformed("session without its identifiers") }
    }
}

extension Duration {
    /// The duration in milliseconds, what is finer cut off; 0 for a negative one.
    var wholeMilliseconds: UInt64 {
        UInt64(clamping: Int128(components.seconds) * 1000 + Int128(components.attoseconds / 1_000_000_000_000_000))
    }
}
