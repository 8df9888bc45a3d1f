import L2TPDecode
import L2TPWire
import PacketCapture

/// What is said of a message in one line.
struct MessageText {
    /// Whether cookies, and what else is secret, are printed.
    var withCookies = false

    /// What the message is, and what it carries or says.
    func text(of record: MessageRecord) -> String {
        var text: String
        switch record.content {
        case .control(let control): text = self.text(of: control, isCut: record.isCut)
        case .data(let data): text = self.text(of: data)
        case .dataV2(let data): text = self.text(of: data)
        case .unreadable: text = "unreadable, \(record.byteCount) bytes"
        }
        if let error = record.error { text += " ! malformed: \(error)" }
        if record.isCut { text += " [cut by the capture]" }
        return text
    }

    private func text(of control: ControlRecord, isCut: Bool) -> String {
        let header = control.header
        var text =
            header.version == .v2 ? "v2 control tunnel \(header.tunnelID)" : "v3 control connection \(header.tunnelID)"
        if let sessionID = header.sessionID { text += " session \(sessionID)" }
        text += " ns \(header.ns) nr \(header.nr) "
        let other = isCut && control.avps.isEmpty ? "message type not captured" : "message of unknown type"
        text += control.messageType?.description ?? (control.isZeroLengthBody ? "ZLB" : other)
        // Of a Message Type with a reserved bit, too, which is not among the AVPs behind it.
        let isUnrecognized = control.messageType != nil && control.avps.first?.isUnrecognizedMandatory == true
        if isUnrecognized || control.findings.contains(where: { $0.kind == .unrecognizedMessage }) {
            text += " (mandatory, unknown)"
        }
        let avps = control.avps.dropFirst(control.messageType == nil ? 0 : 1)
        if !avps.isEmpty { text += " | " + avps.map(self.text).joined(separator: "; ") }
        let missing = control.findings.filter { $0.kind == .missing }.map { $0.name ?? "AVP \($0.type)" }
        if !missing.isEmpty {
            text += " ! \(missing.joined(separator: ", ")) \(missing.count == 1 ? "is" : "are") missing"
        }
        return text
    }

    /// An AVP's name and value.
    func text(of avp: AVPRecord) -> String {
        "\(avp.name ?? "AVP \(avp.type)") \(value(of: avp))"
            + (avp.isUnrecognizedMandatory ? " (mandatory, unknown)" : "")
    }

    /// What an AVP says.
    func value(of avp: AVPRecord) -> String {
        if avp.isHidden { return "hidden (\(avp.value.count) bytes)" }
        if let error = avp.error { return "! malformed: \(error)" }
        if avp.isSecret, !withCookies { return "\(avp.value.count) bytes" }
        guard !avp.fields.isEmpty else { return avp.value.isEmpty ? "empty" : avp.value.hexadecimal }
        // Of bits, those that are set tell enough.
        let flags: [String]? = avp.fields.reduce(into: []) { names, field in
            guard case .flag(let isSet) = field.content else { return names = nil }
            if isSet { names?.append(field.name) }
        }
        if let flags { return flags.isEmpty ? "none" : flags.joined(separator: " ") }
        // A part that is called as the whole is need not be called so twice.
        let name = avp.name ?? ""
        return avp.fields.map { field in
            let isNamed = !field.name.isEmpty && avp.fields.count > 1 && !name.hasSuffix(field.name)
            return (isNamed ? field.name + " " : "") + text(of: field.content)
        }.joined(separator: ", ")
    }

    /// What a field says.
    func text(of content: AVPField.Content) -> String {
        switch content {
        case .number(let number, name: let name?) where name != String(number): "\(number) (\(name))"
        case .number(let number, name: _): "\(number)"
        case .flag(let isSet): isSet ? "yes" : "no"
        case .text(let text): text.printable
        case .bytes(let bytes): bytes.isEmpty ? "empty" : bytes.hexadecimal
        case .list(let elements): elements.isEmpty ? "empty" : elements.map(text).joined(separator: ", ")
        }
    }

    private func text(of data: DataRecord) -> String {
        var text = "v3 data session \(data.sessionID)"
        if let name = data.reading.name { text += " (\(name))" }
        text += cookie(of: data)
        if let number = data.header?.sequenceNumber, withCookies || !data.mayShowCookie { text += " seq \(number)" }
        switch data.reading.source {
        case .configuration, .control: break
        case .inferred: text += " sublayer \(data.reading.format.sublayer) (inferred)"
        case .unknown: text += " cookie and sublayer unknown"
        }
        guard withCookies || !data.mayShowCookie else {
            return text + (data.reading.mayHideCookie ? " may have a cookie, rest withheld" : "")
        }
        return text + (data.inner.map { " | \($0.description)" } ?? "")
    }

    /// What is said of a cookie, after a blank.
    private func cookie(of data: DataRecord) -> String {
        let cookie = data.header?.cookie
        switch data.reading.cookie {
        case .none:
            return data.reading.source == .inferred ? " cookie none" : ""
        case .matches: return " cookie ok"
        case .unknown:
            return data.header == nil
                ? "" : " cookie " + (cookie.map { withCookies ? $0.hexadecimal : "\($0.byteCount) bytes" } ?? "none")
        case .differs(let expected):
            guard withCookies else { return " cookie is not the expected one, rest withheld" }
            return " cookie \(cookie?.hexadecimal ?? "none"), expected \(expected.hexadecimal)"
        }
    }

    private func text(of data: DataV2Record) -> String {
        var text = "v2 data tunnel \(data.header.tunnelID) session \(data.header.sessionID)"
        if let numbers = data.header.numbers { text += " ns \(numbers.ns) nr \(numbers.nr)" }
        if data.header.hasPriority { text += " priority" }
        return text + (data.inner.map { " | \($0.description)" } ?? " | empty")
    }
}

extension DataRecord {
    /// Whether what is behind the format's cookie may be a part of the cookie: a cookie that is not the expected one may
    /// be longer, and where none is expected there may be one.
    var mayShowCookie: Bool {
        if case .differs = reading.cookie { return true }
        return reading.mayHideCookie
    }
}

extension String {
    /// The same text without what would move the cursor of a terminal, break the line, or turn its direction.
    var printable: String {
        guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
        return unicodeScalars.map { scalar in
            scalar.isUnprintable ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }.joined()
    }
}

extension Unicode.Scalar {
    fileprivate var isUnprintable: Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
    }
}
