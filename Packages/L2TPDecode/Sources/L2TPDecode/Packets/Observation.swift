public import L2TPWire

/// What one datagram turned out to be, in little: enough to count it, and to make a ``MessageRecord`` of it.
public enum Observation: Sendable {
    /// A control message; what is wrong with it, if anything.
    case control(WireError?)
    /// A data message of L2TPv3, and how it was read.
    case data(DataReading)
    /// A data message of L2TPv2; what is wrong with it, if anything.
    case dataV2(WireError?)
    /// Not even the header of a message; what is wrong, or nil where it is only that the capture has cut the header off.
    case unreadable(WireError?)

    /// What is wrong; nil for a message that is as it should be.
    public var error: WireError? {
        switch self {
        case .control(let error), .dataV2(let error), .unreadable(let error): error
        case .data(let reading): reading.error
        }
    }
}

/// How a data message of L2TPv3 was read.
public struct DataReading: Sendable {
    /// Cookie and sublayer; it says nothing where ``source`` is ``FormatSource/unknown``.
    public var format: DataFormat
    /// Who says so.
    public var source: FormatSource
    /// What the cookie is compared with.
    public var cookie: CookieVerdict
    /// What the session is called; nil if it has no name.
    public var name: String?
    /// What it carries, where that is known.
    public var pseudowireType: PseudowireType?
    /// Whether what is read as sublayer and payload may begin with a cookie: the session is said to have none, or has one
    /// that nobody expects, and so far no message has had what is surely a frame, or they together look otherwise.
    public var mayHideCookie = false
    /// What is wrong; nil for a message that is as it should be.
    public var error: WireError?
}

/// Whether a message has the cookie that its receiver expects.
public enum CookieVerdict: Hashable, Sendable {
    /// There is none, as it should be.
    case none
    /// It is the expected one.
    case matches
    /// It is another than the expected one: the receiver drops the message.
    case differs(expected: Cookie)
    /// Nobody has said what is expected, or whether there is one.
    case unknown
}
