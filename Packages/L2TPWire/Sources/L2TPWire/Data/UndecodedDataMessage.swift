/// A view of an L2TPv3 data message as far as it can be read without knowing the session.
///
/// It borrows its bytes. Look the session up by ``sessionID``, then ``decoded(as:)``.
public struct UndecodedDataMessage: ~Escapable {
    /// What carried the message.
    public let encapsulation: Encapsulation
    /// The whole message; it is at least as long as flags, version and session identifier.
    @usableFromInline let bytes: Span<UInt8>

    /// Length of what stands before the cookie in bytes: 8 over UDP, 4 over IP.
    @inlinable @inline(__always)
    static func headerByteCount(over encapsulation: Encapsulation) -> Int {
        switch encapsulation {
        case .udp: 8
        case .ip: 4
        }
    }

    /// Checks type, version and the presence of the session identifier.
    ///
    /// Reserved bits are ignored (RFC 3931 §4.1.2.1). Over UDP a session identifier of zero passes.
    ///
    /// - Parameters:
    ///   - bytes: The payload of one UDP datagram, or of one IP packet of protocol 115 without its IP header.
    ///   - encapsulation: What carried it.
    /// - Throws: ``WireError`` when the header is truncated, not of L2TPv3, or of a control message.
    @inlinable
    @_lifetime(copy bytes)
    public init(parsing bytes: Span<UInt8>, encapsulation: Encapsulation) throws(WireError) {
        guard try !Message.announcesControl(bytes, over: encapsulation) else {
            switch encapsulation {
            case .udp: throw WireError(.controlMessage, at: 0, in: "T bit")
            case .ip: throw WireError(.controlMessage, at: 0, in: "Session ID")
            }
        }
        try self.init(uncheckedType: bytes, encapsulation: encapsulation)
    }

    /// The caller has seen that `bytes` does not announce a control message.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    init(uncheckedType bytes: Span<UInt8>, encapsulation: Encapsulation) throws(WireError) {
        if encapsulation == .udp {
            guard bytes.count >= 2 else { throw .truncated(at: bytes.count, in: "Ver") }
            switch ProtocolVersion(rawValue: bytes[1] & 0x0F) {
            case .v3: break
            case .v2: throw WireError(.l2tpv2, at: 1, in: "Ver")
            default: throw WireError(.unsupportedVersion, at: 1, in: "Ver")
            }
        }
        guard bytes.count >= Self.headerByteCount(over: encapsulation) else {
            throw .truncated(at: bytes.count, in: "Session ID")
        }
        self.encapsulation = encapsulation
        self.bytes = bytes
    }

    /// The identifier by which the receiver knows the session; never 0 over IP.
    @inlinable @inline(__always)
    public var sessionID: SessionID {
        SessionID(rawValue: bytes.bigEndian(at: Self.headerByteCount(over: encapsulation) - 4))
    }

    /// Everything after the session identifier: cookie, L2-specific sublayer and payload.
    @inlinable @inline(__always)
    public var body: Span<UInt8> {
        @_lifetime(copy self)
        get { bytes.extracting(droppingFirst: Self.headerByteCount(over: encapsulation)) }
    }

    /// Reads the rest of the header as the session's format has it.
    ///
    /// - Parameter format: The session's format for messages in this direction.
    /// - Returns: A view of the same bytes.
    /// - Throws: ``WireError`` with ``WireError/Code-swift.struct/truncated`` when cookie and sublayer do not fit.
    @inlinable @inline(__always)
    @_lifetime(copy self)
    public func decoded(as format: DataFormat) throws(WireError) -> DataMessage {
        try DataMessage(checked: bytes, encapsulation: encapsulation, format: format)
    }
}
