/// Which AVPs a control message must and may have (RFC 2661 §6, RFC 3931 §6, and the documents that add messages).
public struct MessageRules: Sendable {
    /// What the message must have, Message Type left out.
    public let required: [AttributeType]
    /// What it may have besides, as far as the documents of the standard registry say; others are no mistake.
    public let optional: [AttributeType]
    /// What its definition says of the M bit of Message Type.
    public let mandatory: MandatoryBit

    /// The rules for a message; nil for one that this module does not know.
    ///
    /// - Parameters:
    ///   - type: What the message is.
    ///   - version: The version of the protocol that its header tells.
    public init?(_ type: MessageType, version: ProtocolVersion) {
        guard let row = (version == .v2 ? Self.v2 : Self.v3)[type] ?? Self.extensions[type] else { return nil }
        required = row.required.map { AttributeType($0) }
        optional = (row.optional + (version == .v2 ? [36] : [36, 59, 58])).map { AttributeType($0) }
        mandatory = row.mandatory
    }

    /// What the definition of a message says of the M bit of Message Type; that it should be set for an unknown one.
    @usableFromInline
    static func mandatoryBit(of type: MessageType) -> MandatoryBit {
        // Those of the tables `v2` and `v3` are not looked up there, for every message that is written asks.
        switch type.rawValue {
        case 1...4, 6...12, 14...16, 20: .must(true)
        default: extensions[type]?.mandatory ?? .should(true)
        }
    }

    /// A line of the tables: numbers of the IETF's attributes.
    private struct Row {
        var required: [UInt16] = []
        var optional: [UInt16] = []
        var mandatory = MandatoryBit.must(true)
    }

    /// RFC 2661 §6; the optional ones include those of RFC 3145, 3301, 3308, 3437, 3573, 3817, 4045, 4951, 5515 and 9601.
    private static let v2: [MessageType: Row] = [
        .startControlConnectionRequest: Row(
            required: [2, 7, 3, 9], optional: [4, 10, 11, 5, 6, 8, 47, 53, 56, 57, 76, 77, 80, 93, 103]),
        .startControlConnectionReply: Row(
            required: [2, 3, 7, 9], optional: [4, 6, 8, 10, 11, 13, 47, 53, 56, 57, 76, 78, 80, 93, 103]),
        .startControlConnectionConnected: Row(optional: [13]),
        .stopControlConnectionNotification: Row(required: [9, 1]),
        .hello: Row(),
        .incomingCallRequest: Row(required: [14, 15], optional: [18, 25, 22, 21, 23, 42, 43, 44, 45, 48, 55, 98]),
        .incomingCallReply: Row(required: [14], optional: [48, 55]),
        .incomingCallConnected: Row(
            required: [24, 19], optional: [26, 27, 28, 29, 30, 31, 32, 33, 37, 38, 39, 49, 50, 55]),
        .outgoingCallRequest: Row(
            required: [14, 15, 16, 17, 18, 19, 21], optional: [23, 40, 41, 42, 43, 48]),
        .outgoingCallReply: Row(required: [14], optional: [25, 45, 48]),
        .outgoingCallConnected: Row(required: [24, 19], optional: [38, 39, 49, 50]),
        .callDisconnectNotify: Row(required: [1, 14], optional: [12, 46, 55]),
        .wanErrorNotify: Row(required: [34]),
        .setLinkInfo: Row(required: [35], optional: [51, 52]),
    ]

    /// RFC 3931 §6; the optional ones include those of RFC 3308, 3817, 4454, 4591, 4623, 4667, 4720, 4951, 5085, 5515,
    /// 5611, 6073, 7886 and 9601.
    private static let v3: [MessageType: Row] = [
        .startControlConnectionRequest: Row(
            required: [7, 60, 61, 62], optional: [73, 5, 8, 10, 72, 47, 56, 57, 76, 77, 93, 103]),
        .startControlConnectionReply: Row(
            required: [7, 60, 61, 62], optional: [73, 8, 10, 72, 47, 56, 57, 76, 78, 93, 103]),
        .startControlConnectionConnected: Row(),
        .stopControlConnectionNotification: Row(required: [1], optional: [61]),
        .hello: Row(),
        .incomingCallRequest: Row(
            required: [63, 64, 15, 68, 66, 71],
            optional: [65, 5, 69, 70, 74, 75, 25, 48, 55, 98] + pseudowires + [89, 90, 99]),
        .incomingCallReply: Row(
            required: [63, 64, 71], optional: [65, 69, 70, 74, 75, 25, 48, 55] + pseudowires),
        .incomingCallConnected: Row(required: [63, 64], optional: [69, 70, 74, 75, 71, 55, 85, 92]),
        .outgoingCallRequest: Row(
            required: [63, 64, 15, 68, 66, 71], optional: [65, 74, 75, 5, 69, 70, 48] + pseudowires + [99]),
        .outgoingCallReply: Row(required: [63, 64, 71], optional: [65, 69, 74, 75, 70, 25, 48] + pseudowires),
        .outgoingCallConnected: Row(required: [63, 64], optional: [69, 74, 75, 70, 71]),
        .callDisconnectNotify: Row(required: [1, 63, 64], optional: [55]),
        .wanErrorNotify: Row(required: [63, 64, 34]),
        .setLinkInfo: Row(required: [63, 64], optional: [71, 86, 87, 88]),
        .acknowledgement: Row(),
    ]

    /// What the documents about kinds of pseudowire add to requests and replies.
    private static let pseudowires: [UInt16] = [85, 86, 87, 91, 92, 94, 95, 96, 100, 101, 102]

    /// The messages of RFC 3573, 3817, 4045, 4951 and 5515.
    private static let extensions: [MessageType: Row] = [
        .modemStatus: Row(required: [54], mandatory: .must(false)),
        .serviceRelayRequest: Row(optional: [55], mandatory: .should(false)),
        .serviceRelayReply: Row(optional: [55], mandatory: .should(false)),
        .failoverSessionQuery: Row(required: [79], mandatory: .should(true)),
        .failoverSessionResponse: Row(required: [79], mandatory: .should(true)),
        .multicastSessionRequest: Row(required: [14], optional: [17], mandatory: .must(false)),
        .multicastSessionResponse: Row(required: [14], mandatory: .must(false)),
        .multicastSessionEstablishment: Row(optional: [39], mandatory: .must(false)),
        .multicastSessionInformation: Row(optional: [81, 82, 83, 84], mandatory: .must(false)),
        .multicastSessionEndNotify: Row(required: [1, 14], mandatory: .must(false)),
        .connectSpeedUpdateNotification: Row(required: [97], mandatory: .should(false)),
        .connectSpeedUpdateRequest: Row(required: [97], mandatory: .should(false)),
    ]
}
