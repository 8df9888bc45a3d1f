public import L2TPWire

/// A message with everything that can be said about it, as a value that owns its parts: what a program prints.
public struct MessageRecord: Sendable {
    /// What kind of message it is.
    public enum Content: Sendable {
        /// A control message.
        case control(ControlRecord)
        /// A data message of L2TPv3.
        case data(DataRecord)
        /// A data message of L2TPv2.
        case dataV2(DataV2Record)
        /// Not even the header of a message, or too little of it was captured: then there is no error.
        case unreadable
    }

    /// What kind of message it is, and what it says.
    public let content: Content
    /// What is wrong with it; nil if nothing is.
    public let error: WireError?
    /// Whether the capture has cut the end off.
    public let isCut: Bool
    /// Length of the message in bytes, as far as it was captured.
    public let byteCount: Int

    /// Everything about a datagram.
    ///
    /// - Parameters:
    ///   - datagram: The datagram.
    ///   - observation: What ``Decoder/observe(_:)`` said about it.
    ///   - registry: The attribute types whose values are read.
    public init(
        _ datagram: borrowing Datagram, _ observation: Observation, registry: AVPRegistry = .standard
    ) {
        error = observation.error
        isCut = datagram.isCut
        byteCount = datagram.payload.count
        content = Self.content(datagram, observation, registry) ?? .unreadable
    }

    private static func content(
        _ datagram: borrowing Datagram, _ observation: Observation, _ registry: AVPRegistry
    ) -> Content? {
        guard let message = try? Message(parsingPrefix: datagram.payload, encapsulation: datagram.encapsulation) else {
            return nil
        }
        switch message {
        case .control(let message):
            let isWhole = !datagram.isCut && observation.error == nil
            return .control(ControlRecord(message, isWhole: isWhole, registry))
        case .dataV2(let message):
            return .dataV2(DataV2Record(message))
        case .data(let message):
            guard case .data(let reading) = observation else { return nil }
            return .data(DataRecord(message, reading, isCut: datagram.isCut))
        }
    }
}

/// A data message of L2TPv3 with everything that can be said about it.
public struct DataRecord: Sendable {
    /// What carried it.
    public let encapsulation: Encapsulation
    /// The receiver's session identifier.
    public let sessionID: SessionID
    /// How it was read.
    public let reading: DataReading
    /// The header; nil where the message is too short for it, or nobody knows what it has to be read as.
    public let header: DataHeader?
    /// What the session carries; nil where ``header`` is.
    public let inner: InnerFrame?

    init(_ message: borrowing UndecodedDataMessage, _ reading: DataReading, isCut: Bool) {
        encapsulation = message.encapsulation
        sessionID = message.sessionID
        self.reading = reading
        if reading.source != .unknown, let decoded = try? message.decoded(as: reading.format) {
            header = DataHeader(decoded)
            inner = InnerFrame(decoded.payload, of: reading.pseudowireType, isCut: isCut)
        } else {
            header = nil
            inner = nil
        }
    }
}

/// A data message of L2TPv2 with everything that can be said about it.
public struct DataV2Record: Sendable {
    /// Its header.
    public let header: DataHeaderV2
    /// What the Length field says; nil when there is none.
    public let statedByteCount: Int?
    /// Length of everything before the payload in bytes.
    public let headerByteCount: Int
    /// The PPP frame that it carries; nil in a message without payload.
    public let inner: InnerFrame?

    init(_ message: borrowing DataMessageV2) {
        header = DataHeaderV2(message)
        statedByteCount = message.statedByteCount
        headerByteCount = message.headerByteCount
        inner = message.payload.isEmpty ? nil : InnerFrame.ppp(message.payload)
    }
}
