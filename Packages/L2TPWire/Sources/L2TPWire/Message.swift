/// An L2TPv3 message as it arrives, sorted into control and data: the entry point of the module.
///
/// It borrows the bytes it was parsed from and copies none.
public enum Message: ~Escapable {
    /// A message of the control connection.
    case control(ControlMessage)
    /// A message that carries a session's payload.
    ///
    /// Cookie and L2-specific sublayer are not announced on the wire, so look the session up by
    /// ``UndecodedDataMessage/sessionID`` and decode with its format.
    case data(UndecodedDataMessage)

    /// Sorts a message and checks the header as far as it can be read without knowing the session.
    ///
    /// Over UDP the T bit decides (RFC 3931 §4.1.2.1), over IP a session identifier of zero means
    /// control (RFC 3931 §4.1.1.2). The version is checked for data messages only: a control message of
    /// L2TPv2 may be an L2TPv3 peer asking which of the two we speak (RFC 3931 §4.7.3).
    ///
    /// - Parameters:
    ///   - bytes: The payload of one UDP datagram, or of one IP packet of protocol 115 without its IP header.
    ///   - encapsulation: What carried it.
    /// - Throws: ``WireError`` when the header is truncated or not of L2TPv3.
    @_lifetime(copy bytes)
    public init(parsing bytes: Span<UInt8>, encapsulation: Encapsulation) throws(WireError) {
        if try Self.announcesControl(bytes, over: encapsulation) {
            self = .control(try ControlMessage(parsing: bytes, encapsulation: encapsulation))
        } else {
            self = .data(try UndecodedDataMessage(uncheckedType: bytes, encapsulation: encapsulation))
        }
    }

    /// Whether the start of a message announces control.
    static func announcesControl(
        _ bytes: Span<UInt8>,
        over encapsulation: Encapsulation
    ) throws(WireError) -> Bool {
        switch encapsulation {
        case .udp:
            guard !bytes.isEmpty else { throw WireError(.truncated, at: 0, in: "T bit") }
            return bytes[0] & ControlMessage.typeBit != 0
        case .ip:
            guard bytes.count >= 4 else { throw WireError(.truncated, at: bytes.count, in: "Session ID") }
            return bytes.bigEndian(UInt32.self, at: 0) == 0
        }
    }
}
