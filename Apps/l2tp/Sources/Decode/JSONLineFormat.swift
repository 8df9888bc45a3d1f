import CommandLineSupport
import L2TPDecode
import L2TPWire
import PacketCapture

/// One JSON object a line for each message. The manual documents every key.
struct JSONLineFormat: MessageFormat {
    /// Whether cookies, and what else is secret, are printed.
    var withCookies = false

    func message(_ record: MessageRecord, _ ends: PacketEnds, _ place: PacketPlace) -> String {
        line(place) { json in
            json.member("source", ends.source.description)
            json.member("destination", ends.destination.description)
            json.member("encapsulation", ends.encapsulation == .udp ? "udp" : "ip")
            if ends.encapsulation == .udp {
                json.member("source_port", ends.sourcePort)
                json.member("destination_port", ends.destinationPort)
            }
            if let offset = ends.offset { json.member("offset", offset) }
            json.member("captured_length", record.byteCount)
            switch record.content {
            case .control(let control): write(control, to: &json)
            case .data(let data): write(data, to: &json)
            case .dataV2(let data): write(data, to: &json)
            case .unreadable: break
            }
            if record.isCut { json.member("cut", true) }
            if let error = record.error { write(error, to: &json) }
        }
    }

    func malformed(_ error: LayerError, _ place: PacketPlace) -> String {
        line(place) { json in
            if error.code == .cut { json.member("cut", true) }
            // What the capture has cut off, or has of another link layer, is nobody's mistake.
            json.member([.cut, .unsupportedLinkType].contains(error.code) ? "unreadable" : "malformed") { json in
                json.member("reason", error.code.description)
                json.member("offset", error.offset)
                json.member("field", error.field)
                if let detail = error.detail { json.member("detail", detail) }
                if error.isReassembled { json.member("reassembled", true) }
            }
        }
    }

    func abandoned(_ datagram: AbandonedDatagram, _ place: PacketPlace) -> String {
        line(place) { json in
            json.member("source", datagram.source.description)
            json.member("destination", datagram.destination.description)
            json.member("abandoned", datagram.description)
        }
    }

    func encrypted(_ flow: EncryptedFlow, _ place: PacketPlace) -> String {
        line(place) { json in
            json.member("source", flow.source.description)
            json.member("destination", flow.destination.description)
            json.member("encrypted", flow.isInUDP ? "esp-in-udp" : "esp")
        }
    }

    private func line(_ place: PacketPlace, _ write: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter(pretty: false, capacity: 1024)
        json.object { json in
            json.member("number", place.number)
            if let timestamp = place.timestamp { json.member("time", timestamp.description) }
            write(&json)
        }
        return json.text + "\n"
    }

    private func write(_ error: WireError, to json: inout JSONWriter) {
        json.member("malformed") { json in
            json.member("reason", error.code.description)
            json.member("offset", error.offset)
            json.member("field", error.field)
        }
    }

    // MARK: - Control

    private func write(_ control: ControlRecord, to json: inout JSONWriter) {
        json.member("version", control.header.version.rawValue)
        json.member("type", "control")
        json.member("flags") { json in
            json.member("type", control.flags & 0x8000 != 0)
            json.member("length", control.flags & 0x4000 != 0)
            json.member("sequence", control.flags & 0x0800 != 0)
            if control.header.version == .v2 {
                json.member("offset", control.flags & 0x0200 != 0)
                json.member("priority", control.flags & 0x0100 != 0)
            }
        }
        json.member("length", control.statedByteCount)
        json.member("tunnel_id", control.header.tunnelID.rawValue)
        if let sessionID = control.header.sessionID { json.member("session_id", sessionID.rawValue) }
        json.member("ns", control.header.ns.rawValue)
        json.member("nr", control.header.nr.rawValue)
        if let type = control.messageType {
            json.member("message_type") { json in
                json.member("number", type.rawValue)
                json.member("name", type.description)
            }
        } else {
            json.member("message_type", literal: "null")
        }
        json.members("avps", control.avps) { write($0, to: &$1) }
        if !control.findings.isEmpty { json.members("findings", control.findings) { write($0, to: &$1) } }
    }

    private func write(_ finding: MessageFinding, to json: inout JSONWriter) {
        json.member("kind", finding.kind.key)
        json.member("vendor_id", finding.type.vendorID)
        json.member("type", finding.type.number)
        if let name = finding.name { json.member("name", name) }
        json.member("offset", finding.offset)
        json.member("text", finding.description)
    }

    private func write(_ avp: AVPRecord, to json: inout JSONWriter) {
        json.member("offset", avp.offset)
        json.member("length", AVP.headerByteCount + avp.value.count)
        json.member("mandatory", avp.isMandatory)
        json.member("hidden", avp.isHidden)
        json.member("vendor_id", avp.type.vendorID)
        json.member("type", avp.type.number)
        if let name = avp.name { json.member("name", name) }
        if avp.isUnrecognizedMandatory { json.member("unrecognized_mandatory", true) }
        if let error = avp.error { write(error, to: &json) }
        if avp.isSecret, !withCookies { return }
        json.member("data", avp.value.hexadecimal)
        write(avp.fields, to: &json)
    }

    /// The value of an AVP: of a list an array, of a value with one part only that part, else an object; then what its
    /// numbers are called, in the same form.
    private func write(_ fields: [AVPField], to json: inout JSONWriter) {
        guard let first = fields.first else { return }
        let named = fields.filter { $0.content.names.contains { $0 != nil } }
        if fields.count == 1, first.name.isEmpty {
            write(first, as: "value", to: &json)
            if !named.isEmpty { writeNames(of: first, as: "meaning", to: &json) }
        } else {
            json.member("value") { json in
                for field in fields { write(field, as: key(of: field), to: &json) }
            }
            guard !named.isEmpty else { return }
            json.member("meaning") { json in
                for field in named { writeNames(of: field, as: key(of: field), to: &json) }
            }
        }
    }

    private func key(of field: AVPField) -> JSONKey {
        JSONKey(String(field.name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 }))
    }

    private func writeNames(of field: AVPField, as key: JSONKey, to json: inout JSONWriter) {
        switch field.content {
        case .number(_, let name?): json.member(key, name)
        case .list:
            let names = field.content.names.map { name in
                guard let name else { return "null" }
                var quoted = JSONWriter(pretty: false)
                quoted.element(name)
                return quoted.text
            }
            json.member(key, literal: "[\(names.joined(separator: ","))]")
        default: break
        }
    }

    private func write(_ field: AVPField, as key: JSONKey, to json: inout JSONWriter) {
        switch field.content {
        case .number(let number, _): json.member(key, number)
        case .flag(let isSet): json.member(key, isSet)
        case .text(let text): json.member(key, text)
        case .bytes(let bytes): json.member(key, bytes.hexadecimal)
        // The lists that there are have numbers.
        case .list(let elements):
            json.member(key, elements.compactMap { if case .number(let number, _) = $0 { number } else { nil } })
        }
    }

    // MARK: - Data

    private func write(_ data: DataRecord, to json: inout JSONWriter) {
        json.member("version", 3)
        json.member("type", "data")
        json.member("session_id", data.sessionID.rawValue)
        if let name = data.reading.name { json.member("session", name) }
        json.member("format_source", data.reading.source.rawValue)
        guard data.reading.source != .unknown else { return }
        json.member("cookie_length", data.reading.format.cookieLength.byteCount)
        if withCookies, let cookie = data.header?.cookie { json.member("cookie", cookie.hexadecimal) }
        switch data.reading.cookie {
        case .none, .unknown: break
        case .matches: json.member("cookie_ok", true)
        case .differs(let expected):
            json.member("cookie_ok", false)
            if withCookies { json.member("expected_cookie", expected.hexadecimal) }
        }
        json.member("sublayer", data.reading.format.sublayer.description)
        guard withCookies || !data.mayShowCookie else { return }
        if let number = data.header?.sequenceNumber {
            json.member("sequence_number", number.rawValue)
        } else {
            json.member("sequence_number", literal: "null")
        }
        if let inner = data.inner { write(inner, to: &json) }
    }

    private func write(_ data: DataV2Record, to json: inout JSONWriter) {
        json.member("version", 2)
        json.member("type", "data")
        json.member("flags") { json in
            json.member("type", false)
            json.member("length", data.header.hasLength)
            json.member("sequence", data.header.numbers != nil)
            json.member("offset", data.header.offsetByteCount != nil)
            json.member("priority", data.header.hasPriority)
        }
        if let length = data.statedByteCount { json.member("length", length) }
        json.member("tunnel_id", data.header.tunnelID.rawValue)
        json.member("session_id", data.header.sessionID.rawValue)
        if let numbers = data.header.numbers {
            json.member("ns", numbers.ns.rawValue)
            json.member("nr", numbers.nr.rawValue)
        }
        if let size = data.header.offsetByteCount { json.member("offset_size", size) }
        if let inner = data.inner { write(inner, to: &json) }
    }

    private func write(_ inner: InnerFrame, to json: inout JSONWriter) {
        json.member("inner") { json in
            json.member("kind", inner.kind.rawValue)
            json.member("length", inner.byteCount)
            if let source = inner.source { json.member("source", source) }
            if let destination = inner.destination { json.member("destination", destination) }
            if inner.kind == .ethernet { json.member("vlans", inner.vlans) }
            if let type = inner.type { json.member(inner.kind == .ppp ? "protocol" : "ethertype", type) }
            json.member("description", inner.description)
        }
    }
}

extension MessageFinding.Kind {
    /// What it is called in JSON.
    fileprivate var key: String {
        switch self {
        case .missing: "missing"
        case .mandatoryBit: "mandatory_bit"
        case .hidden: "hidden"
        case .reservedBits: "reserved_bits"
        case .unrecognizedMandatory: "unrecognized_mandatory"
        case .unrecognizedMessage: "unrecognized_message"
        }
    }
}

extension AVPField.Content {
    /// What its numbers are called, nil for each that has no name.
    fileprivate var names: [String?] {
        switch self {
        case .number(_, let name): [name]
        case .list(let elements): elements.flatMap(\.names)
        case .flag, .text, .bytes: []
        }
    }
}
