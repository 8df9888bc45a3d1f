/// What both ends must know to read a session's data messages, because the wire does not tell.
///
/// It describes one direction: the cookies of the two directions may differ in length. Read what the
/// peer sends with the length of the cookie we *expect* (kernel attribute `L2TP_ATTR_PEER_COOKIE`),
/// build what we send with the length of the cookie we *send* (`L2TP_ATTR_COOKIE`). Reading with the
/// wrong format is not an error that anyone could detect: it moves bytes between header and payload.
public struct DataFormat: Hashable, Sendable {
    /// Length of the cookie (RFC 3931 §4.1).
    public var cookieLength: CookieLength
    /// The L2-specific sublayer between cookie and payload (RFC 3931 §4.6).
    public var sublayer: L2SpecificSublayer

    /// A format; without arguments the one Linux uses unless told otherwise.
    ///
    /// - Parameters:
    ///   - cookieLength: Length of the cookie.
    ///   - sublayer: The L2-specific sublayer.
    @inlinable
    public init(cookieLength: CookieLength = .none, sublayer: L2SpecificSublayer = .default) {
        self.cookieLength = cookieLength
        self.sublayer = sublayer
    }

    /// Length of the whole L2TP header of a data message in bytes, 4…20.
    ///
    /// That is 4 for the session identifier, over UDP 4 for flags, version and reserved bits, then
    /// cookie and sublayer. UDP and IP headers are not counted. In Linux this is `hdr_len`.
    @inlinable @inline(__always)
    public func headerByteCount(over encapsulation: Encapsulation) -> Int {
        UndecodedDataMessage.headerByteCount(over: encapsulation) + cookieLength.byteCount + sublayer.byteCount
    }
}
