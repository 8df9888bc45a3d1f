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
    private func withheld(_ payloads: [String], _ decoder: inout Decoder, isCut: Bool = false) throws -> [Bool?] {
        try payloads.map { payload in
            let message = try Hex.parse("000003e8" + payload)
            return decoder.read(message, over: .ip, isCut: isCut).data?.reading.mayHideCookie
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

    @Test("of a message that the capture has cut, any small number could be a length; that shows nothing")
    func cutMessages() throws {
        let ip = "525400aabbcc 5254001c1d1e 0800 450000e4 00000000 40110000 c0000201 c0000202" + Self.padding
        let discovery = "0180c200000e 5254001c1d1e 88cc 020704" + Self.padding
        // Behind eight bytes and a sublayer, 00 0c is of the destination.
        let shifted = "1122334455660088 00000000 000c29010203 5254001c1d1e 0800" + ip.dropFirst(31) + Self.padding
        for payloads in [["deadbee0" + ip, "deadbee0" + discovery, "deadbee0" + ip], [shifted, shifted]] {
            var decoder = decoder()
            let all = Array(repeating: Bool?(true), count: payloads.count)
            #expect(try withheld(payloads, &decoder, isCut: true) == all)
            var again = decoder.rewound()
            #expect(try withheld(payloads, &again, isCut: true) == all)
        }
        var decoder = decoder()
        #expect(try withheld([ip], &decoder, isCut: true) == [false])
        let tagged = "525400aabbcc 5254001c1c1e 8100 0064" + ip.dropFirst(26)
        decoder = self.decoder()
        #expect(try withheld([tagged, "deadbeef"], &decoder, isCut: true) == [false, false])
    }

    @Test("a number that does not change is none", arguments: [PseudowireType.ethernet, .ppp, .ip])
    func numbers(type: PseudowireType) throws {
        let ip = "4500001c 00000000 4011f6cd c0000201 c0000202 0001000200080000"
        let frame = type == .ethernet ? Self.arp : type == .ppp ? "21" + ip : ip
        var decoder = decoder(type, sublayer: .default)
        let frames = Array(repeating: "40b2c3d4" + frame, count: 4)
        #expect(try withheld(frames, &decoder) == [false, false, true, true])
        var again = decoder.rewound()
        #expect(try withheld(frames, &again) == [true, true, true, true])
        // Not even if one message among many is another's.
        _ = try withheld(Array(repeating: frames[0], count: 30), &decoder)
        let strays = ["00000000" + frame, "40000001" + frame, frames[0]]
        #expect(try withheld(strays, &decoder) == [true, true, true])
        // What counts up is a number, also when a capture has each message more than once.
        decoder = self.decoder(type, sublayer: .default)
        let counted = [1, 1, 1, 2].map { "4000000\($0)" + frame }
        #expect(try withheld(counted, &decoder) == [false, false, true, false])
        again = decoder.rewound()
        #expect(try withheld(counted, &again) == [false, false, false, false])
        // A number may be part of a cookie where nothing is behind it.
        decoder = self.decoder(type, sublayer: .default)
        #expect(try withheld(["40b2c3d4"], &decoder) == [true])
    }

    @Test("PPP frames, also with a compressed protocol, IP packets, and what cannot be recognized")
    func otherPseudowires() throws {
        let ip = "4500001c 00000000 4011f6cd c0000201 c0000202 0001000200080000"
        let addresses = "20010db8000000000000000000000001 20010db8000000000000000000000002"
        let ip6 = "60000000 0008 11 40 \(addresses) 0001000200080000"
        let payloads: [(PseudowireType, String, Bool)] = [
            (.ppp, "ff03 c021 01010004", false), (.ppp, "c021 01010004", false), (.ppp, "c021 01010005", true),
            (.ppp, "0021" + ip, false), (.ppp, "21" + ip, false), (.ppp, "57" + ip6, false),
            (.ppp, "ff03 21" + ip, false), (.ppp, "ff03 0021 deadbeef", true), (.ppp, "214eb2c3 0021" + ip, true),
            (.ppp, "a021b2c3 ff03 0021" + ip, true), (.ppp, "2d 0102030405", true), (.ppp, Self.arp, true),
            (.ethernet, "0021" + ip, true),
            (.ip, ip, false), (.ip, ip6, false), (.ip, "deadbeef" + ip, true), (.ip, "44332211" + ip, true),
            (.ip, "6a11b2c3d4e5f607" + ip, true), (.ip, "47a1b2c3" + ip, true), (.hdlc, "0f000800" + ip, true),
        ]
        for (type, payload, isWithheld) in payloads {
            var decoder = decoder(type)
            #expect(try withheld([payload], &decoder) == [isWithheld], "\(type) \(payload)")
        }
        // Cut, lengths say little; what follows a cookie is seen all the same.
        let long = ip6.replacing("0008 11", with: "0200 11")
        for (payload, isWithheld) in [
            (ip, false), (long, false), ("6a11b2c3d4e5f607" + ip, true), ("47a1b2c3" + ip, true),
            ("6a11b2c3d4e5f607" + long, true), ("6a11b2c3d4e5f607" + ip.replacing("f6cd", with: "0000"), true),
            ("6a11b2c3" + long.prefix(96), true),
        ] {
            var decoder = decoder(.ip)
            let rest = payload.hasPrefix("6a11b2c36") ? "" : Self.padding
            #expect(try withheld([payload + rest], &decoder, isCut: true) == [isWithheld], "\(payload)")
        }
    }
}
