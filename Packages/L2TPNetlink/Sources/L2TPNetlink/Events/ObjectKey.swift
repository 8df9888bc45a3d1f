internal import L2TPModel
internal import L2TPWire

/// The identifiers of a tunnel or a session.
enum ObjectKey: Hashable, Sendable {
    case tunnel(TunnelID)
    case session(SessionKey)
}

extension Tunnel {
    /// Whether two reports may be of one tunnel at different times: all is equal but the counters.
    func agrees(with other: Self) -> Bool {
        var other = other
        other.statistics = statistics
        return self == other
    }
}

extension Session {
    /// Whether two reports may be of one session at different times: all is equal that cannot change.
    func isSameObject(as other: Self) -> Bool {
        var other = other
        other.sendsSequenceNumbers = sendsSequenceNumbers
        other.requiresSequenceNumbers = requiresSequenceNumbers
        other.lnsMode = lnsMode
        other.reorderTimeout = reorderTimeout
        return agrees(with: other)
    }

    /// Whether all is equal but the counters and what depends on the socket.
    func agrees(with other: Self) -> Bool {
        var other = other
        other.statistics = statistics
        other.usesIPsec = usesIPsec
        return self == other
    }
}

extension Statistics {
    /// Whether these counters were started anew after the earlier ones.
    func wereReset(since earlier: Self) -> Bool {
        transmitPackets < earlier.transmitPackets || receivePackets < earlier.receivePackets
            || transmitErrors < earlier.transmitErrors || receiveErrors < earlier.receiveErrors
    }
}
