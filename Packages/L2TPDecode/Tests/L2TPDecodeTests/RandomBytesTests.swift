import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import PacketCapture
import Testing

/// No bytes make the decoder trap, whatever it has learnt from those before.
@Suite struct RandomBytesTests {
    /// Looks at everything there is of a record.
    private func touch(_ record: MessageRecord) -> Int {
        var sum = record.error?.description.count ?? 0
        for field in record.fields {
            sum += field.offset + field.byteCount
            guard field.offset + field.byteCount <= record.byteCount else {
                Issue.record("\(field) lies behind the end of \(record.byteCount) bytes")
                return 0
            }
            if case .payload(let frame) = field.content { sum += frame.description.count }
        }
        return sum
    }

    @Test func randomMessages() throws {
        var generator = SeededGenerator(for: "RandomBytesTests.randomMessages")
        var decoder = Decoder()
        var sum = 0
        for index in 0..<50_000 {
            var bytes = generator.bytes(Int.random(in: 0...80, using: &generator))
            // Most of what is random is no message at all; so the beginning is often a likely one.
            let starts: [[UInt8]] = [
                [0xC8, 0x03, 0, 60], [0xC8, 0x02, 0, 60], [0, 0, 0, 0, 0xC8, 0x03, 0, 60],
                [0x00, 0x03, 0, 0, 0, 0, 0, 1],
                [0x4B, 0x02, 0, 70], [0, 0, 0, 1], [],
            ]
            let start = starts.randomElement(using: &generator) ?? []
            bytes.replaceSubrange(0..<min(start.count, bytes.count), with: start)
            sum += touch(
                decoder.read(
                    bytes, over: Bool.random(using: &generator) ? .udp : .ip, isCut: Bool.random(using: &generator)))
            if index % 10_000 == 9_999 { decoder = decoder.rewound() }
        }
        #expect(sum > 0)
    }

    /// Messages of which a few bytes are wrong, or the end is missing.
    @Test func damagedMessages() throws {
        var generator = SeededGenerator(for: "RandomBytesTests.damagedMessages")
        let golden = GoldenControlMessage.all.map { (bytes: $0.bytes, encapsulation: $0.encapsulation) }
        var decoder = Decoder()
        var sum = 0
        for _ in 0..<25_000 {
            var (bytes, encapsulation) = golden[Int.random(in: golden.indices, using: &generator)]
            if Bool.random(using: &generator) {
                let session = Session.random(&generator)
                encapsulation = session.encapsulation
                bytes = try session.message(FormatInferenceTests.randomFrame(&generator))
            }
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes.removeLast(Int.random(in: 0...10, using: &generator))
            sum += touch(decoder.read(bytes, over: encapsulation))
        }
        #expect(sum > 0)
    }

    /// Frames of which a few bytes are wrong, or the end is missing, fragments among them.
    @Test func damagedFrames() throws {
        var generator = SeededGenerator(for: "RandomBytesTests.damagedFrames")
        let linkTypes: [LinkType] = [.ethernet, .ethernet, .ethernet, .linuxCooked, .linuxCooked2, .raw]
        var decoder = CaptureDecoder(Decoder(ports: [5000]))
        var found = Found()
        var sum = 0
        for index in 0..<25_000 {
            let message = try Session.random(&generator).message(FormatInferenceTests.randomFrame(&generator))
            let fragment: UInt16 =
                Int.random(in: 0..<4, using: &generator) == 0 ? UInt16.random(in: 0...0x3FFF, using: &generator) : 0
            let numbers: [UInt8] = [17, 17, 115, 50]
            let number = numbers.randomElement(using: &generator) ?? 17
            let payload = number == 17 ? Frames.udp(5000, 6000, message) : message
            var frame =
                Bool.random(using: &generator)
                ? Frames.ethernet(0x0800, Frames.ipv4(number, payload, fragment: fragment))
                : Frames.ethernet(0x86DD, Frames.ipv6(number, payload))
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                frame[Int.random(in: 0..<60, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            let length = frame.count
            frame.removeLast(Int.random(in: 0...min(60, length), using: &generator))
            let packet = CapturedPacket(
                number: index + 1, timestamp: nil, linkType: linkTypes.randomElement(using: &generator) ?? .ethernet,
                originalLength: Bool.random(using: &generator) ? length : nil, bytes: frame.span)
            decoder.observe(packet, &found)
            for record in found.records { sum += touch(record) }
            for error in found.errors { sum += error.description.count }
            found = Found()
        }
        #expect(sum > 0)
        #expect(decoder.packetCount == 25_000)
    }
}
