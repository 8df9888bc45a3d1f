import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import PacketCapture
import Testing

/// Captures that want too much remembered, or say impossible times: bounded memory, no trap, and so little work for each
/// packet that these tests come to an end.
@Suite struct HostileCaptureTests {
    /// Counts what it takes, and reads the fields of every sixteenth message.
    private struct Counts: MessageSink {
        var messages = 0
        var fields = 0
        var malformed = 0
        var abandoned = 0
        var isClosed: Bool { false }

        mutating func message(_ datagram: Datagram, _ observation: Observation, in _: CapturedPacket) {
            messages += 1
            if messages % 16 == 0 { fields += MessageRecord(datagram, observation).fields.count }
        }

        mutating func malformed(_: LayerError, in _: CapturedPacket) { malformed += 1 }
        mutating func encrypted(_: EncryptedFlow, in _: CapturedPacket) {}
        mutating func abandoned(_: AbandonedDatagram) { abandoned += 1 }
    }

    private func observe(
        _ bytes: [UInt8], at nanoseconds: Int64? = nil, _ decoder: inout CaptureDecoder, _ counts: inout Counts
    ) {
        let time = nanoseconds.map { Timestamp(nanoseconds: $0) }
        let packet = CapturedPacket(
            number: decoder.packetCount + 1, timestamp: time, linkType: .raw, bytes: bytes.span)
        decoder.observe(packet, &counts)
    }

    @Test("more sessions, control connections and places than are remembered, and floods from one place")
    func floods() throws {
        var generator = SeededGenerator(for: "HostileCaptureTests.floods")
        let frame = Frames.ethernet(0x0806, Frames.arp())
        let rounds = Decoder.mostFlows + 500
        var decoder = CaptureDecoder(Decoder())
        var counts = Counts()
        for number in 0..<rounds {
            // A place of its own for each control connection; one identifier for the sessions of all.
            let port = UInt16.random(in: 1024...65_535, using: &generator)
            let request = try controlMessage(
                .incomingCallRequest, tunnelID: UInt32(number),
                ns: UInt16(truncatingIfNeeded: Int.random(in: 0...70_000, using: &generator))
            ) { try $0.append(.localSessionID, SessionID(100)) }
            let flood = try controlMessage(
                MessageType(rawValue: UInt16.random(in: 0...65_535, using: &generator)), tunnelID: 7,
                ns: UInt16.random(in: 0...65_535, using: &generator))
            let data = try Session(id: SessionID(UInt32(number) + 1), sublayer: .none).message(frame)
            let source = UInt32(0x0A00_0000 + number)
            observe(Frames.ipv4(17, Frames.udp(port, 1701, request), from: source), &decoder, &counts)
            observe(Frames.ipv4(17, Frames.udp(1701, 1701, flood)), &decoder, &counts)
            observe(Frames.ipv4(17, Frames.udp(1701, port, data), to: source), &decoder, &counts)
        }
        #expect(counts.messages == decoder.packetCount)
        #expect(decoder.packetCount == 3 * rounds)
        #expect(decoder.decoder.sessions.count == Decoder.mostFlows)
        #expect(decoder.decoder.controls.count == Decoder.mostFlows)
        // Of the flood, one flow, though it is the second of the control connections.
        #expect(decoder.decoder.uncountedCount == 500 + 501)
        let flood = try #require(
            decoder.decoder.controls.first { $0.key.tunnelID == TunnelID(7) && $0.messageCount > 1 })
        #expect(flood.messageCount == rounds)
        #expect(flood.types.count == 64)
        #expect(counts.malformed == 0)
        #expect(counts.fields > counts.messages / 16)
        let again = decoder.rewound()
        #expect(again.packetCount == 0)
    }

    @Test("times at the ends of what 64 bits hold, between fragments that never become whole")
    func times() {
        var generator = SeededGenerator(for: "HostileCaptureTests.times")
        let times: [Int64?] = [.min, .min + 1, -1, 0, 1, .max - 1, .max, nil]
        var decoder = CaptureDecoder(Decoder())
        var counts = Counts()
        for _ in 0..<20_000 {
            // Most come alone; of the others, some overlap and some contradict each other.
            let id = UInt16.random(in: 0...(Bool.random(using: &generator) ? 20 : 65_535), using: &generator)
            let place = UInt16.random(in: 0...6, using: &generator) | (Bool.random(using: &generator) ? 0x2000 : 0)
            let bytes = generator.bytes(8 * Int.random(in: 1...3, using: &generator))
            let fragment = Frames.ipv4(17, bytes, fragment: place, id: id)
            observe(fragment, at: times.randomElement(using: &generator) ?? nil, &decoder, &counts)
        }
        decoder.finish(&counts)
        #expect(decoder.packetCount == 20_000)
        #expect(counts.abandoned > 1000)
        #expect(counts.abandoned == decoder.incompleteCount)
    }
}
