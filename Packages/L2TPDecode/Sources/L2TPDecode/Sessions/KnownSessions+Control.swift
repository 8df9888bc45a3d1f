internal import L2TPWire
internal import PacketCapture

extension KnownSessions {
    /// Learns from a control message that sets an L2TPv3 session up how data messages to its *sender* are read.
    ///
    /// Each end chooses the identifier (Local Session ID), the cookie (Assigned Cookie) and the sublayer of what it wants
    /// to receive (RFC 3931 §5.4.4).
    mutating func learn(from message: borrowing ControlMessage, in datagram: borrowing Datagram) {
        // What is hidden, malformed or cut off may say anything: then the messages themselves tell more.
        guard message.firstError == nil else { return }
        try? learn(fromReadable: message, in: datagram)
    }

    private mutating func learn(
        fromReadable message: borrowing ControlMessage, in datagram: borrowing Datagram
    ) throws(WireError) {
        guard message.version == .v3, let type = message.messageType,
            let id = try message.avps.value(of: .localSessionID), id.rawValue != 0
        else { return }
        let sublayer = try message.avps.value(of: .l2SpecificSublayer).map(Self.sublayer)
        var session = KnownSession(
            encapsulation: datagram.encapsulation, receiver: datagram.source,
            receiverPort: datagram.encapsulation == .udp ? datagram.sourcePort : nil, sessionID: id,
            format: DataFormat(sublayer: .none), source: .control)
        switch type {
        case .incomingCallRequest, .incomingCallReply, .outgoingCallRequest, .outgoingCallReply:
            // An AVP that is not there means that there is no cookie, or no sublayer.
            let cookie = try message.avps.value(of: .assignedCookie)?.cookie
            session.cookie = cookie
            session.format = DataFormat(cookieLength: CookieLength(of: cookie) ?? .none, sublayer: sublayer ?? .none)
            session.pseudowireType = try? message.avps.value(of: .pseudowireType)
            if session.pseudowireType == nil, let other = try? message.avps.value(of: .remoteSessionID) {
                // The reply does not repeat what the request has said.
                session.pseudowireType =
                    self.session(
                        known: other, to: datagram.destination, datagram.destinationPort, over: datagram.encapsulation)?
                    .pseudowireType
            }
        case .incomingCallConnected, .outgoingCallConnected:
            // These repeat only what has been agreed on meanwhile.
            guard let sublayer,
                let earlier = self.session(
                    known: id, to: datagram.source, datagram.sourcePort, over: datagram.encapsulation)
            else { return }
            session = earlier
            session.format.sublayer = sublayer
        default:
            return
        }
        add(session)
    }

    /// Every sublayer that is defined has four bytes with the S bit in the same place (RFC 3931 §4.6, RFC 4454 §6).
    private static func sublayer(_ type: L2SpecificSublayerType) -> L2SpecificSublayer { type.sublayer ?? .default }
}
