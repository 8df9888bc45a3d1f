public import L2TPWire

/// One field of a message: where it lies, what it is called in the RFC, what it says.
public struct MessageField: Sendable {
    /// What a field says.
    public enum Content: Sendable {
        /// What fields of AVPs say too.
        case value(AVPField.Content)
        /// The bits that are set, by their names.
        case bits(names: [String])
        /// A cookie, which is a secret.
        case cookie(Cookie)
        /// The header of an AVP, which the fields of its value follow.
        case avp(AVPRecord)
        /// What the session carries.
        case payload(InnerFrame)
    }

    /// Where it begins, in bytes from the start of the datagram payload.
    public let offset: Int
    /// How many bytes it takes.
    public let byteCount: Int
    /// What the RFC calls it.
    public let name: String
    /// What it says.
    public let content: Content
    /// How deep it lies within other fields: 0 for the fields of the header.
    public let depth: Int

    init(_ name: String, at offset: Int, _ byteCount: Int, _ content: Content, depth: Int = 0) {
        self.name = name
        self.offset = offset
        self.byteCount = byteCount
        self.content = content
        self.depth = depth
    }

    /// A number.
    static func number(
        _ name: String, at offset: Int, _ byteCount: Int, _ number: some BinaryInteger, _ meaning: String? = nil
    ) -> Self {
        Self(name, at: offset, byteCount, .value(.number(UInt64(number), name: meaning)))
    }
}

extension MessageRecord {
    /// Every field that could be read, in the order of the wire.
    public var fields: [MessageField] {
        switch content {
        case .control(let control): control.fields
        case .data(let data): data.fields
        case .dataV2(let data): data.fields
        case .unreadable: []
        }
    }
}

extension ControlRecord {
    /// The header's fields, then each AVP with the fields of its value (RFC 2661 §3.1, RFC 3931 §3.2.1).
    var fields: [MessageField] {
        let start = header.encapsulation == .ip ? 4 : 0
        var fields: [MessageField] = []
        if start > 0 { fields.append(.number("Session ID", at: 0, 4, 0, "control")) }
        fields.append(MessageField("Flags", at: start, 2, .bits(names: flagNames)))
        fields.append(.number("Ver", at: start + 1, 1, header.version.rawValue))
        fields.append(.number("Length", at: start + 2, 2, statedByteCount))
        if let sessionID = header.sessionID {
            fields.append(.number("Tunnel ID", at: start + 4, 2, header.tunnelID.rawValue))
            fields.append(.number("Session ID", at: start + 6, 2, sessionID.rawValue))
        } else {
            fields.append(.number("Control Connection ID", at: start + 4, 4, header.tunnelID.rawValue))
        }
        fields.append(.number("Ns", at: start + 8, 2, header.ns.rawValue))
        fields.append(.number("Nr", at: start + 10, 2, header.nr.rawValue))
        for avp in avps {
            let byteCount = AVP.headerByteCount + avp.value.count
            fields.append(MessageField("AVP", at: avp.offset, byteCount, .avp(avp)))
            for field in avp.fields where !field.name.isEmpty {
                fields.append(
                    MessageField(
                        field.name, at: avp.offset + AVP.headerByteCount + field.offset, field.byteCount,
                        .value(field.content), depth: 1))
            }
        }
        return fields
    }

    /// The bits that are set, those that are reserved as a number.
    private var flagNames: [String] {
        var names: [String] = []
        if flags & 0x8000 != 0 { names.append("T") }
        if flags & 0x4000 != 0 { names.append("L") }
        if flags & 0x0800 != 0 { names.append("S") }
        if header.version == .v2, flags & 0x0200 != 0 { names.append("O") }
        if header.version == .v2, flags & 0x0100 != 0 { names.append("P") }
        let reserved = flags & (header.version == .v2 ? 0x34f0 : 0x37f0)
        if reserved != 0 { names.append("reserved 0x" + String(reserved, radix: 16)) }
        return names
    }
}

extension DataRecord {
    /// The fields up to the payload, and the payload (RFC 3931 §4.1).
    var fields: [MessageField] {
        var fields: [MessageField] = []
        var offset = 0
        if encapsulation == .udp {
            fields.append(MessageField("Flags", at: 0, 2, .bits(names: [])))
            fields.append(.number("Ver", at: 1, 1, 3))
            offset = 4
        }
        fields.append(.number("Session ID", at: offset, 4, sessionID.rawValue))
        offset += 4
        guard let header else { return fields }
        if let cookie = header.cookie {
            fields.append(MessageField("Cookie", at: offset, cookie.byteCount, .cookie(cookie)))
            offset += cookie.byteCount
        }
        if header.sublayer == .default {
            let isNumbered = header.sequenceNumber != nil
            fields.append(MessageField("S bit", at: offset, 1, .value(.flag(isNumbered))))
            if let number = header.sequenceNumber {
                fields.append(.number("Sequence Number", at: offset + 1, 3, number.rawValue))
            }
            offset += 4
        }
        if let inner { fields.append(MessageField("payload", at: offset, inner.byteCount, .payload(inner))) }
        return fields
    }
}

extension DataV2Record {
    /// The fields up to the payload, and the payload (RFC 2661 §3.1).
    var fields: [MessageField] {
        var names: [String] = []
        if header.hasLength { names.append("L") }
        if header.numbers != nil { names.append("S") }
        if header.offsetByteCount != nil { names.append("O") }
        if header.hasPriority { names.append("P") }
        var fields = [MessageField("Flags", at: 0, 2, .bits(names: names)), .number("Ver", at: 1, 1, 2)]
        var offset = 2
        func add(_ name: String, _ number: some BinaryInteger) {
            fields.append(.number(name, at: offset, 2, number))
            offset += 2
        }
        if let statedByteCount { add("Length", statedByteCount) }
        add("Tunnel ID", header.tunnelID.rawValue)
        add("Session ID", header.sessionID.rawValue)
        if let numbers = header.numbers {
            add("Ns", numbers.ns.rawValue)
            add("Nr", numbers.nr.rawValue)
        }
        if let size = header.offsetByteCount { add("Offset Size", size) }
        if let inner { fields.append(MessageField("payload", at: headerByteCount, inner.byteCount, .payload(inner))) }
        return fields
    }
}
