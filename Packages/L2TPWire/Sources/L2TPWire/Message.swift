/// An L2TP message as it arrives, sorted into control and data: the entry point of the module.
///
/// It borrows the bytes it was parsed from and copies none.
public enum Message: ~Escapable {
    /// A message of the control connection, of L2TPv2 or L2TPv3.
    case control(ControlMessage)
    /// A message that carries a payload of an L2TPv3 session.
    ///
    /// Cookie and L2-specific sublayer are not announced on the wire, so look the session up by
    /// ``UndecodedDataMessage/sessionID`` and decode with its format.
    case data(UndecodedDataMessage)
    /// A message that carries a payload of an L2TPv2 session.
    case dataV2(DataMessageV2)

    /// Reads a message that is whole and well-formed, as far as that can be seen without knowing the session.
    ///
    /// Over UDP the T bit decides between control and data (RFC 3931 §4.1.2.1), over IP a session identifier of zero
    /// means control (RFC 3931 §4.1.1.2). A control message of L2TPv2 may be an L2TPv3 peer asking which of the two
    /// we speak (RFC 3931 §4.7.3).
    ///
    /// - Parameters:
    ///   - bytes: The payload of one UDP datagram, or of one IP packet of protocol 115 without its IP header.
    ///   - encapsulation: What carried it.
    /// - Throws: ``WireError`` at the first thing that is wrong.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(parsing bytes: Span<UInt8>, encapsulation: Encapsulation) throws(WireError) {
        if try Self.announcesControl(bytes, over: encapsulation) {
            self = .control(try ControlMessage(parsing: bytes, encapsulation: encapsulation))
        } else if Self.announcesVersion2(bytes, over: encapsulation) {
            self = .dataV2(try DataMessageV2(parsing: bytes))
        } else {
            self = .data(try UndecodedDataMessage(uncheckedType: bytes, encapsulation: encapsulation))
        }
    }

    /// Reads as much of a message as can be read; what is wrong with the rest is the ``ControlMessage/firstError`` of
    /// the control message or the ``DataMessageV2/firstError`` of the data message.
    ///
    /// - Parameters:
    ///   - bytes: The payload of one UDP datagram, or of one IP packet of protocol 115 without its IP header.
    ///   - encapsulation: What carried it.
    /// - Throws: ``WireError`` when not even the header can be read.
    @inlinable
    @_lifetime(copy bytes)
    public init(parsingPrefix bytes: Span<UInt8>, encapsulation: Encapsulation) throws(WireError) {
        if try Self.announcesControl(bytes, over: encapsulation) {
            self = .control(try ControlMessage(parsingPrefix: bytes, encapsulation: encapsulation))
        } else if Self.announcesVersion2(bytes, over: encapsulation) {
            self = .dataV2(try DataMessageV2(parsingPrefix: bytes))
        } else {
            self = .data(try UndecodedDataMessage(uncheckedType: bytes, encapsulation: encapsulation))
        }
    }

    /// Whether the start of a message announces control.
    @inlinable @inline(__always)
    static func announcesControl(
        _ bytes: Span<UInt8>,
        over encapsulation: Encapsulation
    ) throws(WireError) -> Bool {
        switch encapsulation {
        case .udp:
            guard !bytes.isEmpty else { throw .truncated(at: 0, in: "T bit") }
            return bytes[0] & ControlMessage.typeBit != 0
        case .ip:
            guard bytes.count >= 4 else { throw .truncated(at: bytes.count, in: "Session ID") }
            return bytes.bigEndian(UInt32.self, at: 0) == 0
        }
    }

    /// Whether a message that is not control announces L2TPv2, which UDP alone carries.
    @inlinable @inline(__always)
    static func announcesVersion2(_ bytes: Span<UInt8>, over encapsulation: Encapsulation) -> Bool {
        encapsulation == .udp && bytes.count >= 2 && ProtocolVersion(rawValue: bytes[1] & 0x0F) == .v2
    }
}
