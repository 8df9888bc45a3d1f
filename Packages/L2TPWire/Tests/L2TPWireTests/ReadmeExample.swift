import L2TPWire

/// Answers a data message of an Ethernet session with a message that carries the same frame back.
///
/// - Parameters:
///   - datagram: The payload of a UDP datagram, from whatever socket you have.
///   - session: The session's identifiers, cookies and sublayer, from wherever you keep them.
/// - Returns: The payload of the UDP datagram to send, or nil for a message that is not for us.
/// - Throws: `WireError`, which says what is wrong at which byte, or `DataHeader.ValidationError` if the session
///   has values that no message can carry.
func echo(_ datagram: [UInt8], session: Session) throws -> [UInt8]? {
    // Neither the cookie's length nor the sublayer is on the wire, so find the session first.
    guard case .data(let undecoded) = try Message(parsing: datagram.span, encapsulation: .udp),
        undecoded.sessionID == session.id
    else { return nil }

    // A view: `message.payload` still lies in `datagram`. Nothing has been copied.
    let message = try undecoded.decoded(as: DataFormat(cookieLength: .eight, sublayer: .default))
    guard message.cookie == session.expectedCookie else { return nil }

    let header = try DataHeader(encapsulation: .udp, sessionID: session.peerID, cookie: session.sentCookie)
    return [UInt8](capacity: header.encodedByteCount + message.payload.count) { output in
        header.serialize(into: &output)
        for index in message.payload.indices { output.append(message.payload[index]) }
    }
}

/// Asks the peer for an Ethernet session: a control message of L2TPv3, built from nothing.
///
/// - Parameter session: The session's identifiers and cookies.
/// - Returns: The payload of the UDP datagram to send: an ICRQ.
/// - Throws: `ControlMessageWriter.ValidationError` for a value that is too long for an AVP.
func request(for session: Session) throws -> [UInt8] {
    // Identifiers and sequence numbers are types of their own, wrapped: none passes for another one, or for a count. What
    // RFC 3931 calls the Control Connection ID is `tunnelID`. A connection's first message has `.first` for both numbers.
    let header = ControlHeader(
        tunnelID: TunnelID(9), ns: ControlSequenceNumber(2), nr: ControlSequenceNumber(1), encapsulation: .udp)

    var writer = ControlMessageWriter(header, type: .incomingCallRequest)
    try writer.append(.localSessionID, session.id)
    try writer.append(.remoteSessionID, SessionID(0))  // The peer has not chosen its own yet.
    try writer.append(.callSerialNumber, 1)
    try writer.append(.pseudowireType, .ethernet)
    try writer.append(.remoteEndID, Array("lan".utf8))
    try writer.append(.circuitStatus, [.active, .new])
    try writer.append(.assignedCookie, AssignedCookie(session.expectedCookie))
    try writer.append(.l2SpecificSublayer, .default)
    return writer.bytes
}

struct Session {
    let id = SessionID(1000)
    let peerID = SessionID(2000)
    let expectedCookie = Cookie(0xfedc_ba98_7654_3210 as UInt64)
    let sentCookie = Cookie(0x0123_4567_89ab_cdef as UInt64)

    /// The MTU that Linux gives the session's interface: 1438 over a path of 1500 bytes.
    func interfaceMTU(pathMTU: Int) -> Int? {
        EncapsulationOverhead(encapsulation: .udp, ipVersion: .v4, sentCookieLength: .eight)
            .interfaceMTU(pathMTU: pathMTU)
    }
}
