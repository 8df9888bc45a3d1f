/// How many bytes of cookie a session's data messages carry in one direction.
///
/// RFC 3931 (§4.1, and §5.4.4, Assigned Cookie) knows these three; the receiver of the messages chooses. The
/// length is not on the wire.
public enum CookieLength: Int, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// No cookie.
    case none = 0
    /// A cookie of four bytes.
    case four = 4
    /// A cookie of eight bytes.
    case eight = 8

    /// The length of a cookie, or `none` where there is no cookie.
    ///
    /// Returns nil for a length that RFC 3931 does not know, which Linux may nevertheless report.
    @inlinable
    public init?(of cookie: Cookie?) {
        self.init(rawValue: cookie?.byteCount ?? 0)
    }

    /// Length on the wire in bytes: 0, 4 or 8.
    @inlinable
    public var byteCount: Int { rawValue }

    /// The number of bytes, in decimal.
    public var description: String { String(rawValue) }
}
