import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import PacketCapture
import Testing

/// What the control messages of RFC 3931 §3.4.1 tell of data messages to their senders (§5.4.4).
@Suite struct ControlLearningTests {
    private static let arp = Frames.ethernet(0x0806, Frames.arp())
    private static let cookieA = Cookie(0xA1A2_A3A4 as UInt32)
    private static let cookieB = Cookie(0xB1B2_B3B4_B5B6_B7B8 as UInt64)

    /// Site a asks for a session 100 with a cookie of four bytes and no sublayer; site b answers with session 200, a
    /// cookie of eight bytes and the default sublayer.
    private func callSetUp(
        over encapsulation: Encapsulation, _ request: MessageType = .incomingCallRequest,
        _ reply: MessageType = .incomingCallReply, pseudowireType: PseudowireType = .ethernet
    ) throws -> Decoder {
        var decoder = Decoder()
        _ = decoder.read(
            try controlMessage(request, over: encapsulation) { writer in
                try writer.append(.localSessionID, SessionID(100))
                try writer.append(.remoteSessionID, SessionID(0))
                try writer.append(.pseudowireType, pseudowireType)
                try writer.append(.assignedCookie, AssignedCookie(Self.cookieA))
            }, over: encapsulation)
        _ = decoder.read(
            try controlMessage(reply, over: encapsulation) { writer in
                try writer.append(.localSessionID, SessionID(200))
                try writer.append(.remoteSessionID, SessionID(100))
                try writer.append(.assignedCookie, AssignedCookie(Self.cookieB))
                try writer.append(.l2SpecificSublayer, .default)
            }, from: .b, to: .a, over: encapsulation)
        return decoder
    }

    @Test(arguments: [Encapsulation.udp, .ip], [false, true])
    func bothDirections(encapsulation: Encapsulation, isOutgoing: Bool) throws {
        var decoder = try callSetUp(
            over: encapsulation, isOutgoing ? .outgoingCallRequest : .incomingCallRequest,
            isOutgoing ? .outgoingCallReply : .incomingCallReply)
        let toA = Session(encapsulation: encapsulation, id: SessionID(100), cookie: Self.cookieA, sublayer: .none)
        let toB = Session(encapsulation: encapsulation, id: SessionID(200), cookie: Self.cookieB)
        // Nothing could be inferred from this payload.
        for (session, source, destination) in [(toA, Host.b, Host.a), (toB, .a, .b)] {
            let record = decoder.read(
                try session.message([1, 2, 3]), from: source, to: destination, over: encapsulation)
            let data = try #require(record.data)
            #expect(record.error == nil)
            #expect(data.reading.source == .control)
            #expect(data.reading.format == session.format)
            #expect(data.reading.cookie == .matches)
            #expect(data.reading.pseudowireType == .ethernet)
            #expect(data.inner?.byteCount == 3)
        }
    }

    @Test("the identifier of one end says nothing of messages to the other")
    func otherDirection() throws {
        var decoder = try callSetUp(over: .udp)
        let data = try #require(decoder.read(try Session(id: SessionID(100)).message(Self.arp)).data)
        #expect(data.reading.source == .inferred)
        #expect(data.inner?.kind == .ethernet)
    }

    @Test("a request and its answer say what the pseudowire carries")
    func pppPseudowire() throws {
        var decoder = try callSetUp(over: .ip, pseudowireType: .ppp)
        let toB = Session(encapsulation: .ip, id: SessionID(200), cookie: Self.cookieB)
        let data = try #require(decoder.read(try toB.message([0x21, 0x45]), over: .ip).data)
        #expect(data.reading.pseudowireType == .ppp)
        #expect(data.inner?.kind == .ppp)
        #expect(data.inner?.type == 0x0021)
    }

    @Test("ICCN changes the sublayer, and nothing else")
    func connected() throws {
        var decoder = try callSetUp(over: .ip)
        _ = decoder.read(
            try controlMessage(.incomingCallConnected, ns: 1, over: .ip) { writer in
                try writer.append(.localSessionID, SessionID(100))
                try writer.append(.remoteSessionID, SessionID(200))
                try writer.append(.l2SpecificSublayer, .default)
            }, over: .ip)
        let toA = Session(encapsulation: .ip, id: SessionID(100), cookie: Self.cookieA)
        let data = try #require(decoder.read(try toA.message(Self.arp, number: 9), from: .b, to: .a, over: .ip).data)
        #expect(data.reading.format == toA.format)
        #expect(data.reading.cookie == .matches)
        #expect(data.header?.sequenceNumber == SequenceNumber(truncating: 9))
    }

    @Test("ICCN without a sublayer, and of a session that nobody has asked for")
    func connectedAlone() throws {
        var decoder = Decoder()
        for sublayer: L2SpecificSublayerType? in [nil, .default] {
            let message = try controlMessage(.incomingCallConnected, over: .ip) { writer in
                try writer.append(.localSessionID, SessionID(100))
                if let sublayer { try writer.append(.l2SpecificSublayer, sublayer) }
            }
            _ = decoder.read(message, over: .ip)
        }
        let data = decoder.read(
            try Session(encapsulation: .ip, id: SessionID(100)).message([1]), from: .b, to: .a, over: .ip)
        #expect(data.data?.reading.source == .unknown)
    }

    @Test("a second call with the same identifier replaces the first")
    func identifierUsedAgain() throws {
        var decoder = try callSetUp(over: .ip)
        let cookie = Cookie(0xC1C2_C3C4 as UInt32)
        _ = decoder.read(
            try controlMessage(.incomingCallReply, ns: 5, over: .ip) { writer in
                try writer.append(.localSessionID, SessionID(200))
                try writer.append(.assignedCookie, AssignedCookie(cookie))
            }, from: .b, to: .a, over: .ip)
        let session = Session(encapsulation: .ip, id: SessionID(200), cookie: cookie, sublayer: .none)
        let data = try #require(decoder.read(try session.message(Self.arp), over: .ip).data)
        #expect(data.reading.cookie == .matches)
        #expect(data.reading.format == session.format)
    }

    @Test("every sublayer has four bytes (RFC 4454 §6)")
    func otherSublayers() throws {
        var decoder = Decoder()
        _ = decoder.read(
            try controlMessage(.incomingCallRequest, over: .ip) { writer in
                try writer.append(.localSessionID, SessionID(100))
                try writer.append(.l2SpecificSublayer, .atm)
            }, over: .ip)
        let data = decoder.read(
            try Session(encapsulation: .ip, id: SessionID(100)).message([1]), from: .b, to: .a, over: .ip)
        #expect(data.data?.reading.format.sublayer == .default)
    }

    @Test("what is hidden, malformed or cut off says nothing, and data is read by what it carries")
    func unreadableValues() throws {
        let session = Session(encapsulation: .ip, id: SessionID(100), cookie: Self.cookieA)
        let whole = try controlMessage(.incomingCallRequest, over: .ip) { writer in
            try writer.append(.localSessionID, SessionID(100))
            try writer.append(.l2SpecificSublayer, .default)
            try writer.append(.assignedCookie, AssignedCookie(Self.cookieA))
        }
        let hidden = try controlMessage(.incomingCallRequest, over: .ip) { writer in
            try writer.append(.localSessionID, SessionID(100))
            let value: [UInt8] = [1, 2, 3, 4, 5, 6]
            try writer.append(
                AVPDefinition.assignedCookie.type, isMandatory: true, isHidden: true, value: value.span)
        }
        let tooLong = try controlMessage(.incomingCallRequest, over: .ip) { writer in
            try writer.append(.localSessionID, SessionID(100))
            let value: [UInt8] = [1, 2, 3, 4, 5]
            try writer.append(AVPDefinition.assignedCookie.type, isMandatory: true, value: value.span)
        }
        let messages = [
            (whole, false, FormatSource.control), (Array(whole.dropLast(10)), true, .inferred),
            (Array(whole.dropLast(10)), false, .inferred), (hidden, false, .inferred), (tooLong, false, .inferred),
        ]
        for (message, isCut, source) in messages {
            var decoder = Decoder()
            _ = decoder.read(message, over: .ip, isCut: isCut)
            let data = try #require(
                decoder.read(try session.message(Self.arp), from: .b, to: .a, over: .ip).data)
            #expect(data.reading.source == source)
            #expect(data.reading.format == session.format)
        }
    }

    @Test("what says nothing of data: other messages, identifier 0, L2TPv2")
    func nothingToLearn() throws {
        var decoder = Decoder()
        func add(_ id: UInt32) -> (inout ControlMessageWriter) throws -> Void {
            { try $0.append(.localSessionID, SessionID(id)) }
        }
        _ = decoder.read(try controlMessage(.callDisconnectNotify, over: .ip, add(100)), over: .ip)
        _ = decoder.read(try controlMessage(.incomingCallRequest, over: .ip, add(0)), over: .ip)
        _ = decoder.read(try controlMessage(nil, over: .ip), over: .ip)
        var writer = ControlMessageWriter(
            try ControlHeader(v2TunnelID: TunnelID(1), ns: .first, nr: .first), type: .incomingCallRequest)
        try writer.append(.localSessionID, SessionID(100))
        _ = decoder.read(writer.bytes)
        for encapsulation: Encapsulation in [.udp, .ip] {
            let session = Session(encapsulation: encapsulation, id: SessionID(100))
            let record = decoder.read(try session.message([1]), from: .b, to: .a, over: encapsulation)
            #expect(record.data?.reading.source == .unknown)
        }
    }

    @Test("a configuration counts more than control messages, whatever comes first")
    func configurationFirst() throws {
        let cookie = Cookie(0xC1C2_C3C4 as UInt32)
        var known = KnownSessions()
        known.add(
            KnownSession(
                encapsulation: .ip, receiver: Host.a.networkAddress, sessionID: SessionID(100),
                format: DataFormat(cookieLength: .four, sublayer: .default), cookie: cookie, pseudowireType: .ethernet,
                name: "site/lan", source: .configuration))
        var decoder = Decoder(knownSessions: known)
        let session = Session(encapsulation: .ip, id: SessionID(100), cookie: cookie)
        for _ in 0..<2 {
            let data = try #require(decoder.read(try session.message(Self.arp), from: .b, to: .a, over: .ip).data)
            #expect(data.reading.source == .configuration)
            #expect(data.reading.name == "site/lan")
            #expect(data.reading.cookie == .matches)
            _ = decoder.read(
                try controlMessage(.incomingCallRequest, over: .ip) { writer in
                    try writer.append(.localSessionID, SessionID(100))
                    try writer.append(.assignedCookie, AssignedCookie(Self.cookieB))
                }, over: .ip)
        }
    }

    @Test("data that came before the control messages is read rightly when they are read again")
    func secondReading() throws {
        let session = Session(encapsulation: .ip, id: SessionID(100), cookie: Self.cookieA, sublayer: .none)
        let message = try session.message([1, 2, 3])
        var decoder = Decoder()
        #expect(decoder.read(message, from: .b, to: .a, over: .ip).data?.reading.source == .unknown)
        _ = decoder.read(
            try controlMessage(.incomingCallRequest, over: .ip) { writer in
                try writer.append(.localSessionID, SessionID(100))
                try writer.append(.assignedCookie, AssignedCookie(Self.cookieA))
            }, over: .ip)
        #expect(decoder.read(message, from: .b, to: .a, over: .ip).data?.reading.source == .control)
        decoder = decoder.rewound()
        #expect(decoder.sessions.isEmpty && decoder.controls.isEmpty)
        #expect(decoder.read(message, from: .b, to: .a, over: .ip).data?.reading.cookie == .matches)
    }

    @Test("sessions are not learnt without end")
    func limit() throws {
        var decoder = Decoder()
        var writer = ControlMessageWriter(
            ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .ip), type: .hello)
        for number in 1...UInt32(70_000) {
            writer.reset(
                ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .ip),
                type: .incomingCallRequest)
            try writer.append(.localSessionID, SessionID(number))
            _ = decoder.read(writer.bytes, over: .ip)
        }
        for (id, source): (UInt32, FormatSource) in [(1, .control), (65_536, .control), (65_537, .unknown)] {
            let session = Session(encapsulation: .ip, id: SessionID(id))
            let data = decoder.read(try session.message([1]), from: .b, to: .a, over: .ip).data
            #expect(data?.reading.source == source)
        }
    }

    @Test("one identifier at many senders, between data messages: each is known by its own, and the oldest stay")
    func oneIdentifierOfMany() throws {
        let request = try controlMessage(.incomingCallRequest, over: .ip) { writer in
            try writer.append(.localSessionID, SessionID(100))
            try writer.append(.assignedCookie, AssignedCookie(Self.cookieA))
        }
        let session = Session(encapsulation: .ip, id: SessionID(100), cookie: Self.cookieA, sublayer: .none)
        let data = try session.message([1, 2, 3])
        var decoder = Decoder()
        var sources: [FormatSource: Int] = [:]
        // So many that anything which looks at all of them for each would not come to an end.
        for number in 1...UInt32(66_000) {
            _ = decoder.read(request, from: Host(address: number), over: .ip)
            let record = decoder.read(data, to: Host(address: number % 16_384), over: .ip)
            if let source = record.data?.reading.source { sources[source, default: 0] += 1 }
        }
        #expect(sources[.control] == 66_000 - 4)
        #expect(decoder.read(data, to: Host(address: 65_536), over: .ip).data?.reading.source == .control)
        #expect(decoder.read(data, to: Host(address: 65_537), over: .ip).data?.reading.source == .unknown)
    }

    @Test("who names the receiver counts more than who does not")
    func mostSpecific() throws {
        var known = KnownSessions()
        let receivers: [(NetworkAddress?, UInt16?, String)] = [
            (nil, nil, "any"), (nil, 6000, "port"), (Host.b.networkAddress, nil, "host"),
            (Host.b.networkAddress, 6000, "both"),
        ]
        for (receiver, port, name) in receivers {
            known.add(
                KnownSession(
                    encapsulation: .udp, receiver: receiver, receiverPort: port, sessionID: SessionID(1000),
                    format: DataFormat(), name: name, source: .configuration))
        }
        #expect(known.ports == [6000])
        var decoder = Decoder(knownSessions: known)
        let message = try Session().message(Self.arp)
        let hosts: [(Host, String)] = [
            (.b.port(6000), "both"), (.b.port(6001), "host"), (.a.port(6000), "port"), (.a, "any"),
        ]
        for (host, name) in hosts { #expect(decoder.read(message, to: host).data?.reading.name == name) }
    }
}
