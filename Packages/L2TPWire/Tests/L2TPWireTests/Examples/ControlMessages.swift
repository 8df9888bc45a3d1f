import L2TPWire

/// Answers the request for an Ethernet session over L2TPv3.
///
/// - Parameters:
///   - datagram: The payload of a UDP datagram.
///   - localID: What the peer is to call the session.
///   - header: The header of the answer: the peer's control connection, and our numbers.
/// - Returns: The payload of the UDP datagram to send, and how data messages to the peer are written; nil for a
///   message that is no such request.
/// - Throws: `WireError`, which says what is wrong at which byte.
func answer(
    _ datagram: [UInt8], localID: SessionID, header: ControlHeader
) throws -> (reply: [UInt8], data: DataHeader)? {
    guard case .control(let request) = try Message(parsing: datagram.span, encapsulation: .udp),
        request.messageType == .incomingCallRequest,
        // Nothing is missing, and nothing unknown has its M bit set.
        request.findings().isEmpty,
        try request.avps.value(of: .pseudowireType) == .ethernet,
        let peerID = try request.avps.value(of: .localSessionID)
    else { return nil }

    // What the peer wants to receive; a missing AVP says none.
    let cookie = try request.avps.value(of: .assignedCookie)?.cookie
    let type = try request.avps.value(of: .l2SpecificSublayer) ?? .none
    guard let sublayer = type.sublayer else { return nil }

    var reply = ControlMessageWriter(header, type: .incomingCallReply)
    try reply.append(.localSessionID, localID)
    try reply.append(.remoteSessionID, peerID)
    try reply.append(.circuitStatus, [.active, .new])
    let data = try DataHeader(encapsulation: .udp, sessionID: peerID, cookie: cookie, sublayer: sublayer)
    return (reply.bytes, data)
}

/// Ends a control connection of L2TPv3: a whole message, built from nothing.
///
/// - Parameters:
///   - ours: The identifier that we have assigned to the control connection.
///   - text: Why it ends, for people.
/// - Returns: The payload of the UDP datagram to send.
/// - Throws: `ControlMessageWriter.ValidationError` for a text that is too long.
func stop(ours: TunnelID, text: TextValue) throws -> [UInt8] {
    // The peer knows the control connection as 9; we have sent two messages, and it one.
    let header = ControlHeader(
        tunnelID: TunnelID(9), ns: ControlSequenceNumber(2), nr: .first.successor, encapsulation: .udp)
    var message = ControlMessageWriter(header, type: .stopControlConnectionNotification)
    let error = ResultCodeValue.GeneralError(.insufficientResources, message: text)
    try message.append(.resultCode, ResultCodeValue(stop: .generalError, error: error))
    try message.append(.assignedControlConnectionID, ours)
    return message.bytes
}

/// Says why the peer ends a control connection.
///
/// - Parameter datagram: The payload of a UDP datagram.
/// - Returns: What its result code means, and what it says besides; nil for a message that ends none.
/// - Throws: `WireError`, which says what is wrong at which byte.
func reasonOfEnd(_ datagram: [UInt8]) throws -> String? {
    guard case .control(let message) = try Message(parsing: datagram.span, encapsulation: .udp),
        message.messageType == .stopControlConnectionNotification,
        let result = try message.avps.value(of: .resultCode)
    else { return nil }

    // The same number means something else in a CDN, so the name depends on the message.
    let name = result.name(in: .stopControlConnectionNotification) ?? "result code \(result.resultCode)"
    guard let error = result.error else { return name }
    let code = error.code.name ?? "error code \(error.code.rawValue)"
    // Quoted, for the peer's text may hold what a terminal obeys.
    return "\(name): \(code), \(error.message.description.debugDescription)"
}
