import L2TPDecode
import L2TPWire
import PacketCapture

/// Reads captures twice, as a program does that prints what is in them, and checks what must hold for every message.
///
/// The first byte of the input chooses what is known beforehand, the rest is a capture.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count >= 1 else { return 0 }
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let bytes = Array(input[1...])
    var decoder = CaptureDecoder(Decoder(knownSessions: knownSessions(input[0]), ports: [5000]))
    let packetCount = read(bytes, &decoder)
    check(decoder)
    decoder = decoder.rewound()
    precondition(decoder.packetCount == 0)
    precondition(read(bytes, &decoder) == packetCount, "the second reading has found other packets")
    check(decoder)
    return 0
}

/// A session of each cookie length and sublayer, of any pseudowire type, for any receiver.
private func knownSessions(_ choice: UInt8) -> KnownSessions {
    var sessions = KnownSessions()
    guard choice & 0x80 == 0 else { return sessions }
    let cookies = [nil, Cookie(0x1122_3344 as UInt32), Cookie(0x1122_3344_5566_7788 as UInt64)]
    let cookie = cookies[Int(choice) % 3]
    for id: UInt32 in [1, 2, 3, 100, 1000, 2000] {
        for encapsulation: Encapsulation in [.udp, .ip] {
            sessions.add(
                KnownSession(
                    encapsulation: encapsulation, sessionID: SessionID(id),
                    format: DataFormat(
                        cookieLength: CookieLength(of: cookie) ?? .none, sublayer: choice & 0x40 == 0 ? .default : .none
                    ), cookie: cookie, pseudowireType: PseudowireType(rawValue: UInt16(choice & 0x0F)),
                    source: .configuration))
        }
    }
    return sessions
}

/// Returns how many packets there were before the capture's end or damage.
private func read(_ bytes: [UInt8], _ decoder: inout CaptureDecoder) -> Int {
    var reader = CaptureReader(MemorySource(bytes))
    var sink = CheckingSink()
    do throws(CaptureError) {
        while let packet = try reader.next() { decoder.observe(packet, &sink) }
    } catch {
        precondition(!error.description.isEmpty)
    }
    decoder.finish(&sink)
    precondition(sink.abandonedCount == decoder.incompleteCount, "datagrams given up without a word")
    precondition(sink.malformedCount >= decoder.malformedCount)
    return decoder.packetCount
}

/// Every counter agrees with those that it is a part of.
private func check(_ decoder: borrowing CaptureDecoder) {
    for session in decoder.decoder.sessions {
        precondition(session.messageCount >= session.malformedCount + session.wrongCookieCount)
        precondition(session.sequence.messageCount <= session.messageCount)
        precondition(session.sequence.lostCount >= 0)
    }
    for control in decoder.decoder.controls {
        precondition(control.messageCount >= control.malformedCount)
        precondition(control.messageCount > control.retransmissionCount)
        precondition(control.types.reduce(0) { $0 + $1.count } <= control.messageCount)
    }
}

/// Makes a record of every message, and reads all of it.
private struct CheckingSink: MessageSink {
    var malformedCount = 0
    var abandonedCount = 0
    var isClosed: Bool { false }

    mutating func message(_ datagram: Datagram, _ observation: Observation, in packet: CapturedPacket) {
        let record = MessageRecord(datagram, observation)
        precondition(record.byteCount == datagram.payload.count)
        if let offset = datagram.offset { precondition(offset + record.byteCount <= packet.bytes.count) }
        if let error = record.error {
            precondition((0...record.byteCount).contains(error.offset), "offset outside of the message: \(error)")
            precondition(!error.description.isEmpty)
        }
        for field in record.fields {
            precondition(
                field.offset >= 0 && field.byteCount >= 0 && field.offset + field.byteCount <= record.byteCount,
                "\(field) lies outside of \(record.byteCount) bytes")
            if case .payload(let frame) = field.content { precondition(!frame.description.isEmpty) }
        }
        if case .data(let data) = record.content {
            precondition((data.header == nil) == (data.inner == nil))
            precondition(data.reading.source != .unknown || data.header == nil, "a guess was read")
        }
        if case .control(let control) = record.content {
            precondition(!control.isZeroLengthBody || control.avps.isEmpty)
        }
    }

    mutating func malformed(_ error: LayerError, in packet: CapturedPacket) {
        malformedCount += 1
        precondition(!error.description.isEmpty)
        precondition(error.isReassembled || (0...packet.bytes.count).contains(error.offset))
    }

    mutating func encrypted(_ flow: EncryptedFlow, in packet: CapturedPacket) {
        precondition(flow.packetCount > 0)
    }

    mutating func abandoned(_ datagram: AbandonedDatagram) {
        abandonedCount += 1
        precondition(!datagram.description.isEmpty)
    }
}
