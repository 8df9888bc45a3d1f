import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import PacketCapture
import Testing

@Suite struct CaptureDecoderTests {
    private static let arp = Frames.ethernet(0x0806, Frames.arp())

    /// What is found in frames, and the decoder that has found it.
    private func find(
        _ frames: [[UInt8]], linkType: LinkType = .ethernet, originalLength: Int? = nil, ports: Set<UInt16> = [],
        check: (Found, borrowing CaptureDecoder) throws -> Void
    ) throws {
        var decoder = CaptureDecoder(Decoder(ports: ports))
        var found = Found()
        for (index, frame) in frames.enumerated() {
            let packet = CapturedPacket(
                number: index + 1, timestamp: Timestamp(nanoseconds: Int64(index)), linkType: linkType,
                originalLength: originalLength, bytes: frame.span)
            decoder.observe(packet, &found)
        }
        try check(found, decoder)
    }

    /// An Ethernet frame with UDP over IPv4 from site a to site b.
    private func frame(
        _ message: [UInt8], ports: (UInt16, UInt16) = (1701, 1701), tags: [(type: UInt16, id: UInt16)] = [],
        from source: Host = .a, to destination: Host = .b
    ) -> [UInt8] {
        Frames.ethernet(
            0x0800,
            Frames.ipv4(
                17, Frames.udp(ports.0, ports.1, message), from: source.address, to: destination.address),
            tags: tags)
    }

    // MARK: - Layers below

    @Test("over UDP and IP, IPv4 and IPv6", arguments: [Encapsulation.udp, .ip], [4, 6])
    func encapsulations(encapsulation: Encapsulation, version: Int) throws {
        let message = try Session(encapsulation: encapsulation).message(Self.arp, number: 5)
        let (number, payload): (UInt8, [UInt8]) =
            encapsulation == .udp ? (17, Frames.udp(1701, 1701, message)) : (115, message)
        let frame =
            version == 4
            ? Frames.ethernet(0x0800, Frames.ipv4(number, payload))
            : Frames.ethernet(0x86DD, Frames.ipv6(number, payload))
        try find([frame]) { found, decoder in
            let data = try #require(found.records.first?.data)
            #expect(data.sessionID == SessionID(1000))
            #expect(data.encapsulation == encapsulation)
            #expect(data.inner?.description == "ARP who-has 10.0.0.2 tell 10.0.0.1")
            #expect(found.offsets == [14 + (version == 4 ? 20 : 40) + (encapsulation == .udp ? 8 : 0)])
            let key = try #require(decoder.decoder.sessions.first?.key)
            #expect(key.source.description == (version == 4 ? "10.0.0.1" : "2001:db8::1"))
            #expect(key.sourcePort == (encapsulation == .udp ? 1701 : 0))
        }
    }

    @Test("VLAN tags outside and inside")
    func vlans() throws {
        let tags: [(type: UInt16, id: UInt16)] = [(0x88A8, 200), (0x8100, 100)]
        for count in 0...2 {
            let inner = Frames.ethernet(0x0806, Frames.arp(), tags: Array(tags.suffix(count)))
            try find([frame(try Session().message(inner), tags: Array(tags.suffix(count)))]) { found, _ in
                let frame = try #require(found.records.first?.data?.inner)
                #expect(frame.vlans == tags.suffix(count).map(\.id))
                #expect(frame.type == 0x0806)
                #expect(found.offsets == [42 + 4 * count])
            }
        }
    }

    @Test("fragments, in order and out of it", arguments: [false, true])
    func fragments(isReversed: Bool) throws {
        let inner = Frames.ethernet(0x0800, Frames.ping(byteCount: 1000))
        let datagram = Frames.udp(1701, 1701, try Session().message(inner))
        var frames = stride(from: 0, to: datagram.count, by: 400).map { start in
            let end = min(start + 400, datagram.count)
            return Frames.ethernet(
                0x0800,
                Frames.ipv4(
                    17, Array(datagram[start..<end]),
                    fragment: UInt16(start / 8) | (end < datagram.count ? 0x2000 : 0), id: 77))
        }
        if isReversed { frames.reverse() }
        try find(frames) { found, decoder in
            #expect(found.records.count == 1)
            #expect(found.records.first?.data?.inner?.byteCount == inner.count)
            #expect(found.records.first?.inner == "IPv4 10.0.0.1 > 10.0.0.2 ICMP echo request seq 1")
            #expect(found.offsets == [nil])
            #expect(decoder.packetCount == 3)
            #expect(decoder.incompleteCount == 0)
        }
        try find(Array(frames.dropLast())) { found, decoder in
            #expect(found.records.isEmpty)
            #expect(decoder.incompleteCount == 1)
        }
    }

    @Test("cut by the snap length: no error, and as much as there is")
    func cut() throws {
        let whole = frame(try Session().message(Frames.ethernet(0x0800, Frames.ping(byteCount: 500))))
        let ports: Set<UInt16> = []
        try find([Array(whole.prefix(100))], originalLength: whole.count, ports: ports) { found, decoder in
            let record = try #require(found.records.first)
            #expect(record.isCut)
            #expect(record.error == nil)
            #expect(record.data?.reading.source == .inferred)
            #expect(record.data?.reading.format == DataFormat())
            #expect(record.inner == "IPv4 10.0.0.1 > 10.0.0.2 ICMP echo request seq 1")
            #expect(decoder.cutCount == 1)
        }
    }

    @Test("fragments that miss or contradict others are told once each")
    func abandonedDatagrams() throws {
        let bytes = [UInt8](repeating: 1, count: 8)
        func fragment(_ bytes: [UInt8], id: UInt16, _ field: UInt16) -> [UInt8] {
            Frames.ethernet(0x0800, Frames.ipv4(17, bytes, fragment: field, id: id))
        }
        var decoder = CaptureDecoder(Decoder())
        var found = Found()
        let frames = [
            fragment(bytes, id: 1, 2), fragment(bytes, id: 1, 4), fragment(bytes, id: 1, 0x2000),
            fragment(bytes, id: 2, 0x2000),
        ]
        for (index, frame) in frames.enumerated() {
            let packet = CapturedPacket(number: index + 1, timestamp: nil, linkType: .ethernet, bytes: frame.span)
            decoder.observe(packet, &found)
            #expect(found.abandoned.count == (index == 0 ? 0 : 1))
        }
        #expect(decoder.incompleteCount == 2)
        decoder.finish(&found)
        #expect(decoder.incompleteCount == 2)
        #expect(found.abandoned.map(\.reason) == [.contradictoryEnd, .captureEnded])
        #expect(found.abandoned.map(\.identification) == [1, 2])
        var nothing = NoSink()
        decoder.finish(&nothing)
    }

    @Test("every datagram that is incomplete at the end is told")
    func manyAbandonedDatagrams() throws {
        var decoder = CaptureDecoder(Decoder())
        var found = Found()
        for id: UInt16 in 0..<5000 {
            let fragment = Frames.ipv4(17, [UInt8](repeating: 1, count: 8), fragment: 0x2000, id: id)
            decoder.observe(
                CapturedPacket(number: Int(id) + 1, timestamp: nil, linkType: .raw, bytes: fragment.span), &found)
        }
        #expect(decoder.incompleteCount == 5000)
        decoder.finish(&found)
        #expect(found.abandoned.map(\.identification) == Array(0..<5000))
    }

    @Test("what the snap length has cut is neither malformed nor something else than L2TP")
    func cutHeaders() throws {
        let whole = frame(try Session().message(Self.arp))
        // Within the IPv4 header, the UDP header, and L2TP's.
        for length in [20, 38, 42, 46] {
            try find([Array(whole.prefix(length))], originalLength: whole.count) { found, decoder in
                #expect(decoder.malformedCount == 0)
                #expect(decoder.cutCount == 1)
                #expect(decoder.decoder.unreadableCount == 0)
                #expect(found.errors.map(\.code) == (length < 42 ? [.cut] : []))
                #expect(found.records.map(\.isUnreadable) == (length < 42 ? [] : [true]))
                #expect(found.records.allSatisfy { $0.isCut && $0.error == nil })
            }
        }
        // What is there is wrong.
        var wrong = whole
        wrong[43] = 7
        try find([Array(wrong.prefix(46))], originalLength: whole.count) { found, decoder in
            #expect(found.records.map(\.error?.code) == [.unsupportedVersion])
            #expect(decoder.decoder.unreadableCount == 1)
        }
    }

    @Test("what is malformed below L2TP is told with its place, and reading goes on")
    func malformedBelow() throws {
        let good = frame(try Session().message(Self.arp))
        var badLength = good
        badLength.replaceSubrange(38..<40, with: [0xFF, 0xFF])
        try find([badLength, Array(good.prefix(20)), good]) { found, decoder in
            #expect(found.errors.map(\.offset) == [good.count, 20])
            #expect(found.errors.map(\.field) == ["UDP Length", "IPv4 header"])
            #expect(decoder.malformedCount == 2)
            #expect(decoder.packetCount == 3)
            #expect(found.records.count == 1)
        }
    }

    @Test("what is not for us is passed over in silence")
    func others() throws {
        let frames = [
            Self.arp, Frames.ethernet(0x0800, Frames.ping()), Frames.ethernet(0x88CC, [1, 2]),
            frame([1, 2, 3], ports: (53, 5353)),
        ]
        try find(frames) { found, decoder in
            #expect(found.records.isEmpty && found.errors.isEmpty && found.encrypted.isEmpty)
            #expect(decoder.packetCount == 4)
            #expect(decoder.malformedCount == 0)
        }
    }

    @Test("messages without headers below them", arguments: [Encapsulation.udp, .ip])
    func bareMessages(encapsulation: Encapsulation) throws {
        let message = try Session(encapsulation: encapsulation).message(Self.arp)
        var decoder = CaptureDecoder(Decoder())
        var found = Found()
        let packet = CapturedPacket(number: 1, timestamp: nil, linkType: .raw, bytes: message.span)
        decoder.observe(message: packet, over: encapsulation, &found)
        #expect(found.records.first?.data?.inner?.kind == .ethernet)
        #expect(found.offsets == [0])
        #expect(decoder.packetCount == 1)
    }

    // MARK: - Ports

    @Test("ports that are given, for source or destination", arguments: [false, true])
    func givenPorts(isAnswer: Bool) throws {
        let ports: (UInt16, UInt16) = isAnswer ? (5000, 6000) : (6000, 5000)
        let frame = frame(try Session().message(Self.arp), ports: ports)
        try find([frame], ports: [5000]) { found, decoder in
            #expect(found.records.count == 1)
            #expect(decoder.decoder.ports.sorted == [1701, 5000])
        }
        try find([frame]) { found, decoder in
            #expect(found.records.isEmpty)
            #expect(decoder.suspected.map(\.packetCount) == [1])
            #expect(decoder.suspected.map(\.destinationPort) == [ports.1])
        }
    }

    @Test("the answer comes from another port than the one that was asked (RFC 2661 §8.1)")
    func learntPorts() throws {
        let data = try Session().message(Self.arp)
        let frames = [
            frame(data, ports: (4000, 7000), from: .b, to: .a),
            frame(try controlMessage(.startControlConnectionRequest), ports: (7000, 1701)),
            frame(try controlMessage(.startControlConnectionReply), ports: (4000, 7000), from: .b, to: .a),
            frame(data, ports: (7000, 4000)),
            frame(data, ports: (4000, 7000), from: .b, to: .a),
            // The same ports of others say nothing.
            frame(data, ports: (4000, 7000), from: Host(address: 1), to: Host(address: 2)),
        ]
        try find(frames) { found, decoder in
            #expect(found.records.count == 4)
            #expect(found.records.compactMap(\.data).count == 2)
            #expect(decoder.suspected.map(\.packetCount) == [2])
            var again = decoder.decoder.rewound()
            #expect(again.ports.sorted == [1701])
            _ = again.read(data)
        }
    }

    @Test("what the first reading has learnt is known to the second")
    func secondReading() throws {
        let data = try Session(cookie: Cookie(0x4000_0001 as UInt32), sublayer: .none).message(Self.arp)
        let frames = [
            frame(data, ports: (4000, 7000), from: .b, to: .a),
            frame(try controlMessage(.hello), ports: (7000, 1701)),
            frame(data, ports: (4000, 7000), from: .b, to: .a), frame(data, ports: (4000, 7000), from: .b, to: .a),
            frame(data, ports: (4000, 7000), from: .b, to: .a),
        ]
        var decoder = CaptureDecoder(Decoder())
        var found = Found()
        for pass in 0..<2 {
            for (index, frame) in frames.enumerated() {
                let packet = CapturedPacket(number: index + 1, timestamp: nil, linkType: .ethernet, bytes: frame.span)
                decoder.observe(packet, &found)
            }
            if pass == 0 {
                #expect(found.records.count == 4)
                decoder = decoder.rewound()
                found = Found()
            }
        }
        #expect(found.records.count == 5)
        #expect(found.records.compactMap(\.data).allSatisfy { $0.reading.format.sublayer == L2SpecificSublayer.none })
        #expect(decoder.packetCount == 5)
        #expect(decoder.suspected.isEmpty)
        #expect(decoder.decoder.sessions.map(\.messageCount) == [4])
    }

    // MARK: - Bystanders

    @Test func encryptedPayload() throws {
        let esp = Frames.ethernet(0x0800, Frames.ipv4(50, [UInt8](repeating: 0xEE, count: 60)))
        let frames = [
            esp, esp,
            frame([UInt8](repeating: 0xEE, count: 40), ports: (4500, 4500)),
            // What sets the encryption up, and what keeps a NAT's memory fresh.
            frame([0, 0, 0, 0] + [UInt8](repeating: 0xEE, count: 40), ports: (4500, 4500)),
            frame([0xFF], ports: (4500, 4500)),
        ]
        try find(frames) { found, decoder in
            #expect(found.records.isEmpty)
            #expect(found.encrypted.map(\.packetCount) == [1, 2, 1])
            #expect(decoder.encrypted.map(\.packetCount) == [2, 1])
            #expect(decoder.encrypted.map(\.byteCount) == [120, 40])
            #expect(decoder.encrypted.map(\.isInUDP) == [false, true])
            #expect(decoder.encrypted.first?.source.description == "10.0.0.1")
        }
    }

    @Test("not everything that begins with a 3 is suspected")
    func suspects() throws {
        let payloads: [([UInt8], Bool)] = [
            ([0, 3, 0, 0, 0, 0, 3, 0xE8, 0, 0, 0, 0], true),
            ([0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], false),
            ([0, 3, 0, 1, 0, 0, 3, 0xE8, 0, 0, 0, 0], false),
            ([0, 3, 0, 0, 0, 0, 3, 0xE8, 0, 0, 0], false),
            ([], false),
        ]
        for (payload, isSuspected) in payloads {
            try find([frame(payload, ports: (5000, 6000))]) { _, decoder in
                #expect(decoder.suspected.isEmpty != isSuspected)
            }
        }
    }

    @Test("more encrypted and suspected flows than are told apart")
    func manyBystanders() throws {
        let suspect: [UInt8] = [0, 3, 0, 0, 0, 0, 3, 0xE8, 0, 0, 0, 0]
        var frames: [[UInt8]] = []
        for number in 1...300 {
            frames.append(frame(suspect, ports: (UInt16(10_000 + number), 6000)))
            frames.append(Frames.ethernet(0x0800, Frames.ipv4(50, suspect, from: UInt32(number))))
        }
        try find(frames) { found, decoder in
            #expect(decoder.suspected.count == 256)
            #expect(decoder.encrypted.count == 256)
            #expect(found.encrypted.count == 256)
        }
    }
}
