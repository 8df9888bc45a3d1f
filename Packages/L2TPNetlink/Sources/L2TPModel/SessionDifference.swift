internal import L2TPWire

/// One thing in which a session differs from the specification that it should fulfil.
public struct SessionDifference: Hashable, Sendable, CustomStringConvertible {
    /// What differs, by ip-l2tp(8)'s word where that has one.
    public enum Attribute: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
        /// The tunnel: it is another session then.
        case tunnelID = "tunnel_id"
        /// The identifier: it is another session then.
        case id = "session_id"
        /// The peer's identifier.
        case peerID = "peer_session_id"
        /// What the session carries.
        case pseudowireType = "pseudowire"
        /// The interface's name at creation.
        case interfaceName = "name"
        /// The cookie that is sent.
        case cookie
        /// The cookie that is expected.
        case peerCookie = "peer_cookie"
        /// Whether sequence numbers are required.
        case requiresSequenceNumbers = "recv_seq"
        /// Whether sequence numbers are sent.
        case sendsSequenceNumbers = "send_seq"
        /// Whether this end alone decides on sequence numbers.
        case lnsMode = "lns_mode"
        /// How long a gap in the sequence is waited for.
        case reorderTimeout = "reorder_timeout"

        /// Whether Linux changes it in a session that exists; the others need the session's deletion and a new one.
        public var isModifiable: Bool {
            switch self {
            case .requiresSequenceNumbers, .sendsSequenceNumbers, .lnsMode, .reorderTimeout: true
            case .tunnelID, .id, .peerID, .pseudowireType, .interfaceName, .cookie, .peerCookie: false
            }
        }

        /// The word.
        public var description: String { rawValue }
    }

    /// What differs.
    public var attribute: Attribute
    /// Whether the kernel itself may have made the difference: outside LNS mode it switches the sending of sequence
    /// numbers on and off to follow the peer, so that setting it anew would not last.
    public var mayBeKernels: Bool

    /// A difference from its parts.
    public init(_ attribute: Attribute, mayBeKernels: Bool = false) {
        self.attribute = attribute
        self.mayBeKernels = mayBeKernels
    }

    /// Whether ``SessionModification`` can remove the difference.
    public var isModifiable: Bool { attribute.isModifiable }

    /// `cookie: needs delete and create`, or `recv_seq: can be modified`. Values are not told: cookies are secret.
    public var description: String {
        "\(attribute): \(isModifiable ? "can be modified" : "needs delete and create")"
    }
}

extension Session {
    /// In what the session differs from a specification; empty if it fulfils it as far as can be seen.
    ///
    /// A reorder timeout rounded up to a clock tick is none, nor is a name that the kernel chose as it was asked
    /// to. The L2-specific sublayer cannot be compared: the kernel does not report it.
    public func differences(from desired: SessionSpecification) -> [SessionDifference] {
        var differences: [SessionDifference] = []
        func note(_ attribute: SessionDifference.Attribute, if differs: Bool, mayBeKernels: Bool = false) {
            if differs { differences.append(SessionDifference(attribute, mayBeKernels: mayBeKernels)) }
        }
        note(.tunnelID, if: tunnelID != desired.tunnelID)
        note(.id, if: id != desired.id)
        note(.peerID, if: peerID != desired.peerID)
        note(.pseudowireType, if: pseudowireType != desired.pseudowireType)
        note(.interfaceName, if: desired.interfaceName.map { !$0.covers(interfaceName) } ?? false)
        note(.cookie, if: cookie != desired.cookie)
        note(.peerCookie, if: peerCookie != desired.peerCookie)
        note(.requiresSequenceNumbers, if: requiresSequenceNumbers != desired.requiresSequenceNumbers)
        note(
            .sendsSequenceNumbers, if: sendsSequenceNumbers != desired.sendsSequenceNumbers,
            mayBeKernels: !lnsMode && !desired.lnsMode)
        note(.lnsMode, if: lnsMode != desired.lnsMode)
        note(.reorderTimeout, if: !reorderTimeout.isClockTicks(of: desired.reorderTimeout))
        return differences
    }

    /// What to modify so that the session fulfils a specification, empty if nothing; nil if it needs deletion and
    /// creation instead.
    ///
    /// What the kernel itself may have changed is set anew too.
    public func modification(towards desired: SessionSpecification) -> SessionModification? {
        let differences = differences(from: desired)
        guard differences.allSatisfy(\.isModifiable) else { return nil }
        var modification = SessionModification()
        for difference in differences {
            switch difference.attribute {
            case .requiresSequenceNumbers: modification.requiresSequenceNumbers = desired.requiresSequenceNumbers
            case .sendsSequenceNumbers: modification.sendsSequenceNumbers = desired.sendsSequenceNumbers
            case .lnsMode: modification.lnsMode = desired.lnsMode
            case .reorderTimeout: modification.reorderTimeout = desired.reorderTimeout
            case .tunnelID, .id, .peerID, .pseudowireType, .interfaceName, .cookie, .peerCookie: return nil
            }
        }
        return modification
    }
}

extension InterfaceName {
    /// Whether the kernel may have made that name of this one, in which `%d` stands for any number.
    fileprivate func covers(_ name: String?) -> Bool {
        guard let name else { return false }
        guard isPattern, let percent = text.utf8.firstIndex(of: UInt8(ascii: "%")) else { return name == text }
        let start = text[..<percent]
        let end = text.utf8[text.utf8.index(percent, offsetBy: 2)...]
        guard name.utf8.count > start.utf8.count + end.count, name.utf8.starts(with: start.utf8) else { return false }
        guard name.utf8.reversed().starts(with: end.reversed()) else { return false }
        let number = name.utf8.dropFirst(start.utf8.count).dropLast(end.count)
        return number.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
