import L2TPDecode
import L2TPWire
import PacketCapture

/// Every field of each message, with its place.
struct VerboseFormat: MessageFormat {
    var messageText: MessageText

    func message(_ record: MessageRecord, _ ends: PacketEnds, _ place: PacketPlace) -> String {
        let whereabouts = ends.offset.map { "at byte \($0) of the frame" } ?? "put together from fragments"
        var text =
            "\(place.number) \(place.seconds) \(ends.text) \(messageText.text(of: record))\n"
            + "    L2TP, \(record.byteCount) bytes, \(whereabouts)\n"
        for field in fields(of: record) {
            let indent = String(repeating: "  ", count: field.depth)
            text += "  \(padded(field.offset))  \(indent)\(line(of: field))\n"
        }
        if case .control(let control) = record.content {
            for finding in control.findings { text += "    ! \(finding)\n" }
        }
        return text
    }

    func malformed(_ error: LayerError, _ place: PacketPlace) -> String {
        LineFormat(messageText: messageText).malformed(error, place)
    }

    func abandoned(_ datagram: AbandonedDatagram, _ place: PacketPlace) -> String {
        LineFormat(messageText: messageText).abandoned(datagram, place)
    }

    func encrypted(_ flow: EncryptedFlow, _ place: PacketPlace) -> String {
        LineFormat(messageText: messageText).encrypted(flow, place)
    }

    /// The fields that may be shown: none behind a cookie that may be longer than it is read as.
    private func fields(of record: MessageRecord) -> ArraySlice<MessageField> {
        let fields = record.fields
        guard case .data(let data) = record.content, data.mayShowCookie, !messageText.withCookies else {
            return fields[...]
        }
        let last = fields.lastIndex { field in
            if case .cookie = field.content { return true }
            return field.name == "Session ID"
        }
        return fields.prefix(through: last ?? 0)
    }

    private func line(of field: MessageField) -> String {
        switch field.content {
        case .value(let content):
            return "\(field.name): \(messageText.text(of: content))"
        case .bits(let names):
            return "\(field.name): " + (names.isEmpty ? "none" : names.joined(separator: " "))
        case .cookie(let cookie):
            return "\(field.name): " + (messageText.withCookies ? cookie.hexadecimal : "\(cookie.byteCount) bytes")
        case .avp(let avp):
            let bits = (avp.isMandatory ? ["M"] : []) + (avp.isHidden ? ["H"] : [])
            return
                "AVP \(avp.type) \(avp.name ?? "unknown")\(bits.isEmpty ? "" : " [\(bits.joined(separator: " "))]"), "
                + "\(field.byteCount) bytes: \(messageText.value(of: avp))"
        case .payload(let inner):
            var text = "payload, \(inner.byteCount) bytes: "
            if let source = inner.source, let destination = inner.destination {
                text += "Ethernet \(source) > \(destination) "
            }
            return text + inner.description
        }
    }

    /// An offset, right-aligned.
    private func padded(_ offset: Int) -> String {
        let digits = String(offset)
        return String(repeating: " ", count: max(0, 4 - digits.count)) + digits
    }
}
