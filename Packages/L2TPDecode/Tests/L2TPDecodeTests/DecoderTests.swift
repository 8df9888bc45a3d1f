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

    // MARK: - Control messages

    @Test func controlConnections() throws {
        var decoder = Decoder()
        _ = decoder.read(try controlMessage(.hello, ns: 5))
        _ = decoder.read(try controlMessage(.hello, ns: 5))
        _ = decoder.read(try controlMessage(nil, ns: 6))
        _ = decoder.read(try controlMessage(.stopControlConnectionNotification, ns: 6))
        _ = decoder.read(try controlMessage(.hello, ns: 0), from: .b, to: .a)
        #expect(decoder.controls.count == 2)
        #expect(decoder.controls.first?.messageCount == 4)
        #expect(decoder.controls.first?.retransmissionCount == 1)
        #expect(decoder.controls.first?.malformedCount == 0)
        #expect(
            decoder.controls.first?.types.map(\.type) == [
                .type(.hello), .zeroLengthBody, .type(.stopControlConnectionNotification),
            ])
        #expect(decoder.controls.first?.types.map(\.count) == [2, 1, 1])
    }

    @Test("control messages out of order are not sent again, those whose number has come are")
    func reorderedControl() throws {
        var decoder = Decoder()
        for ns: UInt16 in [65_534, 0, 65_535, 1] { _ = decoder.read(try controlMessage(.hello, ns: ns)) }
        #expect(decoder.controls.map(\.retransmissionCount) == [0])
        for ns: UInt16 in [65_535, 0, 2] { _ = decoder.read(try controlMessage(.hello, ns: ns)) }
        // Acknowledgements have the number of the message that comes next.
        for ns: UInt16 in [3, 3] { _ = decoder.read(try controlMessage(.acknowledgement, ns: ns)) }
        _ = decoder.read(try controlMessage(nil, ns: 3))
        _ = decoder.read(try controlMessage(.hello, ns: 3))
        #expect(decoder.controls.map(\.retransmissionCount) == [2])
    }

    @Test("the set-ups of different tunnels are not each other's retransmissions", arguments: [2, 3])
    func setUps(version: Int) throws {
        var decoder = Decoder()
        func request(_ id: UInt16) throws -> [UInt8] {
            guard version == 2 else {
                return try controlMessage(.startControlConnectionRequest, tunnelID: 0) { writer in
                    try writer.append(.assignedControlConnectionID, TunnelID(UInt32(id)))
                }
            }
            var writer = ControlMessageWriter(
                try ControlHeader(v2TunnelID: TunnelID(0), ns: .first, nr: .first), type: .startControlConnectionRequest
            )
            try writer.append(.assignedTunnelID, id)
            return writer.bytes
        }
        for id: UInt16 in 1...100 { _ = decoder.read(try request(id)) }
        #expect(decoder.controls.map(\.retransmissionCount) == [0])
        for id: UInt16 in [100, 99, 100] { _ = decoder.read(try request(id)) }
        // Nothing tells whose these are.
        for _ in 0..<2 { _ = decoder.read(try controlMessage(.hello, tunnelID: 0)) }
        #expect(decoder.controls.first?.retransmissionCount == 3)
        #expect(decoder.controls.first?.messageCount == (version == 2 ? 103 : 105))
    }

    @Test("a zero-length body is not what merely has no type")
    func zeroLengthBodies() throws {
        // A Message Type of a vendor's, RFC 2661 §4.1.
        let vendors = try Hex.parse("c803 0014 00000001 0000 0000 8008 0009 0000 0001")
        // Half an AVP, and more bytes than were captured.
        let broken = try Hex.parse("c803 000e 00000001 0001 0000 8008")
        var decoder = Decoder()
        for (message, isZeroLengthBody) in [(try controlMessage(nil), true), (vendors, false), (broken, false)] {
            let control = try #require(decoder.read(message).control)
            #expect(control.isZeroLengthBody == isZeroLengthBody)
            #expect(control.messageType == nil)
        }
        #expect(decoder.controls.first?.types.map(\.type) == [.zeroLengthBody, .other])
        #expect(decoder.controls.first?.types.map(\.count) == [1, 2])
    }

    @Test("a malformed message is told with its place, and what follows is decoded")
    func malformedControl() throws {
        let good = try controlMessage(.startControlConnectionRequest) { try $0.append(.hostName, "lac") }
        var broken = good
        // The length of the second AVP, behind the header and eight bytes of Message Type.
        broken[21] = 200
        var decoder = Decoder()
        let record = decoder.read(broken)
        #expect(record.error == WireError(.avpTruncated, at: 20, in: "AVP Length"))
        #expect(record.control?.messageType == .startControlConnectionRequest)
        #expect(record.control?.avps.count == 1)
        #expect(decoder.read(good).error == nil)
        #expect(decoder.controls.map(\.malformedCount) == [1])
        #expect(decoder.controls.map(\.messageCount) == [2])
    }

    @Test("an AVP whose value cannot be read is told with its place, and the others are read")
    func malformedValue() throws {
        let value: [UInt8] = [1, 2, 3]
        let message = try controlMessage(.startControlConnectionRequest) { writer in
            try writer.append(AVPDefinition.assignedControlConnectionID.type, isMandatory: true, value: value.span)
            try writer.append(.hostName, "lac")
        }
        var decoder = Decoder()
        let record = decoder.read(message)
        let avps = try #require(record.control?.avps)
        #expect(record.error == nil)
        #expect(avps.map(\.name) == ["Message Type", "Assigned Control Connection ID", "Host Name"])
        #expect(avps[1].error == WireError(.valueTooShort, at: 20 + 6 + 3, in: "Assigned Control Connection ID"))
        #expect(avps[1].value == value)
        #expect(avps[1].fields.isEmpty)
        #expect(avps[2].error == nil)
    }

    @Test("AVPs that are hidden, of a vendor, or must not be ignored")
    func otherAVPs() throws {
        let value: [UInt8] = [1, 2, 3, 4, 5, 6]
        let vendors = AttributeType(1, vendorID: 9)
        let message = try controlMessage(.hello) { writer in
            try writer.append(AVPDefinition.hostName.type, isMandatory: true, isHidden: true, value: value.span)
            try writer.append(vendors, isMandatory: true, value: value.span)
            try writer.append(vendors, isMandatory: false, value: value.span)
        }
        var decoder = Decoder()
        let avps = try #require(decoder.read(message).control?.avps)
        #expect(avps[1].isHidden && avps[1].error == nil && avps[1].fields.isEmpty)
        #expect(avps[1].name == "Host Name")
        #expect(avps[2].name == nil)
        #expect(avps.map(\.isUnrecognizedMandatory) == [false, false, true, false])
        #expect(avps.dropFirst().allSatisfy { $0.value == value })
    }

    @Test("what a message lacks is found where all of it can be read, what is wrong with an AVP always")
    func findings() throws {
        var writer = ControlMessageWriter(
            try ControlHeader(v2TunnelID: TunnelID(7), sessionID: SessionID(8), ns: .first, nr: .first),
            type: .callDisconnectNotify)
        let value: [UInt8] = [1, 2, 3, 4]
        try writer.append(.resultCode, ResultCodeValue(resultCode: 3), isMandatory: false)
        try writer.append(AttributeType(1, vendorID: 9), isMandatory: false, value: value.span)
        let message = writer.bytes
        var decoder = Decoder()
        let whole = try #require(decoder.read(message).control?.findings)
        #expect(
            whole.map(\.description) == [
                "Result Code has its M bit clear, at byte 20", "Assigned Session ID is missing, at byte 38",
            ])
        let cut = decoder.read(Array(message.dropLast(4)), isCut: true)
        #expect(cut.error == nil)
        #expect(cut.control?.findings == Array(whole.prefix(1)))
        // Of too few, and of too many bytes.
        for bytes in [Array(message.dropLast(4)), message + [0]] {
            let record = decoder.read(bytes)
            #expect(record.error != nil)
            #expect(record.control?.findings == Array(whole.prefix(1)))
        }
        // Which types are known is for the caller to say.
        let strangers = try #require(decoder.read(message, registry: AVPRegistry()).control?.findings)
        #expect(strangers.map(\.kind) == [.unrecognizedMandatory, .missing])
        #expect(decoder.read(try controlMessage(nil)).control?.findings == [])
    }

    @Test("cookies and passwords are secrets, values of vendors are not")
    func secrets() throws {
        let value: [UInt8] = [1, 2, 3, 4]
        let message = try controlMessage(.incomingCallRequest) { writer in
            try writer.append(.assignedCookie, AssignedCookie(1 as UInt32))
            try writer.append(.proxyAuthenResponse, value)
            try writer.append(.remoteEndID, value)
            try writer.append(AttributeType(65, vendorID: 9), isMandatory: false, value: value.span)
        }
        var decoder = Decoder()
        let avps = try #require(decoder.read(message).control?.avps)
        #expect(avps.map(\.isSecret) == [false, true, true, false, false])
    }

    @Test("result codes have the names of their message")
    func resultCodes() throws {
        for (type, name) in [
            (MessageType.stopControlConnectionNotification, "requester is being shut down"),
            (.callDisconnectNotify, "invalid destination"),
        ] {
            let message = try controlMessage(type) { try $0.append(.resultCode, ResultCodeValue(resultCode: 6)) }
            var decoder = Decoder()
            let avp = try #require(decoder.read(message).control?.avps.last)
            #expect(avp.fields == [AVPField("Result Code", byteCount: 2, .number(6, name: name))])
        }
    }

    @Test("what a terminal would obey stays as it is in the record")
    func controlCharacters() throws {
        let text: [UInt8] = [0x1B, 0x5B, 0x32, 0x4A, 0x0A, 0x00, 0x9B, 0xFF]
        let message = try controlMessage(.startControlConnectionRequest) { writer in
            try writer.append(AVPDefinition.hostName.type, isMandatory: true, value: text.span)
        }
        var decoder = Decoder()
        let avp = try #require(decoder.read(message).control?.avps.last)
        #expect(avp.value == text)
        #expect(avp.fields.map(\.content) == [.text(String(decoding: text, as: UTF8.self))])
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
