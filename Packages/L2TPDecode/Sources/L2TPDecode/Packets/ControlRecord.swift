public import L2TPWire

/// A control message with everything that can be said about it.
public struct ControlRecord: Sendable {
    /// Its header.
    public let header: ControlHeader
    /// What the Length field says.
    public let statedByteCount: Int
    /// The first two bytes: T, L, S, O and P bits and the version.
    public let flags: UInt16
    /// What it is; nil for one without a body, and for one whose body does not begin with a Message Type of the IETF.
    public let messageType: MessageType?
    /// Whether it has no body: an acknowledgement (RFC 2661 §5.8).
    public let isZeroLengthBody: Bool
    /// Its AVPs.
    public let avps: [AVPRecord]
    /// Where it departs from its definition, in the order of the wire, missing AVPs last.
    ///
    /// Nothing is called missing where not all AVPs could be read: if the message is malformed, or the capture has cut
    /// its end off. What is said of the AVPs that could be read holds then too.
    public let findings: [MessageFinding]

    /// A record; `isWhole` says whether all AVPs could be read.
    init(_ message: borrowing ControlMessage, isWhole: Bool, _ registry: AVPRegistry) {
        header = ControlHeader(message)
        statedByteCount = message.statedByteCount
        flags = message.bytes.number16(at: 0)
        messageType = message.messageType
        isZeroLengthBody = message.isZeroLengthBody
        var avps: [AVPRecord] = []
        var iterator = message.avps.makeIterator()
        while let avp = iterator.next() { avps.append(AVPRecord(avp, in: message, registry)) }
        self.avps = avps
        findings = message.findings(registry: registry).filter { isWhole || $0.kind != .missing }
    }
}

/// An AVP with everything that can be said about it.
public struct AVPRecord: Sendable {
    /// Where it lies, in bytes from the start of the datagram payload.
    public let offset: Int
    /// Vendor ID and number.
    public let type: AttributeType
    /// What its definition calls it; nil for a type that is not known.
    public let name: String?
    /// The M bit.
    public let isMandatory: Bool
    /// The H bit.
    public let isHidden: Bool
    /// Whether the value in clear is a secret, as a cookie or a password; of a type that is not known, it is not.
    public let isSecret: Bool
    /// The attribute value as it is on the wire.
    public let value: [UInt8]
    /// What the value says; empty where that cannot be read.
    public let fields: [AVPField]
    /// Why the value cannot be read; nil for one that could, that is hidden, or whose type is not known.
    public let error: WireError?
    /// Whether the receiver must end the session or control connection, since it may not ignore the AVP.
    public let isUnrecognizedMandatory: Bool

    /// The Assigned Cookie of Cisco's L2TPv3 before RFC 3931, a secret although nothing else is known of it.
    private static func isCiscoCookie(_ avp: borrowing AVP) -> Bool { avp.type == AttributeType(5, vendorID: 9) }

    init(_ avp: borrowing AVP, in message: borrowing ControlMessage, _ registry: AVPRegistry) {
        offset = avp.offset
        type = avp.type
        isMandatory = avp.isMandatory
        isHidden = avp.isHidden
        value = [UInt8](parsing: avp.value)
        let entry = registry[avp.type]
        name = entry?.name
        isSecret = entry?.isSecret ?? Self.isCiscoCookie(avp)
        isUnrecognizedMandatory = registry.verdict(on: avp, in: message.version) == .unrecognizedMandatory
        guard let entry, !avp.isHidden else {
            fields = []
            error = nil
            return
        }
        do throws(WireError) {
            fields = try entry.decode(avp.value).fields(in: message.messageType)
            error = nil
        } catch {
            fields = []
            self.error = WireError(error.code, at: error.offset + avp.offset + AVP.headerByteCount, in: error.field)
        }
    }
}
