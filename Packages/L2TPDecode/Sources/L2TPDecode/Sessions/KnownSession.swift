public import L2TPWire
public import PacketCapture

/// What is known beforehand about the data messages of an L2TPv3 session in one direction.
public struct KnownSession: Hashable, Sendable {
    /// Who says so.
    public enum Source: String, Hashable, Sendable {
        /// A configuration.
        case configuration
        /// The control messages that set the session up.
        case control
    }

    /// What carries the messages.
    public var encapsulation: Encapsulation
    /// Whom the messages are sent to; nil for anyone.
    public var receiver: NetworkAddress?
    /// The UDP port they are sent to; nil for any, and over IP.
    public var receiverPort: UInt16?
    /// The identifier in the messages: the receiver's own.
    public var sessionID: SessionID
    /// How the messages are to be read.
    public var format: DataFormat
    /// The cookie that the receiver expects; nil for none.
    public var cookie: Cookie?
    /// What the messages carry, where that is known.
    public var pseudowireType: PseudowireType?
    /// What the session is called, for example `hq/lan`; nil if it has no name.
    public var name: String?
    /// Who says so.
    public var source: Source

    /// What is known, from its parts.
    public init(
        encapsulation: Encapsulation, receiver: NetworkAddress? = nil, receiverPort: UInt16? = nil,
        sessionID: SessionID,
        format: DataFormat, cookie: Cookie? = nil, pseudowireType: PseudowireType? = nil, name: String? = nil,
        source: Source
    ) {
        self.encapsulation = encapsulation
        self.receiver = receiver
        self.receiverPort = receiverPort
        self.sessionID = sessionID
        self.format = format
        self.cookie = cookie
        self.pseudowireType = pseudowireType
        self.name = name
        self.source = source
    }
}
