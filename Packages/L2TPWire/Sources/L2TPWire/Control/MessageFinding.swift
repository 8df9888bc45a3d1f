/// Something about a control message that its definition does not allow, although the message could be read.
public struct MessageFinding: Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// An AVP that the message must have is not there.
        case missing
        /// The M bit is not as the definition of the AVP has it; `expected` would be right.
        case mandatoryBit(expected: Bool)
        /// The value is hidden, though the AVP must not be.
        case hidden
        /// A reserved bit of the header is set; a receiver of L2TPv2 has to take the AVP for one of an unknown type
        /// (RFC 2661 §4.1), one of L2TPv3 ignores the bit (RFC 3931 §5.1).
        case reservedBits
        /// The type is unknown, or counts as such, and the M bit set: the receiver has to end the session or control
        /// connection, with error code 8 (RFC 2661 §4.2, RFC 3931 §5.2).
        case unrecognizedMandatory
        /// The message itself is unknown and the M bit of its Message Type set: the receiver has to end the control
        /// connection (RFC 2661 §4.4.1, RFC 3931 §5.4.1).
        case unrecognizedMessage
    }

    /// What is wrong.
    public let kind: Kind
    /// Which AVP.
    public let type: AttributeType
    /// What the AVP is called; nil for a type that the registry does not know.
    public let name: String?
    /// Where the AVP begins, in bytes from the start of the datagram payload; for a missing one, where the message ends.
    public let offset: Int

    /// One line: which AVP, what is wrong, where.
    public var description: String {
        let avp = name ?? "AVP \(type)"
        let text =
            switch kind {
            case .missing: "\(avp) is missing"
            case .mandatoryBit(let expected): "\(avp) has its M bit \(expected ? "clear" : "set")"
            case .hidden: "\(avp) is hidden, which its definition does not allow"
            case .reservedBits: "\(avp) has a reserved bit set"
            case .unrecognizedMandatory: "\(avp) counts as unknown and has its M bit set"
            case .unrecognizedMessage: "the message is unknown and has its M bit set"
            }
        return "\(text), at byte \(offset)"
    }
}

extension ControlMessage {
    /// What about the message its definition does not allow, in the order of the wire, missing AVPs last.
    ///
    /// Values are not looked at. A message without AVPs has no findings; one whose Message Type is a vendor's counts as
    /// unknown. That the first AVP is no Message Type is ``ControlMessage/firstError``.
    ///
    /// - Parameter registry: The attribute types that are known.
    /// - Returns: The findings; none for a message that is as it should be.
    public func findings(registry: AVPRegistry = .standard) -> [MessageFinding] {
        let rules = messageType.flatMap { MessageRules($0, version: version) }
        var findings: [MessageFinding] = []
        var found: Set<AttributeType> = []
        var isFirst = true
        var iterator = avps.makeIterator()
        while let avp = iterator.next() {
            func add(_ kind: MessageFinding.Kind, name: String?) {
                findings.append(MessageFinding(kind: kind, type: avp.type, name: name, offset: avp.offset))
            }
            defer { isFirst = false }
            let entry = registry[avp.type]
            if avp.hasReservedBits {
                add(.reservedBits, name: entry?.name)
                if version == .v2 {
                    if avp.isMandatory { add(.unrecognizedMandatory, name: entry?.name) }
                    continue
                }
            }
            found.insert(avp.type)
            if isFirst, rules == nil, Self.isMessageType(avp) {
                if avp.isMandatory { add(.unrecognizedMessage, name: entry?.name) }
                continue
            }
            guard let entry else {
                if avp.isMandatory { add(.unrecognizedMandatory, name: nil) }
                continue
            }
            let mandatory = isFirst ? rules?.mandatory : nil
            let expected = mandatory ?? entry.mandatory(in: version)
            if !expected.allows(avp.isMandatory) {
                add(.mandatoryBit(expected: expected.preferred), name: entry.name)
            }
            if avp.isHidden, !entry.mayBeHidden { add(.hidden, name: entry.name) }
        }
        let end = Self.headerOffset(over: encapsulation) + bytes.count
        for type in rules?.required ?? [] where !found.contains(type) {
            findings.append(
                MessageFinding(kind: .missing, type: type, name: registry[type]?.name, offset: end))
        }
        return findings
    }
}
