import L2TPWire

/// Takes a PPP frame out of a data message of L2TPv2, and puts another one into a message to the peer.
///
/// - Parameters:
///   - datagram: The payload of a UDP datagram.
///   - header: The header of the answer: what the peer calls tunnel and session.
///   - respond: Makes a PPP frame of the one that has arrived.
/// - Returns: The payload of the UDP datagram to send, or nil for a message that is no data of L2TPv2.
/// - Throws: `WireError`, which says what is wrong at which byte.
func relay(
    _ datagram: [UInt8], header: DataHeaderV2, respond: (Span<UInt8>) -> [UInt8]
) throws -> [UInt8]? {
    // The bits of the header say which fields there are, so nothing need be known of the session.
    guard case .dataV2(let message) = try Message(parsing: datagram.span, encapsulation: .udp) else { return nil }
    let frame = respond(message.payload)

    var header = header
    // A LAC has to number its messages as soon as its LNS does (RFC 2661 §5.4).
    if message.ns != nil, header.numbers == nil { header.numbers = DataHeaderV2.Numbers(ns: .first) }
    return [UInt8](capacity: header.encodedByteCount + frame.count) { output in
        header.serialize(payloadByteCount: frame.count, into: &output)
        for byte in frame { output.append(byte) }
    }
}
