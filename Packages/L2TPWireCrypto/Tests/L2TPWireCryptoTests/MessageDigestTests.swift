import L2TPWire
import L2TPWireCrypto
import L2TPWireTestSupport
import Testing

@Suite struct MessageDigestTests {
    static let key = MessageDigestKey(SharedSecret(Vectors.secret))
    static let asking = AuthenticationNonces(sender: Vectors.askingNonce, receiver: Vectors.replyingNonce)

    /// Messages with the nonces of their digests, which those of the SCCRQ leave out.
    static let vectors: [(message: [UInt8], nonces: AuthenticationNonces)] = [
        (Vectors.requestMD5, .none), (Vectors.replyMD5, asking.reversed), (Vectors.connectedMD5, asking),
        (Vectors.requestSHA1, .none), (Vectors.replySHA1, asking.reversed), (Vectors.connectedSHA1, asking),
        (Vectors.helloTwoDigests, asking),
    ]

    /// What is wrong with a message; nil when it is authentic.
    private func verify(
        _ message: [UInt8], key: MessageDigestKey = key, nonces: AuthenticationNonces,
        over encapsulation: Encapsulation = .udp
    ) -> MessageDigestError? {
        do throws(WireError) {
            let parsed = try ControlMessage(parsing: message.span, encapsulation: encapsulation)
            do throws(MessageDigestError) {
                try key.verify(parsed, nonces: nonces)
                return nil
            } catch {
                return error
            }
        } catch {
            return .malformed(error)
        }
    }

    @Test(arguments: vectors.indices)
    func vectorsAreAuthentic(index: Int) {
        let (message, nonces) = Self.vectors[index]
        #expect(verify(message, nonces: nonces) == nil)
        #expect(verify([0, 0, 0, 0] + message, nonces: nonces, over: .ip) == nil)
        #expect(verify(message, key: MessageDigestKey(SharedSecret("guess")), nonces: nonces) == .wrong)
    }

    @Test func noncesCount() {
        #expect(verify(Vectors.connectedMD5, nonces: Self.asking.reversed) == .wrong)
        #expect(verify(Vectors.connectedMD5, nonces: .none) == .wrong)
        #expect(verify(Vectors.requestMD5, nonces: Self.asking) == nil, "an SCCRQ has no use for them")
    }

    @Test func integrityCheckNeedsNoSecret() {
        #expect(verify(Vectors.integrity, key: .integrityCheck, nonces: .none) == nil)
        #expect(verify(Vectors.integrity, nonces: .none) == .wrong)
    }

    @Test(arguments: vectors.indices)
    func everyChangedBitIsNoticed(index: Int) {
        let (message, nonces) = Self.vectors[index]
        for bit in 0..<8 * message.count {
            var changed = message
            changed[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            // One right digest of two is enough.
            let inDigest = index == 6 && (27..<43).contains(bit / 8) || index == 6 && (50..<70).contains(bit / 8)
            #expect((verify(changed, nonces: nonces) == nil) == inDigest, "bit \(bit)")
        }
    }

    @Test(arguments: vectors.indices)
    func everyTruncationIsRefused(index: Int) {
        let (message, nonces) = Self.vectors[index]
        for count in 0..<message.count {
            var cut = Array(message.prefix(count))
            #expect(verify(cut, nonces: nonces) != nil)
            // The same with a Length field that agrees.
            guard count >= 12 else { continue }
            cut[2] = UInt8(count >> 8)
            cut[3] = UInt8(count & 0xFF)
            #expect(verify(cut, nonces: nonces) != nil)
        }
    }

    @Test func vectorsAreWritten() throws {
        let header = ControlHeader(
            tunnelID: TunnelID(0x2222), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1), encapsulation: .udp)
        let headerIP = ControlHeader(
            tunnelID: TunnelID(0x2222), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1), encapsulation: .ip)
        for (algorithm, expected) in [
            (DigestAlgorithm.hmacMD5, Vectors.connectedMD5), (.hmacSHA1, Vectors.connectedSHA1),
        ] {
            var writer = ControlMessageWriter(header, type: .startControlConnectionConnected)
            try writer.appendMessageDigest(algorithm)
            #expect(try writer.authenticated(with: Self.key, encapsulation: .udp, nonces: Self.asking) == expected)
            writer.reset(headerIP, type: .startControlConnectionConnected)
            try writer.appendMessageDigest(algorithm)
            #expect(
                try writer.authenticated(with: Self.key, encapsulation: .ip, nonces: Self.asking)
                    == [0, 0, 0, 0] + expected)
        }

        var hello = header
        hello.ns = ControlSequenceNumber(2)
        var writer = ControlMessageWriter(hello, type: .hello)
        try writer.appendMessageDigest(.hmacMD5)
        try writer.appendMessageDigest(.hmacSHA1)
        #expect(
            try writer.authenticated(with: Self.key, encapsulation: .udp, nonces: Self.asking)
                == Vectors.helloTwoDigests)

        // What was there before is cleared first.
        var request = Vectors.requestSHA1
        request[40] ^= 1
        try Self.key.fillIn(&request, encapsulation: .udp, nonces: Self.asking)
        #expect(request == Vectors.requestSHA1)
    }

    /// An AVP that needs no header of its own: type, then the value.
    private func message(_ avps: [(UInt16, [UInt8])], isHidden: Bool = false) throws -> [UInt8] {
        let header = ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .udp)
        var writer = ControlMessageWriter(header, type: .hello)
        for (number, value) in avps {
            try writer.append(AttributeType(number), isMandatory: true, isHidden: isHidden, value: value.span)
        }
        return writer.bytes
    }

    @Test func placeOfTheDigest() throws {
        let digest = (UInt16(59), [UInt8](repeating: 0, count: 17))
        let other = (UInt16(7), [UInt8](repeating: 0x61, count: 3))
        #expect(verify(try message([]), nonces: .none) == .missing)
        #expect(verify(try message([other]), nonces: .none) == .missing)
        #expect(verify(try message([digest, other]), nonces: .none) == .wrong)
        #expect(verify(try message([other, digest]), nonces: .none) == .misplaced(offset: 29))
        #expect(verify(try message([digest, other, digest]), nonces: .none) == .misplaced(offset: 52))
        #expect(verify(try message([digest, digest, digest]), nonces: .none) == .misplaced(offset: 66))
    }

    @Test func malformedDigests() throws {
        func refusal(_ value: [UInt8]) throws -> MessageDigestError? {
            verify(try message([(59, value)]), nonces: .none)
        }
        #expect(try refusal([]) == .malformed(WireError(.valueTooShort, at: 26, in: "Message Digest, Digest Type")))
        #expect(try refusal([0]) == .malformed(WireError(.valueTooShort, at: 27, in: "Message Digest, Message Digest")))
        #expect(
            try refusal([UInt8](repeating: 0, count: 18))
                == .malformed(WireError(.valueTooLong, at: 43, in: "Message Digest, Message Digest")))
        #expect(
            try refusal([1] + [UInt8](repeating: 0, count: 16))
                == .malformed(WireError(.valueTooShort, at: 43, in: "Message Digest, Message Digest")))
        #expect(try refusal([2]) == .unsupported(DigestType(rawValue: 2)))
        #expect(
            verify(try message([(59, [UInt8](repeating: 0, count: 17))], isHidden: true), nonces: .none)
                == .malformed(WireError(.hidden, at: 20, in: "Message Digest")))
        // A digest of another kind is left to others.
        #expect(verify(try message([(59, [2, 3]), (59, [UInt8](repeating: 0, count: 17))]), nonces: .none) == .wrong)
    }

    @Test func onlyVersion3HasDigests() {
        #expect(verify(Vectors.hiddenV2Short, nonces: .none) == .unsupportedVersion(.v2))
    }

    @Test func whatCannotBeFilledInStaysAsItWas() throws {
        func refusal(_ message: [UInt8]) -> MessageDigestError? {
            var copy = message
            do throws(MessageDigestError) {
                try Self.key.fillIn(&copy, encapsulation: .udp, nonces: .none)
                return nil
            } catch {
                #expect(copy == message)
                return error
            }
        }
        #expect(refusal([]) == .malformed(WireError(.truncated, at: 0, in: "T bit")))
        #expect(refusal(try message([])) == .missing)
        #expect(refusal(try message([(59, [9])])) == .unsupported(DigestType(rawValue: 9)))
        #expect(refusal(Vectors.hiddenV2Short) == .unsupportedVersion(.v2))
    }

    @Test func errorsSayWhatWouldBeRight() {
        let errors: [MessageDigestError] = [
            .wrong, .missing, .misplaced(offset: 29), .unsupported(DigestType(rawValue: 2)), .unsupportedVersion(.v2),
            .malformed(WireError(.truncated, at: 3, in: "T bit")),
        ]
        #expect(Set(errors.map(\.description)).count == errors.count)
        #expect("\(errors[2])" == "Message Digest at byte 29 is misplaced; one or two follow the Message Type at once")
        #expect(DigestAlgorithm.allCases.map(\.description) == ["HMAC-MD5", "HMAC-SHA-1"])
    }

    /// Write with digest, read, verify.
    @Test func messagesSurvive() throws {
        var generator = SeededGenerator(for: "MessageDigestTests.messagesSurvive")
        for _ in 0..<1000 {
            let encapsulation: Encapsulation = Bool.random(using: &generator) ? .udp : .ip
            let key = MessageDigestKey(SharedSecret(generator.bytes(Int.random(in: 0...80, using: &generator))))
            let nonces = AuthenticationNonces(sender: generator.bytes(16), receiver: generator.bytes(20))
            let header = ControlHeader(
                tunnelID: TunnelID(UInt32.random(in: 0 ... .max, using: &generator)),
                ns: ControlSequenceNumber(UInt16.random(in: 0 ... .max, using: &generator)), nr: .first,
                encapsulation: encapsulation)
            let type = MessageType(rawValue: UInt16.random(in: 1...30, using: &generator))
            var writer = ControlMessageWriter(header, type: type)
            try writer.appendMessageDigest(Bool.random(using: &generator) ? .hmacMD5 : .hmacSHA1)
            if Bool.random(using: &generator) { try writer.appendMessageDigest(.hmacSHA1) }
            let value = generator.bytes(Int.random(in: 0...60, using: &generator))
            try writer.append(AttributeType(7), isMandatory: true, value: value.span)
            let message = try writer.authenticated(with: key, encapsulation: encapsulation, nonces: nonces)
            guard verify(message, key: key, nonces: nonces, over: encapsulation) == nil else {
                Issue.record("\(Hex.print(message)) over \(encapsulation)")
                return
            }
        }
    }
}
