import L2TPWire
import L2TPWireCrypto

/// A control connection of L2TPv3 between hosts a and b, with message digests; what they send goes into a capture.
struct ControlConnection {
    /// One end of it.
    enum Side { case a, b }

    /// What one end has chosen, and how far its messages have come.
    struct End {
        /// Where it is.
        var host: Host
        /// What the peer is to call the control connection.
        var id: TunnelID
        /// Its value of the Control Message Authentication Nonce AVP.
        var nonce: [UInt8]
        /// Whether it has been told the peer's identifier and nonce.
        var knowsPeer = false
        /// The number of its next message.
        var ns = ControlSequenceNumber(0)
    }

    /// What carries the messages.
    let encapsulation: Encapsulation
    /// How message digests are computed.
    let algorithm: DigestAlgorithm
    /// The secret that the ends share.
    let secret: SharedSecret
    /// The ends.
    var a: End
    var b: End
    /// Where the messages go.
    var capture: Capture

    /// Sends a control message with a right message digest.
    ///
    /// - Parameters:
    ///   - type: What it is.
    ///   - side: Who sends it.
    ///   - avps: Appends its AVPs after Message Type and Message Digest.
    /// - Throws: What no control message can say.
    mutating func send(
        _ type: MessageType, from side: Side, _ avps: (inout ControlMessageWriter) throws -> Void = { _ in }
    ) throws {
        let (sender, receiver) = side == .a ? (a, b) : (b, a)
        let header = ControlHeader(
            tunnelID: sender.knowsPeer ? receiver.id : TunnelID(0), ns: sender.ns, nr: receiver.ns,
            encapsulation: encapsulation)
        var writer = ControlMessageWriter(header, type: type)
        try writer.appendMessageDigest(algorithm)
        try avps(&writer)
        let message = try writer.authenticated(
            with: MessageDigestKey(secret), encapsulation: encapsulation,
            nonces: AuthenticationNonces(sender: sender.nonce, receiver: receiver.nonce))
        capture.add(message, over: encapsulation, from: sender.host, to: receiver.host)
        // An explicit acknowledgement does not count up Ns (RFC 3931 §4.2).
        guard type != .acknowledgement else { return }
        let next = ControlSequenceNumber(sender.ns.rawValue &+ 1)
        if side == .a { a.ns = next } else { b.ns = next }
    }

    /// Sends SCCRQ, SCCRP, SCCCN and ACK.
    ///
    /// - Parameter port: The port that b replies from, and uses from then on; nil for the one that a has asked.
    /// - Throws: What no control message can say.
    mutating func establish(repliesFrom port: UInt16? = nil) throws {
        try send(.startControlConnectionRequest, from: .a) { [a] writer in
            try Self.describe(a, "a.example", &writer)
            try writer.append(.receiveWindowSize, 8)
            try writer.append(.vendorName, "l2tp-toolkit")
            try writer.append(.preferredLanguage, "en")
        }
        b.knowsPeer = true
        if let port { b.host.port = port }
        try send(.startControlConnectionReply, from: .b) { [b] writer in try Self.describe(b, "b.example", &writer) }
        a.knowsPeer = true
        try send(.startControlConnectionConnected, from: .a)
        try send(.acknowledgement, from: .b)
    }

    private static func describe(_ end: End, _ name: TextValue, _ writer: inout ControlMessageWriter) throws {
        try writer.append(.hostName, name)
        try writer.append(.routerID, end.id.rawValue)
        try writer.append(.assignedControlConnectionID, end.id)
        try writer.append(.pseudowireCapabilitiesList, [.ethernetVLAN, .ethernet])
        try writer.append(.controlMessageAuthenticationNonce, end.nonce)
    }

    /// Sends StopCCN, which is acknowledged.
    mutating func stop(from side: Side) throws {
        try send(.stopControlConnectionNotification, from: side) { [a, b] writer in
            try writer.append(.resultCode, ResultCodeValue(stop: .shutDown))
            try writer.append(.assignedControlConnectionID, side == .a ? a.id : b.id)
        }
        try send(.acknowledgement, from: side.other)
    }
}

extension ControlConnection.Side {
    /// The peer.
    var other: Self { self == .a ? .b : .a }
}
