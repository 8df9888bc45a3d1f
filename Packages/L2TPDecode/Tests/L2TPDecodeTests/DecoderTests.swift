import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct DecoderTests {
    private static let arp = Frames.ethernet(0x0806, Frames.arp())
    private static let cookie = Cookie(0x1122_3344 as UInt32)

    /// Session 1000 to site b over UDP, with a cookie.
    private func configured(
        receiver: Host? = .b, receiverPort: UInt16? = 6000, cookie: Cookie? = cookie
    ) -> KnownSessions {
        var sessions = KnownSessions()
        sessions.add(
            KnownSession(
                encapsulation: .udp, receiver: receiver?.networkAddress, receiverPort: receiverPort,
                sessionID: SessionID(1000),
                format: DataFormat(cookieLength: CookieLength(of: cookie) ?? .none, sublayer: .default), cookie: cookie,
                name: "lan", source: .configuration))
        return sessions
    }

    // MARK: - Cookies

    @Test func cookieVerdicts() throws {
        var decoder = Decoder(knownSessions: configured())
        let right = Session(cookie: Self.cookie)
        let wrong = Session(cookie: Cookie(0x1122_3345 as UInt32))
        func verdict(_ session: Session, to host: Host = Host.b.port(6000)) throws -> CookieVerdict? {
            decoder.read(try session.message(Self.arp), to: host).data?.reading.cookie
        }
        #expect(try verdict(right) == .matches)
        #expect(try verdict(wrong) == .differs(expected: Self.cookie))
        #expect(decoder.sessions.map(\.wrongCookieCount) == [1])
        // Inferred, hence unknown; a change is noticed.
        #expect(try verdict(right, to: .a) == .unknown)
        #expect(try verdict(wrong, to: .a) == .unknown)
        #expect(try verdict(wrong, to: .a) == .unknown)
        #expect(decoder.sessions.map(\.cookieChangeCount) == [0, 1])
        var other = Decoder(knownSessions: configured(cookie: nil))
        let data = other.read(try Session().message(Self.arp), to: Host.b.port(6000)).data
        #expect(data?.reading.cookie == CookieVerdict.none)
    }

    @Test("whom and where to, as far as it is known", arguments: [Host?.none, .b], [UInt16?.none, 6000])
    func knownReceivers(receiver: Host?, port: UInt16?) throws {
        var decoder = Decoder(knownSessions: configured(receiver: receiver, receiverPort: port))
        let message = try Session(cookie: Self.cookie).message(Self.arp)
        for destination in [Host.b.port(6000), .b.port(6001), .a.port(6000)] {
            let isMeant =
                (receiver == nil || receiver?.address == destination.address)
                && (port == nil || port == destination.port)
            let data = decoder.read(message, to: destination).data
            #expect((data?.reading.source == .configuration) == isMeant)
        }
        let overIP = try Session(encapsulation: .ip, cookie: Self.cookie).message(Self.arp)
        #expect(decoder.read(overIP, to: .b, over: .ip).data?.reading.source == .inferred)
    }

    // MARK: - What is known and does not fit

    @Test("of a message with a wrong cookie the number is none of the session's")
    func numbersWithWrongCookies() throws {
        var decoder = Decoder(knownSessions: configured())
        for (cookie, number) in [(Self.cookie, 5), (Cookie(0 as UInt32), 5), (Self.cookie, 6)] as [(Cookie, UInt32)] {
            _ = decoder.read(try Session(cookie: cookie).message(Self.arp, number: number), to: Host.b.port(6000))
        }
        let flow = try #require(decoder.sessions.first)
        #expect(flow.wrongCookieCount == 1)
        #expect(flow.sequence.messageCount == 2)
        #expect(flow.sequence.duplicateCount == 0)
    }

    /// Each format is known where each is sent; one that puts the frame at the same place is not told from it.
    @Test(arguments: Session.all().indices) func contradiction(sent: Int) throws {
        let sent = Session.all()[sent]
        func byteCount(_ format: DataFormat) -> Int { format.headerByteCount(over: .udp) }
        for known in Session.all() {
            var sessions = KnownSessions()
            sessions.add(
                KnownSession(encapsulation: .udp, sessionID: sent.id, format: known.format, source: .configuration))
            var decoder = Decoder(knownSessions: sessions)
            for pass in 0..<2 {
                for _ in 0..<100 { _ = decoder.read(try sent.message(Self.arp)) }
                let flow = try #require(decoder.sessions.first)
                let contradiction = flow.contradiction
                if byteCount(known.format) == byteCount(sent.format) {
                    #expect(contradiction == nil)
                } else {
                    #expect(contradiction?.format == sent.format, "\(known.format) in pass \(pass)")
                    #expect(contradiction?.plausibleCount == 64)
                    #expect(flow.inference.messageCount == 64)
                }
                decoder = decoder.rewound()
            }
        }
    }

    @Test("frames that nobody knows contradict nothing")
    func noContradiction() throws {
        var decoder = Decoder(knownSessions: configured())
        let frame = Frames.ethernet(0x1234, [UInt8](repeating: 0xAA, count: 60))
        for _ in 0..<10 { _ = decoder.read(try Session(cookie: Self.cookie).message(frame), to: Host.b.port(6000)) }
        #expect(decoder.sessions.first?.contradiction == nil)
        // Nor does anything where nothing is known.
        _ = decoder.read(try Session().message(Self.arp), to: .a)
        #expect(decoder.sessions.last?.contradiction == nil)
    }

    // MARK: - Sessions

    @Test func countsOfASession() throws {
        var decoder = Decoder()
        let session = Session(cookie: Self.cookie)
        for number: UInt32 in [1, 2, 4, 3, 3, 9] { _ = decoder.read(try session.message(Self.arp, number: number)) }
        _ = decoder.read(try session.message(Self.arp), from: .b, to: .a)
        let (there, back) = (try #require(decoder.sessions.first), try #require(decoder.sessions.last))
        #expect(decoder.sessions.count == 2)
        #expect(there.messageCount == 6)
        #expect(there.payloadByteCount == 6 * Self.arp.count)
        #expect(there.inference.result?.plausibleCount == 6)
        #expect(there.sequence.lostCount == 4)
        #expect(there.sequence.reorderedCount == 1)
        #expect(there.sequence.duplicateCount == 1)
        #expect(back.sequence.messageCount == 0)
        #expect(back.format?.1 == .inferred)
    }

    @Test("where nothing is known and nothing can be inferred, no byte is taken for a cookie, a number or a frame")
    func unknownFormat() throws {
        var decoder = Decoder()
        for number in 0..<10 {
            let message = try Session(cookie: Self.cookie).message(
                [UInt8](repeating: 1, count: 40), number: UInt32(number * 100))
            let record = decoder.read(message)
            let data = try #require(record.data)
            #expect(data.reading.source == .unknown)
            #expect(data.reading.source.rawValue == "unknown")
            #expect(data.reading.cookie == .unknown)
            #expect(data.header == nil)
            #expect(data.inner == nil)
            #expect(record.error == nil)
            #expect(record.fields.map(\.name) == ["Flags", "Ver", "Session ID"])
        }
        let flow = try #require(decoder.sessions.first)
        #expect(flow.messageCount == 10)
        #expect(flow.sequence.messageCount == 0)
        #expect(flow.payloadByteCount == 0)
        #expect(flow.lastCookie == nil)
        #expect(flow.format == nil)
    }

    @Test("what was read in a way that turns out to be wrong does not count")
    func cookieLikeSublayer() throws {
        var decoder = Decoder()
        let session = Session(cookie: Cookie(0x4000_0001 as UInt32), sublayer: .none)
        for _ in 0..<5 { _ = decoder.read(try session.message(Self.arp)) }
        #expect(decoder.sessions.first?.format?.0 == session.format)
        #expect(decoder.sessions.map(\.sequence.messageCount) == [0])
        #expect(decoder.sessions.map(\.cookieChangeCount) == [0])
    }

    @Test("too short for its header: malformed, unless the capture has cut it", arguments: [false, true])
    func tooShort(isCut: Bool) throws {
        var decoder = Decoder(knownSessions: configured())
        let message = Array(try Session(cookie: Self.cookie).message([]).dropLast())
        let record = decoder.read(message, to: Host.b.port(6000), isCut: isCut)
        #expect(record.error == (isCut ? nil : WireError(.truncated, at: 15, in: "L2-Specific Sublayer")))
        #expect(record.isCut == isCut)
        #expect(record.data?.header == nil)
        #expect(record.data?.inner == nil)
        #expect(decoder.sessions.map(\.malformedCount) == [isCut ? 0 : 1])
    }

    @Test("an earlier reading tells how the first messages are to be read")
    func secondReading() throws {
        let session = Session(cookie: Self.cookie, sublayer: .none)
        let unclear = try session.message([1, 2, 3])
        let clear = try session.message(Self.arp)
        var decoder = Decoder()
        #expect(decoder.read(unclear).data?.reading.source == .unknown)
        for _ in 0..<4 { _ = decoder.read(clear) }
        decoder = decoder.rewound()
        #expect(decoder.sessions.isEmpty)
        let data = try #require(decoder.read(unclear).data)
        #expect(data.reading.source == .inferred)
        #expect(data.reading.format == session.format)
        #expect(data.header?.cookie == Self.cookie)
        for _ in 0..<4 { _ = decoder.read(clear) }
        #expect(decoder.sessions.first?.inference.messageCount == 5)
        #expect(decoder.sessions.first?.inference.result?.plausibleCount == 4)
    }

    @Test("more sessions than are told apart")
    func limit() throws {
        var decoder = Decoder(knownSessions: configured())
        for number in 1...UInt32(Decoder.mostFlows) + 5 {
            let record = decoder.read(try Session(id: SessionID(number)).message([]))
            #expect(record.data != nil)
        }
        #expect(decoder.sessions.count == Decoder.mostFlows)
        #expect(decoder.uncountedCount == 5)
        // Those that are known are counted on.
        _ = decoder.read(try Session(id: SessionID(1)).message([]))
        #expect(decoder.sessions.first?.messageCount == 2)
        // Further ones are read like any other: by what is known, else by what they carry.
        let session = Session(cookie: Self.cookie)
        let known = try #require(decoder.read(try session.message([1, 2, 3]), to: Host.b.port(6000)).data)
        #expect(known.reading.source == .configuration)
        #expect(known.reading.cookie == .matches)
        #expect(known.header?.cookie == Self.cookie)
        let inferred = try #require(decoder.read(try session.message(Self.arp), to: Host.b.port(6001)).data)
        #expect(inferred.reading.source == .inferred)
        #expect(inferred.inner?.kind == .ethernet)
        #expect(decoder.read(try session.message([1]), to: Host.b.port(6001)).data?.header == nil)
        #expect(decoder.sessions.count == Decoder.mostFlows)
        #expect(decoder.uncountedCount == 8)
    }

    @Test func limitOfControlConnections() throws {
        var decoder = Decoder()
        for number in 0..<UInt32(Decoder.mostFlows) + 3 {
            _ = decoder.read(try controlMessage(.hello, tunnelID: number))
        }
        #expect(decoder.controls.count == Decoder.mostFlows)
        #expect(decoder.uncountedCount == 3)
    }

    // MARK: - L2TPv2

    static let headersV2 = (0..<16).map { $0 }

    @Test("data messages of L2TPv2 with each of the header's bits", arguments: headersV2)
    func dataV2(bits: Int) throws {
        let header = try DataHeaderV2(
            tunnelID: TunnelID(7), sessionID: SessionID(8), hasLength: bits & 1 != 0,
            numbers: bits & 2 != 0 ? .init(ns: ControlSequenceNumber(65_535)) : nil, hasPriority: bits & 4 != 0,
            offsetByteCount: bits & 8 != 0 ? 3 : nil)
        let payload = Frames.lcp
        let message =
            [UInt8](capacity: header.encodedByteCount) { header.serialize(payloadByteCount: payload.count, into: &$0) }
            + payload
        var decoder = Decoder()
        let record = decoder.read(message)
        let data = try #require(record.dataV2)
        #expect(record.error == nil)
        #expect(data.header == header)
        #expect(data.statedByteCount == (header.hasLength ? message.count : nil))
        #expect(data.headerByteCount == header.encodedByteCount)
        #expect(data.inner?.description == "LCP Configure-Request id 1")
        let flow = try #require(decoder.sessions.first)
        #expect(flow.key.version == .v2)
        #expect(flow.key.tunnelID == TunnelID(7))
        #expect(flow.payloadByteCount == payload.count)
        #expect(flow.sequence.messageCount == (header.numbers == nil ? 0 : 1))
    }

    @Test func numbersOfV2WrapAround() throws {
        var decoder = Decoder()
        for number: UInt16 in [65_534, 65_535, 0, 2] {
            let header = try DataHeaderV2(
                tunnelID: TunnelID(7), sessionID: SessionID(8), numbers: .init(ns: ControlSequenceNumber(number)))
            _ = decoder.read(
                [UInt8](capacity: header.encodedByteCount) { header.serialize(payloadByteCount: 0, into: &$0) })
        }
        #expect(decoder.sessions.first?.sequence.lostCount == 1)
        #expect(decoder.sessions.first?.sequence.restartCount == 0)
    }

    @Test("an L2TPv2 message whose length is wrong", arguments: [false, true])
    func malformedV2(isCut: Bool) throws {
        var decoder = Decoder()
        let record = decoder.read(try Hex.parse("4002 000c 0007 0008 c021"), isCut: isCut)
        #expect(record.error == (isCut ? nil : WireError(.truncated, at: 10, in: "Length")))
        #expect(record.dataV2?.statedByteCount == 12)
        #expect(decoder.sessions.map(\.malformedCount) == [isCut ? 0 : 1])
    }

    @Test("no payload, no frame")
    func emptyV2() throws {
        var decoder = Decoder()
        #expect(decoder.read(try Hex.parse("0002 0007 0008")).dataV2?.inner == nil)
    }

    // MARK: - Nothing of all that

    @Test(arguments: [
        ("", Encapsulation.udp, WireError(.truncated, at: 0, in: "T bit")),
        ("00", .udp, WireError(.truncated, at: 1, in: "Ver")),
        ("0004 0000 00000001", .udp, WireError(.unsupportedVersion, at: 1, in: "Ver")),
        ("0003 0000 0000", .udp, WireError(.truncated, at: 6, in: "Session ID")),
        ("c803 000c 0000", .udp, WireError(.truncated, at: 6, in: "control message header")),
        ("000001", .ip, WireError(.truncated, at: 3, in: "Session ID")),
        ("00000000 4803 000c 00000000 0000 0000", .ip, WireError(.typeBitClear, at: 4, in: "T bit")),
    ])
    func unreadable(digits: String, encapsulation: Encapsulation, error: WireError) throws {
        var decoder = Decoder()
        let record = decoder.read(try Hex.parse(digits), over: encapsulation)
        #expect(record.isUnreadable)
        #expect(record.error == error)
        #expect(record.fields.isEmpty)
        #expect(decoder.unreadableCount == 1)
        #expect(decoder.sessions.isEmpty && decoder.controls.isEmpty)
    }
}
