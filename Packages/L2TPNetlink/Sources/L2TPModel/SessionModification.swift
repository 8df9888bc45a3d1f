/// What is to change in a session that exists: all that Linux changes in place (`L2TP_CMD_SESSION_MODIFY`). What is
/// nil stays as it is.
///
/// Everything else of a session needs its deletion and a new one: see ``Session/differences(from:)``.
public struct SessionModification: Hashable, Sendable {
    /// Whether to drop what arrives without a sequence number. The kernel attribute is `L2TP_ATTR_RECV_SEQ`.
    public var requiresSequenceNumbers: Bool?
    /// Whether to number what we send. Outside LNS mode the kernel itself changes this to follow the peer. The kernel
    /// attribute is `L2TP_ATTR_SEND_SEQ`.
    public var sendsSequenceNumbers: Bool?
    /// Whether we alone decide on sequence numbers (LNS) instead of following the peer (LAC). The kernel attribute is
    /// `L2TP_ATTR_LNS_MODE`.
    public var lnsMode: Bool?
    /// How long a gap in the sequence is waited for, in whole milliseconds, 0…2147483647; zero drops what comes out
    /// of order. The kernel rounds it up to its clock tick. The kernel attribute is `L2TP_ATTR_RECV_TIMEOUT`.
    public var reorderTimeout: Duration?

    /// A modification from its parts.
    public init(
        requiresSequenceNumbers: Bool? = nil,
        sendsSequenceNumbers: Bool? = nil,
        lnsMode: Bool? = nil,
        reorderTimeout: Duration? = nil
    ) {
        self.requiresSequenceNumbers = requiresSequenceNumbers
        self.sendsSequenceNumbers = sendsSequenceNumbers
        self.lnsMode = lnsMode
        self.reorderTimeout = reorderTimeout
    }

    /// Whether nothing is to change.
    public var isEmpty: Bool { self == Self() }

    /// Everything that is wrong with the modification by itself, all findings at once; empty when it can be sent.
    public func violations() -> [Violation] {
        reorderTimeout?.reorderTimeoutViolations ?? []
    }

    /// By their words what a session does not have although it was to be changed; empty when the modification has
    /// taken effect.
    ///
    /// A timeout may be rounded up to a clock tick. Outside LNS mode `send_seq` says nothing: the next frame from
    /// the peer may have changed it again.
    public func unmet(in session: Session) -> [SessionDifference.Attribute] {
        var unmet: [SessionDifference.Attribute] = []
        if let requiresSequenceNumbers, requiresSequenceNumbers != session.requiresSequenceNumbers {
            unmet.append(.requiresSequenceNumbers)
        }
        if let sendsSequenceNumbers, session.lnsMode, sendsSequenceNumbers != session.sendsSequenceNumbers {
            unmet.append(.sendsSequenceNumbers)
        }
        if let lnsMode, lnsMode != session.lnsMode { unmet.append(.lnsMode) }
        if let reorderTimeout, !session.reorderTimeout.isClockTicks(of: reorderTimeout) {
            unmet.append(.reorderTimeout)
        }
        return unmet
    }
}

extension Duration {
    /// What is wrong with the duration as a reorder timeout.
    var reorderTimeoutViolations: [Violation] {
        func violation(_ message: String) -> [Violation] { [Violation(field: "reorder_timeout", message: message)] }
        if self < .zero { return violation("is negative") }
        if components.attoseconds % 1_000_000_000_000_000 != 0 {
            return violation("is finer than the kernel's unit, a millisecond")
        }
        // The kernel cuts to 32 bits and counts in a signed number.
        if self > .milliseconds(Int32.max) {
            return violation("is longer than the kernel can wait, 2147483647 ms")
        }
        return []
    }
}
