import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import PacketCapture
import Testing

/// What stands where a session without a cookie has its frames, and may be a cookie.
@Suite struct WithheldTests {
    /// A decoder that knows session 1000 over IP, without a cookie.
    private func decoder(
        _ pseudowireType: PseudowireType? = .ethernet, sublayer: L2SpecificSublayer = .none
    ) -> Decoder {
        var known = KnownSessions()
        known.add(
            KnownSession(
                encapsulation: .ip, sessionID: SessionID(1000), format: DataFormat(sublayer: sublayer),
                pseudowireType: pseudowireType, source: .configuration))
        return Decoder(knownSessions: known)
    }

    /// Which of the payloads may begin with a cookie, one after the other.
    private func withheld(_ payloads: [String], _ decoder: inout Decoder) throws -> [Bool?] {
        try payloads.map { payload in
            let message = try Hex.parse("000003e8" + payload)
            return decoder.read(message, over: .ip).data?.reading.mayHideCookie
        }
    }

    private static let arp =
        "ffffffffffff 525400 0a0b0c 0806 0001080006040001 020000000001 c0000201 000000000000 c0000202"
    private static let padding = String(repeating: "00", count: 18)
    /// A type that has no name.
    private static let strange = "ffffffffffff 525400 0a0b0c 88b5 0102030405060708"

    @Test("a cookie before frames is withheld, also where chance makes a frame with a length of it")
    func cookies() throws {
        // Behind four bytes, 00 1c of the source address is where the type should be.
        let qemu = "52540000aabb 5254001c1d1e 0806 0001080006040001 5254001c1d1e c0000201 000000000000 c0000202"
        for cookie in ["deadbeef", "0123456789abcdef"] {
            for sublayer in [L2SpecificSublayer.none, .default] {
                var decoder = decoder(sublayer: sublayer)
                let payloads = [qemu + Self.padding, Self.arp, qemu + Self.padding].map { cookie + $0 }
                #expect(try withheld(payloads, &decoder) == [true, true, true])
                // A cookie of four bytes is as long as a sublayer.
                let isContradiction = decoder.sessions.first?.contradiction != nil
                #expect(isContradiction == (sublayer == .none || cookie.count == 16))
                #expect(try withheld([cookie + Self.strange], &decoder) == [true])
            }
        }
    }

    @Test("frames are shown, and after one of them what looks like none")
    func frames() throws {
        var decoder = decoder()
        #expect(try withheld([Self.strange, Self.arp, Self.strange, ""], &decoder) == [true, false, false, false])
        // It is known from the start then, however many messages there are.
        decoder = self.decoder()
        _ = try withheld(Array(repeating: Self.strange, count: 100) + [Self.arp], &decoder)
        var again = decoder.rewound()
        #expect(try withheld([Self.strange], &again) == [false])
        var silent = self.decoder()
        #expect(try withheld([""], &silent) == [false])
        let spanningTree = "0180c2000000 525400 0a0b0c 0026 424203 000000000000" + String(repeating: "00", count: 29)
        var bridge = self.decoder()
        #expect(try withheld([spanningTree], &bridge) == [false])
    }

    @Test("PPP frames, also with a compressed protocol, IP packets, and what cannot be recognized")
    func otherPseudowires() throws {
        let ip = "4500001c 00000000 40110000 c0000201 c0000202 0001000200080000"
        let payloads: [(PseudowireType, String, Bool)] = [
            (.ppp, "ff03 c021 01010004", false), (.ppp, "21" + ip, false), (.ppp, "ff03 21" + ip, false),
            (.ppp, "2d 0102030405", true), (.ppp, Self.arp, true), (.ethernet, "0021" + ip, true), (.ip, ip, false),
            (.ip, "deadbeef" + ip, true), (.ip, "44332211" + ip, true), (.hdlc, "0f000800" + ip, true),
        ]
        for (type, payload, isWithheld) in payloads {
            var decoder = decoder(type)
            #expect(try withheld([payload], &decoder) == [isWithheld], "\(type) \(payload)")
        }
    }
}
