/// The cookie that a peer is to send (RFC 3931 §5.4.4, Assigned Cookie).
public struct AssignedCookie: AVPValue, CustomStringConvertible {
    /// The cookie of 4 or 8 bytes; nil for an empty value, which says the same as no AVP: send no cookie.
    public let cookie: Cookie?

    /// No cookie.
    public static let none = Self(checked: nil)

    /// A cookie of four bytes.
    @inlinable
    public init(_ number: UInt32) {
        self.init(checked: Cookie(number))
    }

    /// A cookie of eight bytes.
    @inlinable
    public init(_ number: UInt64) {
        self.init(checked: Cookie(number))
    }

    /// A cookie, or none.
    ///
    /// - Throws: `DataHeader.ValidationError` for a cookie whose length RFC 3931 does not know: no peer could send it.
    @inlinable
    public init(_ cookie: Cookie?) throws(DataHeader.ValidationError) {
        if let cookie, !cookie.hasStandardLength { throw .cookieLength(byteCount: cookie.byteCount) }
        self.init(checked: cookie)
    }

    @inlinable
    init(checked cookie: Cookie?) {
        self.cookie = cookie
    }

    /// Reads 0, 4 or 8 bytes.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        switch value.count {
        case 0: self = .none
        case 4: self.init(value.bigEndian(at: 0) as UInt32)
        case 8: self.init(value.bigEndian(at: 0) as UInt64)
        case 1..<8: throw WireError(.valueTooShort, at: value.count, in: WireError.wholeValue)
        default: throw WireError(.valueTooLong, at: 8, in: WireError.wholeValue)
        }
    }

    /// Length on the wire in bytes: 0, 4 or 8.
    @inlinable
    public var encodedByteCount: Int { cookie?.byteCount ?? 0 }

    /// Appends the cookie, if there is one.
    @inlinable
    public func serialize(into output: inout OutputSpan<UInt8>) {
        guard let cookie else { return }
        cookie.serialize(into: &output)
    }

    /// The cookie's bytes. They are a secret.
    public var fields: [AVPField] {
        let bytes = cookie.map { cookie in (0..<cookie.byteCount).map { cookie[$0] } } ?? []
        return [AVPField(byteCount: bytes.count, .bytes(bytes))]
    }

    /// The length alone, as for ``Cookie``.
    public var description: String { cookie?.description ?? "no cookie" }
}
