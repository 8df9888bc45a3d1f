/// A datagram whose fragments could not be put together.
public struct AbandonedDatagram: Hashable, Sendable, CustomStringConvertible {
    /// Why not.
    public enum Reason: Hashable, Sendable, CaseIterable {
        /// Fragments were still missing when the time was over.
        case timedOut
        /// Fragments were still missing at the end of the capture.
        case captureEnded
        /// There was no more room: too many datagrams were incomplete at the same time.
        case evicted
        /// Fragments overlap, which IPv6 forbids (RFC 5722).
        case overlap
        /// Two fragments disagree on where the datagram ends.
        case contradictoryEnd
        /// The capture's snap length has cut a fragment.
        case cut
    }

    /// The sender.
    public let source: NetworkAddress
    /// The receiver.
    public let destination: NetworkAddress
    /// The number that its fragments share.
    public let identification: UInt32
    /// What the datagram carries, as far as a fragment has told.
    public let protocolNumber: IPProtocol
    /// Which packet of the capture the first fragment to come was, counted from 1.
    public let firstPacket: Int
    /// How many bytes of the payload had come.
    public let receivedByteCount: Int
    /// How many bytes the payload has; nil if the last fragment never came.
    public let expectedByteCount: Int?
    /// Why the datagram was given up.
    public let reason: Reason

    /// One line for people.
    public var description: String {
        let why =
            switch reason {
            case .timedOut: "fragments are missing after the time to wait for them"
            case .captureEnded: "fragments are missing at the end of the capture"
            case .evicted: "too many datagrams were incomplete at the same time"
            case .overlap: "its fragments overlap, which RFC 5722 forbids"
            case .contradictoryEnd: "its fragments disagree on where it ends"
            case .cut: "the capture's snap length has cut a fragment"
            }
        let expected = expectedByteCount.map(String.init) ?? "an unknown number of"
        return "fragments of \(source) > \(destination), protocol \(protocolNumber), identification \(identification), "
            + "from packet \(firstPacket): \(receivedByteCount) of \(expected) bytes: \(why)"
    }
}
