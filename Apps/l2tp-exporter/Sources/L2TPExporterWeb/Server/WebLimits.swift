/// What clients may cost. None of them can hold the server up by being slow, silent or greedy.
public struct WebLimits: Hashable, Sendable {
    /// The most connections at a time, of all listeners together. One more closes that which has waited longest for its
    /// client, to send a request or to take a response; if none waits, one of the client that has most of them, if that
    /// has at least two more than this one; else it is closed itself.
    public var connections = 128
    /// The most bytes of one header field, and of the path.
    public var headerFieldSize = 8 * 1024
    /// The most bytes of all header fields of a request.
    public var headerListSize = 32 * 1024
    /// The most header fields of a request.
    public var headerFieldCount = 64
    /// How long a request may take to arrive, from its first byte; for the first request, from the connection on, TLS
    /// handshake included.
    public var requestTimeout = Duration.seconds(10)
    /// How long a connection may be idle between requests. Prometheus scrapes over one connection, so that this should
    /// be longer than the interval of its scrapes.
    public var idleTimeout = Duration.seconds(180)
    /// How long the client may take nothing of a response.
    public var writeTimeout = Duration.seconds(20)
    /// How long a request may take in all once it has arrived and those before it on the connection are answered:
    /// waiting, collecting, and sending.
    public var responseTimeout = Duration.seconds(120)
    /// The most bytes of different answers to scrapes that are being sent at a time. One more closes the connections of
    /// those who have taken nothing of theirs for longest; the newest is sent whatever its size. What they are compressed
    /// to does not count: it is a tenth, and TLS has one piece for each connection besides.
    public var responseMemory = 32 * 1024 * 1024
    /// How long what has been begun may take to end when the server shuts down.
    public var drainTimeout = Duration.seconds(10)
    /// How long a connection that the server ends is kept open for the client to read the last response.
    public var lingerTimeout = Duration.seconds(1)

    /// The limits above.
    public init() {}
}
