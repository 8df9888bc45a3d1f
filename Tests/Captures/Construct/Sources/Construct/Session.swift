import L2TPWire

/// An Ethernet session of a control connection.
struct Session {
    /// What one end wants to receive.
    struct End {
        /// What the peer is to call the session.
        var id: SessionID
        /// The cookie that the peer is to send; nil for none.
        var cookie: Cookie?
        /// The sublayer that the peer is to send.
        var sublayer = L2SpecificSublayer.default
        /// Whether the peer is to send sequence numbers.
        var isSequenced = false
        /// The number of its own next data message.
        var nextNumber: UInt32 = 0
    }

    /// The ends.
    var a: End
    var b: End

    /// Hosts beyond the ends, whose frames the session carries.
    private static let inside = (
        a: Host(hardwareAddress: [2, 0, 0, 0, 1, 0x0a], address: [10, 0, 0, 1]),
        b: Host(hardwareAddress: [2, 0, 0, 0, 1, 0x0b], address: [10, 0, 0, 2])
    )

    /// Appends the AVPs by which an end names the session.
    ///
    /// - Parameters:
    ///   - side: Which end.
    ///   - knowsPeer: Whether it has been told the peer's identifier.
    ///   - writer: Where to append.
    /// - Throws: What no AVP can say.
    func name(
        by side: ControlConnection.Side, knowsPeer: Bool = true, _ writer: inout ControlMessageWriter
    ) throws {
        let (local, remote) = side == .a ? (a, b) : (b, a)
        try writer.append(.localSessionID, local.id)
        try writer.append(.remoteSessionID, knowsPeer ? remote.id : SessionID(0))
    }

    /// Appends the AVPs by which an end says what it wants to receive.
    ///
    /// - Parameters:
    ///   - side: Which end.
    ///   - withCookie: Whether the cookie is among them, as it is not in ICCN and OCCN (RFC 3931 §5.4.4).
    ///   - writer: Where to append.
    /// - Throws: What no AVP can say.
    func format(
        of side: ControlConnection.Side, withCookie: Bool = true, _ writer: inout ControlMessageWriter
    ) throws {
        let end = side == .a ? a : b
        if withCookie, let cookie = end.cookie { try writer.append(.assignedCookie, AssignedCookie(cookie)) }
        if end.sublayer != .none { try writer.append(.l2SpecificSublayer, L2SpecificSublayerType(end.sublayer)) }
        if end.isSequenced { try writer.append(.dataSequencing, .all) }
    }

    /// Sends an ARP request and its reply, then three echo requests and their replies.
    mutating func exchangeData(over connection: inout ControlConnection) throws {
        let inside = Self.inside
        try send(inside.a.arp(to: inside.b, isReply: false), from: .a, over: &connection)
        try send(inside.b.arp(to: inside.a, isReply: true), from: .b, over: &connection)
        for number: UInt16 in 1...3 {
            try send(inside.a.echo(to: inside.b, isReply: false, number: number), from: .a, over: &connection)
            try send(inside.b.echo(to: inside.a, isReply: true, number: number), from: .b, over: &connection)
        }
    }

    private mutating func send(
        _ frame: [UInt8], from side: ControlConnection.Side, over connection: inout ControlConnection
    ) throws {
        let (sender, receiver) = side == .a ? (a, b) : (b, a)
        let header = try DataHeader(
            encapsulation: connection.encapsulation, sessionID: receiver.id, cookie: receiver.cookie,
            sublayer: receiver.sublayer,
            sequenceNumber: receiver.isSequenced ? SequenceNumber(truncating: sender.nextNumber) : nil)
        let bytes = [UInt8](capacity: header.encodedByteCount) { header.serialize(into: &$0) }
        let (source, destination) =
            side == .a ? (connection.a.host, connection.b.host) : (connection.b.host, connection.a.host)
        connection.capture.add(bytes + frame, over: connection.encapsulation, from: source, to: destination)
        if side == .a { a.nextNumber += 1 } else { b.nextNumber += 1 }
    }
}
