/// A view of a control message, recognised as such and not decoded any further.
///
/// It borrows its bytes. The view promises that the fixed header is complete (RFC 3931 §3.2.1) and its
/// T bit set; version, length, numbering and AVPs are unchecked.
public struct ControlMessage: ~Escapable {
    /// Length of the fixed control header in bytes: 12, in L2TPv2 and L2TPv3 alike.
    public static let headerByteCount = 12

    /// The T bit, in the first byte of the header.
    static let typeBit: UInt8 = 0x80

    /// What carried the message.
    public let encapsulation: Encapsulation

    /// The message from the control header on, hence the same over UDP and over IP.
    ///
    /// Over IP the four zero bytes of the session identifier come before it and are left out. There are
    /// at least ``headerByteCount`` bytes.
    public let bytes: Span<UInt8>

    /// Finds the control header.
    ///
    /// The caller has seen that `bytes` announces a control message.
    @_lifetime(copy bytes)
    init(parsing bytes: Span<UInt8>, encapsulation: Encapsulation) throws(WireError) {
        let start =
            switch encapsulation {
            case .udp: 0
            case .ip: 4
            }
        guard bytes.count >= start + Self.headerByteCount else {
            throw WireError(.truncated, at: bytes.count, in: "control message header")
        }
        guard bytes[start] & Self.typeBit != 0 else { throw WireError(.typeBitClear, at: start, in: "T bit") }
        self.encapsulation = encapsulation
        self.bytes = bytes.extracting(droppingFirst: start)
    }
}
