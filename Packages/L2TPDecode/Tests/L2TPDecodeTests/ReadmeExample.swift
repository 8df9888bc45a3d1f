import L2TPDecode
import L2TPWire
import PacketCapture

/// Says what L2TP messages are in a capture.
///
/// - Parameters:
///   - bytes: The capture, pcap or pcapng.
///   - sessions: What is known of sessions. Of others, cookie and sublayer are learnt or inferred.
/// - Returns: A line for each message.
/// - Throws: `CaptureError` where the capture is damaged.
func describe(_ bytes: [UInt8], knowing sessions: [KnownSession] = []) throws(CaptureError) -> [String] {
    var known = KnownSessions()
    for session in sessions { known.add(session) }
    var decoder = CaptureDecoder(Decoder(knownSessions: known))

    // What tells how a message is to be read may come behind it, so the capture is read twice.
    var first = CaptureReader(MemorySource(bytes))
    var nothing = NoSink()
    while let packet = try first.next() { decoder.observe(packet, &nothing) }
    decoder = decoder.rewound()

    var second = CaptureReader(MemorySource(bytes))
    var lines = Lines()
    while let packet = try second.next() { decoder.observe(packet, &lines) }
    decoder.finish(&lines)
    return lines.texts
}

private struct Lines: MessageSink {
    var texts: [String] = []
    let isClosed = false

    mutating func message(_ datagram: Datagram, _ observation: Observation, in packet: CapturedPacket) {
        let record = MessageRecord(datagram, observation)
        let text =
            switch record.content {
            case .control(let control) where control.isZeroLengthBody: "ZLB"
            case .control(let control):
                "\(control.messageType?.description ?? "unknown type"), \(control.avps.count) AVPs"
            case .data(let data) where data.reading.source == .unknown:
                "session \(data.sessionID), of unknown cookie and sublayer"
            case .data(let data):
                "session \(data.sessionID), cookie of \(data.reading.format.cookieLength) bytes, sublayer "
                    + "\(data.reading.format.sublayer) (\(data.reading.source.rawValue)): "
                    + (data.inner?.description ?? "nothing")
            case .dataV2(let data): "session \(data.header.sessionID): \(data.inner?.description ?? "nothing")"
            case .unreadable: "no L2TP message"
            }
        texts.append("\(packet.number): \(text)" + (record.error.map { "; \($0)" } ?? ""))
    }

    mutating func malformed(_ error: LayerError, in packet: CapturedPacket) {
        texts.append("\(packet.number): \(error)")
    }

    mutating func encrypted(_ flow: EncryptedFlow, in packet: CapturedPacket) {
        texts.append("\(packet.number): ESP, which may hide L2TP")
    }

    mutating func abandoned(_ datagram: AbandonedDatagram) {
        texts.append("\(datagram)")
    }
}
