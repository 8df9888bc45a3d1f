import L2TPDecode
import L2TPWire
import PacketCapture

/// What was found out about a capture, a line for each session and control connection.
struct SummaryText {
    /// The lines.
    func text(of capture: borrowing CaptureDecoder) -> String {
        let decoder = capture.decoder
        var lines: [String] = []
        for control in decoder.controls { lines.append(line(of: control)) }
        for session in decoder.sessions {
            lines.append(line(of: session))
            if let text = Self.contradiction(of: session) { lines.append(text) }
        }
        for flow in capture.encrypted {
            lines.append(
                "ESP\(flow.isInUDP ? " in UDP" : "") \(flow.source) > \(flow.destination): "
                    + "\(Self.count(flow.packetCount, "packet")), encrypted, so L2TP in it cannot be seen")
        }
        lines += Self.hints(capture.suspected)
        if decoder.unreadableCount > 0 {
            lines.append("\(Self.count(decoder.unreadableCount, "datagram")) without an L2TP header")
        }
        if capture.incompleteCount > 0 {
            lines.append(
                "\(Self.count(capture.incompleteCount, "datagram")) that could not be put together from fragments")
        }
        if capture.malformedCount > 0 {
            lines.append("\(Self.count(capture.malformedCount, "packet")) with headers that cannot be read")
        }
        if capture.unsupportedCount > 0 {
            lines.append("\(Self.count(capture.unsupportedCount, "packet")) of a link type that is not read")
        }
        if capture.cutCount > 0 { lines.append("\(Self.count(capture.cutCount, "packet")) cut by the capture") }
        if decoder.uncountedCount > 0 {
            lines.append("\(Self.count(decoder.uncountedCount, "message")) of still more sessions")
        }
        lines.append("\(Self.count(capture.packetCount, "packet")) in all")
        return lines.joined(separator: "\n") + "\n"
    }

    /// What to say where what is known of a session does not fit its messages; nil where it may.
    static func contradiction(of session: SessionFlow) -> String? {
        guard let (seeming, plausibleCount) = session.contradiction, let known = session.known else { return nil }
        let name = session.known?.name.map { " \($0)" } ?? ""
        let source = known.source == .configuration ? "configured" : "announced"
        let count = session.inference.messageCount
        return "session \(session.key.sessionID)\(name): with the \(source) cookie "
            + "(\(text(of: known.format.cookieLength))) and sublayer (\(known.format.sublayer)) inner frames are plausible "
            + "by chance at most, with cookie \(text(of: seeming.cookieLength)), sublayer \(seeming.sublayer) "
            + "\(plausibleCount) of \(count): compare cookie and l2spec_type at both ends"
    }

    private static func text(of length: CookieLength) -> String {
        length == .none ? "none" : "\(length) bytes"
    }

    /// What to say of datagrams on ports that nobody has said carry L2TP, once for both directions.
    static func hints(_ flows: [SuspectedFlow]) -> [String] {
        var counts: [(ports: [UInt16], count: Int)] = []
        for flow in flows {
            let ports = [flow.sourcePort, flow.destinationPort].sorted()
            if let index = counts.firstIndex(where: { $0.ports == ports }) {
                counts[index].count += flow.packetCount
            } else {
                counts.append((ports, flow.packetCount))
            }
        }
        return counts.map { ports, number in
            "\(count(number, "UDP datagram")) between ports \(ports[0]) and \(ports[1]) "
                + "\(number == 1 ? "looks" : "look") like L2TPv3: --port \(ports[0]) decodes \(number == 1 ? "it" : "them")"
        }
    }

    private func ends(of key: FlowKey) -> String {
        "\(key.source) > \(key.destination)"
            + (key.encapsulation == .udp ? ", UDP \(key.sourcePort)>\(key.destinationPort)" : ", IP")
    }

    private func line(of control: ControlFlow) -> String {
        let key = control.key
        let name = key.version == .v2 ? "tunnel \(key.tunnelID)" : "control connection \(key.tunnelID)"
        let types = control.types.map { "\($0.type.text) \($0.count)" }.joined(separator: ", ")
        var text = "\(name) (\(ends(of: key))): \(Self.count(control.messageCount, "control message")) (\(types))"
        if control.retransmissionCount > 0 { text += ", \(control.retransmissionCount) sent again" }
        if control.malformedCount > 0 { text += ", \(control.malformedCount) malformed" }
        return text
    }

    private func line(of session: SessionFlow) -> String {
        let key = session.key
        var text = key.version == .v2 ? "tunnel \(key.tunnelID) session \(key.sessionID)" : "session \(key.sessionID)"
        if let name = session.known?.name { text += " \(name)" }
        text += " (\(ends(of: key))): \(Self.count(session.messageCount, "packet"))"
        if key.version == .v3 { text += format(of: session) }
        if session.wrongCookieCount > 0 {
            text += ", \(session.wrongCookieCount) with a cookie that is not the expected one"
        }
        if session.cookieChangeCount > 0 { text += ", cookie changes \(session.cookieChangeCount) times" }
        if session.malformedCount > 0 { text += ", \(session.malformedCount) malformed" }
        return text + losses(of: session)
    }

    private func format(of session: SessionFlow) -> String {
        guard let (format, source) = session.format else {
            return ", cookie and sublayer unknown (no plausible inner frame)"
        }
        var text = ", cookie \(Self.text(of: format.cookieLength))"
        text += ", sublayer \(format.sublayer)"
        switch source {
        case .configuration: text += " (configured)"
        case .control: text += " (from the control messages)"
        case .unknown: break
        case .inferred:
            let inference = session.inference
            let count = inference.result?.plausibleCount ?? 0
            text +=
                " (inferred, \(count) of \(Self.count(inference.messageCount, "inner frame")) plausible)"
        }
        return text
    }

    private func losses(of session: SessionFlow) -> String {
        let sequence = session.sequence
        guard sequence.messageCount > 0 else {
            // What has a wrong cookie is not looked at for a number.
            let isNotNumbered = session.wrongCookieCount + session.malformedCount < session.messageCount
            return (isNotNumbered || session.wrongCookieCount == 0 ? ", not numbered" : "") + ", so loss cannot be seen"
        }
        var parts: [String] = []
        parts.append(sequence.lostCount == 0 ? "no loss seen" : "\(sequence.lostCount) lost")
        if sequence.reorderedCount > 0 { parts.append("\(sequence.reorderedCount) out of order") }
        if sequence.duplicateCount > 0 { parts.append("\(sequence.duplicateCount) twice") }
        if sequence.restartCount > 0 { parts.append("numbers began anew \(sequence.restartCount) times") }
        return ", " + parts.joined(separator: ", ")
    }

    static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}

extension ControlFlow.Kind {
    /// What such messages are called.
    var text: String {
        switch self {
        case .type(let type): type.description
        case .zeroLengthBody: "ZLB"
        case .other: "unknown type"
        case .notCaptured: "type not captured"
        }
    }
}
