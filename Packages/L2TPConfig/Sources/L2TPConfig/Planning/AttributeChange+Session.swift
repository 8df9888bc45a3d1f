internal import L2TPModel
internal import L2TPWire

extension AttributeChange {
    /// What was found in a session, by the configuration's keys.
    static func changes(
        _ differences: [SessionDifference], of session: Session, from specification: SessionSpecification
    ) -> [Self] {
        var changes: [Self] = []
        for difference in differences {
            let change = change(difference.attribute, of: session, from: specification)
            // Both directions of sequence numbers are one key.
            if changes.last != change { changes.append(change) }
        }
        return changes
    }

    /// Another L2-specific sublayer than what the session was created with.
    static func sublayer(old: L2SpecificSublayer, new: L2SpecificSublayer) -> Self {
        Self("l2spec_type", old: old.description, new: new.description, forcesRecreation: true)
    }

    private static func change(
        _ attribute: SessionDifference.Attribute, of session: Session, from specification: SessionSpecification
    ) -> Self {
        func change(_ key: String, _ old: (some CustomStringConvertible)?, _ new: (some CustomStringConvertible)?)
            -> Self
        {
            Self(key, old: old?.description, new: new?.description, forcesRecreation: !attribute.isModifiable)
        }
        switch attribute {
        case .tunnelID: return change("tunnel_id", session.tunnelID, specification.tunnelID)
        case .id: return change("session_id", session.id, specification.id)
        case .peerID: return change("peer_session_id", session.peerID, specification.peerID)
        case .pseudowireType: return change("pseudowire", session.pseudowireType, specification.pseudowireType)
        case .interfaceName: return change("interface.name", session.interfaceName, specification.interfaceName)
        case .cookie: return cookie("cookie", session.cookie, specification.cookie)
        case .peerCookie: return cookie("peer_cookie", session.peerCookie, specification.peerCookie)
        case .requiresSequenceNumbers, .sendsSequenceNumbers:
            return change("seq", session.sequenceNumbers, specification.sequenceNumbers)
        case .lnsMode: return change("lns_mode", session.lnsMode, specification.lnsMode)
        case .reorderTimeout:
            return change("reorder_timeout", session.reorderTimeout.word, specification.reorderTimeout.word)
        }
    }

    /// A cookie is a secret: only its length is told.
    private static func cookie(_ key: String, _ old: Cookie?, _ new: Cookie?) -> Self {
        func words(_ cookie: Cookie) -> String { cookie.byteCount == 1 ? "1 byte" : "\(cookie.byteCount) bytes" }
        let another = old?.byteCount == new?.byteCount ? " (another)" : ""
        return Self(key, old: old.map(words), new: new.map { words($0) + another }, forcesRecreation: true)
    }
}

/// The configuration's word for the use of sequence numbers: `none`, `send`, `recv` or `both`.
private func sequenceWord(sends: Bool, requires: Bool) -> String {
    switch (sends, requires) {
    case (false, false): "none"
    case (true, false): "send"
    case (false, true): "recv"
    case (true, true): "both"
    }
}

extension Session {
    /// The configuration's word for the use of sequence numbers.
    fileprivate var sequenceNumbers: String {
        sequenceWord(sends: sendsSequenceNumbers, requires: requiresSequenceNumbers)
    }
}

extension SessionSpecification {
    /// The configuration's word for the use of sequence numbers.
    fileprivate var sequenceNumbers: String {
        sequenceWord(sends: sendsSequenceNumbers, requires: requiresSequenceNumbers)
    }
}

extension Duration {
    /// The duration as the configuration writes it: `0`, `100ms` or `2s`.
    fileprivate var word: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        if milliseconds == 0 { return seconds == 0 ? "0" : "\(seconds)s" }
        return seconds == 0 ? "\(milliseconds)ms" : "\(Int128(seconds) * 1000 + Int128(milliseconds))ms"
    }
}
