public import L2TPWire

/// A control message whose bytes and meaning are known from elsewhere than the code under test.
public struct GoldenControlMessage: Sendable, CustomStringConvertible {
    /// A short name, unique among the vectors.
    public let name: String
    /// Who says so: sections of RFCs.
    public let source: String
    /// What carries the message.
    public let encapsulation: Encapsulation
    /// L2TPv2 or L2TPv3.
    public let version: ProtocolVersion
    /// The identifier by which the receiver knows the tunnel.
    public let tunnelID: TunnelID
    /// The identifier by which the receiver knows the session; nil in L2TPv3.
    public let sessionID: SessionID?
    /// The number of the message.
    public let ns: ControlSequenceNumber
    /// The number of the message that the sender expects next.
    public let nr: ControlSequenceNumber
    /// What the message is; nil for a zero-length body.
    public let type: MessageType?
    /// The header as hexadecimal text, over IP with the zeros before it.
    public let headerHexadecimal: String
    /// The AVPs in the order of the wire, Message Type among them.
    public let avps: [GoldenAVP]

    init(
        _ name: String, _ source: String, _ encapsulation: Encapsulation, _ version: ProtocolVersion,
        tunnelID: TunnelID, sessionID: SessionID? = nil, ns: ControlSequenceNumber, nr: ControlSequenceNumber,
        type: MessageType?, header: String, avps: [GoldenAVP]
    ) {
        self.name = name
        self.source = source
        self.encapsulation = encapsulation
        self.version = version
        self.tunnelID = tunnelID
        self.sessionID = sessionID
        self.ns = ns
        self.nr = nr
        self.type = type
        headerHexadecimal = header
        self.avps = avps
    }

    /// Every vector.
    public static let all: [GoldenControlMessage] = v2 + v2Extensions + v3 + v3Extensions

    /// The whole message.
    public var bytes: [UInt8] { Hex.parseLiteral(headerHexadecimal) + avps.flatMap(\.bytes) }
    /// The name.
    public var description: String { name }

    /// The header, as the module writes it.
    ///
    /// - Returns: The header.
    /// - Throws: ``ControlHeader/ValidationError`` for a vector that says what no header can.
    public func header() throws(ControlHeader.ValidationError) -> ControlHeader {
        if let sessionID {
            return try ControlHeader(v2TunnelID: tunnelID, sessionID: sessionID, ns: ns, nr: nr)
        }
        return ControlHeader(tunnelID: tunnelID, ns: ns, nr: nr, encapsulation: encapsulation)
    }
}
