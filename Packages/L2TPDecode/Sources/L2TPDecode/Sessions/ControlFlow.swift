public import L2TPWire

/// What has been seen of a control connection in one direction.
public struct ControlFlow: Sendable {
    /// What a control message is, as far as its first AVP tells.
    public enum Kind: Hashable, Sendable {
        /// It begins with a Message Type of the IETF.
        case type(MessageType)
        /// A zero-length body: the header alone, which acknowledges (RFC 2661 §5.8).
        case zeroLengthBody
        /// It has a body that begins otherwise: with a vendor's type of message, or with what cannot be read.
        case other
        /// The capture cuts it off before its type.
        case notCaptured
    }

    /// Tells the tunnels apart that are being set up, while their messages have no identifier of the receiver's yet.
    private struct SetUp: Equatable {
        var type: MessageType
        var assignedID: TunnelID
    }

    /// The most types that are counted, and the most set-ups that are remembered.
    private static let mostTypes = 64
    private static let mostSetUps = 16

    /// Which messages these are; the session identifier is 0.
    public let key: FlowKey
    /// Control messages, acknowledgements included.
    public private(set) var messageCount = 0
    /// Messages that are not whole or well-formed.
    public private(set) var malformedCount = 0
    /// Messages that were sent again: their Ns had come before, among the last 64. In messages to tunnel identifier 0,
    /// which may be of different tunnels, the identifiers that they assign are compared instead.
    public var retransmissionCount: Int { numbers.duplicateCount + repeatedSetUpCount }
    /// How many messages there were of each kind, in the order of their first ones.
    public private(set) var types: [(type: Kind, count: Int)] = []
    /// Which Ns have come.
    private var numbers = SequenceTracker.bits16()
    private var setUps: [SetUp] = []
    private var repeatedSetUpCount = 0

    init(_ key: FlowKey) {
        self.key = key
    }

    mutating func add(_ message: borrowing ControlMessage, isCut: Bool) {
        messageCount += 1
        if !isCut, message.firstError != nil { malformedCount += 1 }
        let kind = Kind(message, isCut: isCut)
        count(kind)
        // Acknowledgements do not count up Ns (RFC 2661 §5.8, RFC 3931 §4.2).
        guard kind != .zeroLengthBody, kind != .type(.acknowledgement) else { return }
        if key.tunnelID.rawValue == 0 { addSetUp(message) } else { numbers.add(UInt32(message.ns.rawValue)) }
    }

    private mutating func count(_ kind: Kind) {
        if let index = types.firstIndex(where: { $0.type == kind }) {
            types[index].count += 1
        } else if types.count < Self.mostTypes {
            types.append((kind, 1))
        }
    }

    private mutating func addSetUp(_ message: borrowing ControlMessage) {
        guard let type = message.messageType, let id = Self.assignedID(in: message) else { return }
        let setUp = SetUp(type: type, assignedID: id)
        guard !setUps.contains(setUp) else {
            repeatedSetUpCount += 1
            return
        }
        if setUps.count == Self.mostSetUps { setUps.removeFirst() }
        setUps.append(setUp)
    }

    /// The identifier that the sender wants to be called by; nil where it is missing or hidden.
    private static func assignedID(in message: borrowing ControlMessage) -> TunnelID? {
        message.version == .v2
            ? (try? message.avps.value(of: .assignedTunnelID)).map { TunnelID(UInt32($0)) }
            : try? message.avps.value(of: .assignedControlConnectionID)
    }
}

extension ControlFlow.Kind {
    init(_ message: borrowing ControlMessage, isCut: Bool) {
        if let type = message.messageType {
            self = .type(type)
        } else if message.isZeroLengthBody {
            self = .zeroLengthBody
        } else {
            self = isCut && message.avps.isEmpty ? .notCaptured : .other
        }
    }
}

extension ControlMessage {
    /// Whether the message is its header alone, and says so.
    var isZeroLengthBody: Bool { statedByteCount == ControlMessage.headerByteCount && avps.isEmpty }
}
