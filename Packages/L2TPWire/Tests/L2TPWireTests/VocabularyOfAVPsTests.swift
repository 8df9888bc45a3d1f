import L2TPWire
import Testing

/// Names and limits of the values of AVPs, beyond what the golden vectors show.
@Suite struct VocabularyOfAVPsTests {
    /// The names of numbers, written out a second time where they are few.
    @Test func names() {
        #expect(L2SpecificSublayerType.default.description == "default")
        #expect(
            (0...5).map { L2SpecificSublayerType(rawValue: $0).name } == ["none", "default", "atm", "mpt", "psp", nil])
        #expect((0...3).map { DataSequencingLevel(rawValue: $0).name } == ["none", "non-IP", "all", nil])
        #expect(
            (0...3).map { MulticastPacketsPriority(rawValue: $0).name?.prefix(4) } == ["best", "unic", "mult", nil])
        #expect((0...2).map { DigestType(rawValue: $0).name } == ["HMAC-MD5", "HMAC-SHA-1", nil])
        #expect((0...2).map { DigestType(rawValue: $0).digestByteCount } == [16, 20, nil])
        #expect(
            (0...3).map { PPPDisconnectCause.Direction(rawValue: $0).name?.suffix(5) } == [
                "error", " peer", "local", nil,
            ])
        #expect(
            (15...21).map { PPPDisconnectCode(rawValue: $0).name } == [
                "authentication protocol unacceptable", "authentication failed", "NCP: FSM timeout",
                "no NCPs available", "NCP: no acceptable addresses", "NCP: user may not use any addresses", nil,
            ])
        #expect(DataSequencingLevel(rawValue: 7).description == "7")
        #expect(MessageType(rawValue: 99).description == "message type 99" && MessageType.hello.description == "HELLO")
    }

    /// Every number that has a name has one of its own, and the numbers beyond have none.
    @Test func everyName() {
        #expect(named(0...40) { StopControlConnectionResultCode(rawValue: $0).name } == 8)
        #expect(named(0...40) { CallDisconnectResultCode(rawValue: $0).name } == 30)
        #expect(named(0...40) { MulticastSessionEndResultCode(rawValue: $0).name } == 4)
        #expect(named(0...40) { GeneralErrorCode(rawValue: $0).name } == 13)
        #expect(named(0...40) { ProxyAuthenType(rawValue: $0).name } == 6)
        #expect(named(0...40) { PPPDisconnectCode(rawValue: $0).name } == 21)
        #expect(named(0...40) { PseudowireType(rawValue: $0).name } == 20)
        #expect(named(0...40) { MessageType(rawValue: $0).name } == MessageType.named.count)
        #expect(named(0...40) { ATMAlarmStatus.Reason(rawValue: $0).name } == 9)
        #expect(named(0...40) { ATMAlarmStatus.Alarm(rawValue: $0).name } == 8)
        #expect(named(0...15) { ModemOnHoldStatus(isOnHold: true, timeout: UInt8($0))?.timeoutName } == 13)
    }

    private func named(_ numbers: ClosedRange<UInt16>, name: (UInt16) -> String?) -> Int {
        let names = numbers.compactMap(name)
        return Set(names).count == names.count ? names.count : -1
    }

    @Test func resultCodes() {
        let stop = ResultCodeValue(stop: .shutDown)
        #expect(stop.stopControlConnection == .shutDown)
        #expect(stop.name(in: .stopControlConnectionNotification) == "requester is being shut down")
        #expect(stop.name(in: .callDisconnectNotify) == "invalid destination")
        #expect(stop.name(in: .hello) == nil)
        let end = ResultCodeValue(multicastEnd: .filterModeChange)
        #expect(end.multicastSessionEnd == .filterModeChange && end.resultCode == 4)
        #expect(end.name(in: .multicastSessionEndNotify) == "no more receivers, filter-mode change")
        let disconnect = ResultCodeValue(disconnect: .lostTie, error: .init(.none))
        #expect(disconnect.callDisconnect == .lostTie)
        #expect(disconnect.encodedByteCount == 4)
        #expect(disconnect.fields.map(\.name) == ["Result Code", "Error Code"])
        #expect(ResultCodeValue(resultCode: 99).callDisconnect.description == "99")
    }

    /// What the codes are called depends on the message, and after some result codes the error code is no general one.
    @Test func resultCodesInMessages() {
        func names(_ value: ResultCodeValue, in message: MessageType?) -> [String?] {
            value.fields(in: message).map { if case .number(_, let name) = $0.content { name } else { nil } }
        }
        let general = "insufficient resources"
        let six = ResultCodeValue(resultCode: 6, error: .init(.insufficientResources, message: "full"))
        let version = ResultCodeValue(stop: .versionNotSupported, error: .init(GeneralErrorCode(rawValue: 3)))
        let tdm = ResultCodeValue(disconnect: .tdmParametersRefused, error: .init(GeneralErrorCode(rawValue: 1)))
        let cases: [(ResultCodeValue, MessageType?, [String?])] = [
            (six, .stopControlConnectionNotification, ["requester is being shut down", general, nil]),
            (six, .callDisconnectNotify, ["invalid destination", general, nil]),
            (six, .hello, [nil, general, nil]),
            (six, nil, [nil, general, nil]),
            (version, .stopControlConnectionNotification, ["protocol version not supported", nil]),
            (tdm, .callDisconnectNotify, ["TDM PW parameters refused", nil]),
        ]
        for (value, message, expected) in cases {
            let found = names(value, in: message)
            #expect(found == expected)
        }
        #expect(TextValue("a").fields(in: .hello) == TextValue("a").fields)
    }

    @Test func cookies() throws {
        #expect(AssignedCookie.none.cookie == nil)
        #expect(AssignedCookie(1 as UInt32).encodedByteCount == 4)
        #expect(AssignedCookie(1 as UInt64).encodedByteCount == 8)
        #expect(throws: DataHeader.ValidationError.cookieLength(byteCount: 3)) {
            try AssignedCookie(Cookie(reported: [1, 2, 3].span))
        }
        #expect(try AssignedCookie(Cookie(7 as UInt32)).cookie == Cookie(7 as UInt32))
        #expect(try AssignedCookie(nil) == .none)
        #expect(AssignedCookie(1 as UInt32).description == "cookie of 4 bytes")
        #expect(AssignedCookie.none.description == "no cookie")
        for count in [1, 2, 3, 5, 6, 7] {
            #expect(throws: WireError(.valueTooShort, at: count, in: "value")) {
                try AssignedCookie(parsing: [UInt8](repeating: 0, count: count).span)
            }
        }
        #expect(throws: WireError(.valueTooLong, at: 8, in: "value")) {
            try AssignedCookie(parsing: [UInt8](repeating: 0, count: 9).span)
        }
    }

    /// The lower one wins; as a number it would be rounded by readers of JSON.
    @Test func tieBreakers() throws {
        let (low, high): (TieBreaker, TieBreaker) = (0x01FF_FFFF_FFFF_FFFF, 0x0200_0000_0000_0000)
        #expect(low < high)
        #expect(min(high, low) == low)
        let bytes: [UInt8] = [1] + Array(repeating: 0xFF, count: 7)
        #expect(low.fields == [AVPField(byteCount: 8, .bytes(bytes))])
        #expect(TieBreaker.random() != TieBreaker.random())
        #expect(throws: WireError(.valueTooShort, at: 7, in: "value")) {
            try TieBreaker(parsing: [UInt8](repeating: 0, count: 7).span)
        }
    }

    @Test func sublayers() {
        #expect(L2SpecificSublayerType(L2SpecificSublayer.none) == .none)
        #expect(L2SpecificSublayerType.default.sublayer == .default)
        #expect(L2SpecificSublayerType.atm.sublayer == nil)
        #expect(L2SpecificSublayerType(rawValue: 0x0101).sublayer == nil)
    }

    @Test func digests() {
        #expect(throws: WireError(.valueTooShort, at: 16, in: "Message Digest")) {
            try MessageDigest(parsing: [UInt8](repeating: 0, count: 16).span)
        }
        #expect(throws: WireError(.valueTooLong, at: 21, in: "Message Digest")) {
            try MessageDigest(parsing: ([1] + [UInt8](repeating: 0, count: 21)).span)
        }
    }

    /// What does not fit into its bits cannot be made.
    @Test func limits() {
        #expect(ATMCircuitID(vpi: 0x1000, vci: 0) == nil)
        #expect(ModemOnHoldStatus(isOnHold: false, timeout: 16) == nil)
        #expect(TDMPseudowire(signaling: 4, trunk: 0, bitRate: 0, payloadByteCount: 0) == nil)
        #expect(TDMPseudowire(signaling: 0, trunk: 4, bitRate: 0, payloadByteCount: 0) == nil)
        let rtp = RTPParameters(
            isDifferential: false, payloadType: 128, followsControlWord: false, timestampClockFrequency: 0, ssrc: 0)
        #expect(rtp == nil)
    }

    /// Bytes that are not UTF-8 are kept, and shown as well as can be.
    @Test func texts() {
        let text = TextValue(parsing: [0x61, 0xFF].span)
        #expect(text.bytes == [0x61, 0xFF])
        #expect(text.description == "a\u{FFFD}")
        #expect(TextValue("ä").bytes == [0xC3, 0xA4])
        #expect(text.fields == [AVPField(byteCount: 2, .text("a\u{FFFD}"))])
    }

    /// A list is one field, which has its elements in the order of the wire.
    @Test func lists() {
        let types: PseudowireCapabilitiesList = [.ethernet, PseudowireType(rawValue: 0xABCD)]
        let elements: [AVPField.Content] = [
            .number(5, name: PseudowireType.ethernet.name), .number(0xABCD, name: nil),
        ]
        #expect(types.fields == [AVPField(byteCount: 4, .list(elements))])
        #expect(PseudowireCapabilitiesList([]).fields == [AVPField(byteCount: 0, .list([]))])
        let numbers: [AVPField.Content] = [.number(1, name: nil), .number(2, name: nil)]
        #expect(OutgoingSessions([1, 2]).fields == [AVPField(byteCount: 4, .list(numbers))])
        #expect(TargetDiscriminators([1, 2]).fields == [AVPField(byteCount: 8, .list(numbers))])
    }

    @Test func flags() {
        #expect(
            CircuitStatus([.active, .standby]).fields.map(\.content)
                == [true, false, false, false, false, false, true].map { .flag($0) })
        #expect(Framing.synchronous.fields.map(\.name) == ["Asynchronous", "Synchronous"])
        #expect(Bearer.broadband.fields.map(\.content) == [.flag(true), .flag(false), .flag(false)])
        #expect(ServiceCategory.realTime.fields.map(\.name) == ["Real-Time"])
    }
}
