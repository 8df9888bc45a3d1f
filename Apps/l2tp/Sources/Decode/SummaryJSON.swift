import CommandLineSupport
import L2TPDecode
import L2TPWire
import PacketCapture

/// What was found out about a capture, as one JSON object. The manual documents every key.
struct SummaryJSON {
    /// The object, on one line.
    func text(of capture: borrowing CaptureDecoder) -> String {
        let decoder = capture.decoder
        let encrypted = capture.encrypted
        let suspected = capture.suspected
        let counts: [(JSONKey, Int)] = [
            ("packets", capture.packetCount), ("unreadable", decoder.unreadableCount),
            ("malformed", capture.malformedCount), ("incomplete", capture.incompleteCount),
            ("unsupported", capture.unsupportedCount), ("cut", capture.cutCount), ("uncounted", decoder.uncountedCount),
        ]
        var json = JSONWriter(pretty: false, capacity: 4096)
        json.object { json in
            for (key, count) in counts { json.member(key, count) }
            json.members("control_connections", decoder.controls) { control, json in
                write(control.key, to: &json)
                json.member("messages", control.messageCount)
                json.member("retransmitted", control.retransmissionCount)
                json.member("malformed", control.malformedCount)
                json.members("message_types", control.types) { entry, json in
                    if case .type(let type) = entry.type { json.member("number", type.rawValue) }
                    json.member("name", entry.type.text)
                    json.member("count", entry.count)
                }
            }
            json.members("sessions", decoder.sessions) { write($0, to: &$1) }
            json.members("suspected", suspected) { flow, json in
                json.member("source_port", flow.sourcePort)
                json.member("destination_port", flow.destinationPort)
                json.member("packets", flow.packetCount)
            }
            json.members("encrypted", encrypted) { flow, json in
                json.member("source", flow.source.description)
                json.member("destination", flow.destination.description)
                json.member("encapsulation", flow.isInUDP ? "udp" : "ip")
                json.member("packets", flow.packetCount)
                json.member("bytes", flow.byteCount)
            }
        }
        return json.text + "\n"
    }

    private func write(_ key: FlowKey, to json: inout JSONWriter) {
        json.member("version", key.version.rawValue)
        json.member("source", key.source.description)
        json.member("destination", key.destination.description)
        json.member("encapsulation", key.encapsulation == .udp ? "udp" : "ip")
        if key.encapsulation == .udp {
            json.member("source_port", key.sourcePort)
            json.member("destination_port", key.destinationPort)
        }
        if key.tunnelID.rawValue != 0 || key.sessionID.rawValue == 0 { json.member("tunnel_id", key.tunnelID.rawValue) }
        if key.sessionID.rawValue != 0 { json.member("session_id", key.sessionID.rawValue) }
    }

    private func write(_ session: SessionFlow, to json: inout JSONWriter) {
        write(session.key, to: &json)
        if let name = session.known?.name { json.member("session", name) }
        json.member("messages", session.messageCount)
        json.member("payload_bytes", session.payloadByteCount)
        json.member("malformed", session.malformedCount)
        if session.key.version == .v3, let (format, source) = session.format {
            json.member("cookie_length", format.cookieLength.byteCount)
            json.member("sublayer", format.sublayer.description)
            json.member("format_source", source.rawValue)
            if source == .inferred {
                json.member("plausible", session.inference.result?.plausibleCount ?? 0)
            }
            if let (seeming, plausibleCount) = session.contradiction {
                json.member("contradiction") { json in
                    json.member("cookie_length", seeming.cookieLength.byteCount)
                    json.member("sublayer", seeming.sublayer.description)
                    json.member("plausible", plausibleCount)
                    json.member("messages", session.inference.messageCount)
                }
            }
            json.member("wrong_cookies", session.wrongCookieCount)
            json.member("cookie_changes", session.cookieChangeCount)
        }
        json.member("numbered", session.sequence.messageCount)
        json.member("lost", session.sequence.lostCount)
        json.member("reordered", session.sequence.reorderedCount)
        json.member("duplicated", session.sequence.duplicateCount)
        json.member("restarts", session.sequence.restartCount)
    }
}
