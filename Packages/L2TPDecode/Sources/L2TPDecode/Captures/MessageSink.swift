public import PacketCapture

/// Takes what a ``CaptureDecoder`` finds in a capture, packet by packet.
public protocol MessageSink: ~Copyable {
    /// Whether nothing more is wanted, for example because nobody reads it any more.
    var isClosed: Bool { get }

    /// A datagram that carries, or should carry, an L2TP message.
    ///
    /// - Parameters:
    ///   - datagram: The datagram, put together if it came in fragments.
    ///   - observation: What it turned out to be.
    ///   - packet: The packet of the capture, the last one of a datagram in fragments.
    mutating func message(
        _ datagram: Datagram, _ observation: Observation, in packet: CapturedPacket)

    /// A packet whose headers below L2TP cannot be read, be it that the capture has cut them off.
    ///
    /// - Parameters:
    ///   - error: What is wrong.
    ///   - packet: The packet.
    mutating func malformed(_ error: LayerError, in packet: CapturedPacket)

    /// A packet that is encrypted, so that nobody can tell whether it carries L2TP.
    ///
    /// - Parameters:
    ///   - flow: Who sends such packets to whom, and how many there have been.
    ///   - packet: The packet.
    mutating func encrypted(_ flow: EncryptedFlow, in packet: CapturedPacket)

    /// A datagram whose fragments could not be put together, for they are missing, overlap or contradict each other.
    ///
    /// Whether it carries L2TP may not be known: of UDP, the ports stand in the first fragment alone.
    ///
    /// - Parameter datagram: The datagram.
    mutating func abandoned(_ datagram: AbandonedDatagram)
}

extension MessageSink where Self: ~Copyable {
    /// Does nothing: for a sink that is content with ``CaptureDecoder/incompleteCount``.
    public mutating func abandoned(_ datagram: AbandonedDatagram) {}
}

/// Takes nothing: for a program that wants only what a ``CaptureDecoder`` counts.
public struct NoSink: MessageSink {
    /// Never.
    public var isClosed: Bool { false }
    /// A sink.
    public init() {}
    /// Does nothing.
    public mutating func message(_: Datagram, _: Observation, in _: CapturedPacket) {}
    /// Does nothing.
    public mutating func malformed(_: LayerError, in _: CapturedPacket) {}
    /// Does nothing.
    public mutating func encrypted(_: EncryptedFlow, in _: CapturedPacket) {}
}
