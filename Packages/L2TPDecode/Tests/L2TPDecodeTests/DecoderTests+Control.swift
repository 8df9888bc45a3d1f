import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import Testing

/// Control messages, and what they say.
extension DecoderTests {
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

    @Test("a message that is cut off before its type is not one of an unknown type, nor malformed")
    func cutBeforeTheType() throws {
        let hello = try controlMessage(.hello)
        var decoder = Decoder()
        // Of the header and eight bytes of Message Type.
        for count in 12...20 { _ = decoder.read(Array(hello.prefix(count)), isCut: count < 20) }
        // A vendor's type that is there, and a zero-length body, which nothing follows.
        let vendors = try Hex.parse("c803 0018 00000001 0000 0000 8008 0009 0000 0001")
        for message in [vendors, try controlMessage(nil)] { _ = decoder.read(message, isCut: true) }
        #expect(decoder.controls.first?.types.map(\.type) == [.notCaptured, .type(.hello), .other, .zeroLengthBody])
        #expect(decoder.controls.first?.types.map(\.count) == [8, 1, 1, 1])
        #expect(decoder.controls.map(\.malformedCount) == [0])
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
}
