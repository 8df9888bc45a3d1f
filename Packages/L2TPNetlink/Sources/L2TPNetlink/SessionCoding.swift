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
        var tunnelID: TunnelID?
        var id: SessionID?
        var session = Session(tunnelID: TunnelID(0), peerTunnelID: TunnelID(0), id: SessionID(0), peerID: SessionID(0))
        var reader = try message.attributes(after: GenericFamily.headerByteCount)
        while let attribute = try reader.next() {
            switch attribute.type {
            case .tunnelID: tunnelID = TunnelID(try attribute.number())
            case .peerTunnelID: session.peerTunnelID = TunnelID(try attribute.number())
            case .sessionID: id = SessionID(try attribute.number())
            case .peerSessionID: session.peerID = SessionID(try attribute.number())
            case .pseudowireType: session.pseudowireType = PseudowireType(rawValue: try attribute.number())
            case .interfaceName: session.interfaceName = attribute.text
            case .cookie: session.cookie = Cookie(reported: attribute.value)
            case .peerCookie: session.peerCookie = Cookie(reported: attribute.value)
            case .receiveSequence: session.requiresSequenceNumbers = try attribute.number(UInt8.self) != 0
            case .sendSequence: session.sendsSequenceNumbers = try attribute.number(UInt8.self) != 0
            case .lnsMode: session.lnsMode = try attribute.number(UInt8.self) != 0
            case .usingIPsec: session.usesIPsec = try attribute.number(UInt8.self) != 0
            case .receiveTimeout:
                session.reorderTimeout = .milliseconds(Int64(clamping: try attribute.number(UInt64.self)))
            case .statistics: session.statistics = try Statistics(attribute.nested)
            default: break
            }
        }
        guard let tunnelID, let id else { throw .malformed("session without its identifiers") }
        session.tunnelID = tunnelID
        session.id = id
        self = session
    }
}

extension Duration {
    /// The duration in milliseconds, what is finer cut off; 0 for a negative one.
    var wholeMilliseconds: UInt64 {
        UInt64(clamping: Int128(components.seconds) * 1000 + Int128(components.attoseconds / 1_000_000_000_000_000))
    }
}
