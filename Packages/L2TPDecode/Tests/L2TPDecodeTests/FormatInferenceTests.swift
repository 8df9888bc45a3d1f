import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct FormatInferenceTests {
    static let formats = Session.all()

    /// What is found out from messages of a session that carry frames.
    private func result(
        of session: Session, _ frames: [[UInt8]], numbers: [UInt32?] = [], isCut: Bool = false
    ) throws -> (format: DataFormat, plausibleCount: Int)? {
        var inference = FormatInference()
        for (index, frame) in frames.enumerated() {
            let body = try session.body(frame, number: index < numbers.count ? numbers[index] : nil)
            inference.add(body.span, isCut: isCut)
        }
        return inference.result
    }

    static let frames: [(name: String, frame: [UInt8])] = [
        ("ARP", Frames.ethernet(0x0806, Frames.arp())),
        ("ARP, padded", Frames.ethernet(0x0806, Frames.arp() + [UInt8](repeating: 0, count: 18))),
        ("IPv4", Frames.ethernet(0x0800, Frames.ping())),
        ("IPv4, padded", Frames.ethernet(0x0800, Frames.ping(byteCount: 0) + [UInt8](repeating: 0, count: 18))),
        ("IPv6", Frames.ethernet(0x86DD, Frames.ipv6(59, []))),
        ("VLAN", Frames.ethernet(0x0800, Frames.ping(), tags: [(0x8100, 100)])),
        ("QinQ", Frames.ethernet(0x86DD, Frames.ipv6(59, []), tags: [(0x88A8, 200), (0x8100, 100)])),
        ("LLC", Frames.ethernet(38, [0x42, 0x42, 3] + [UInt8](repeating: 0, count: 35))),
        ("PPPoE", Frames.ethernet(0x8864, [0x11, 0, 0, 1, 0, 2, 0xC0, 0x21])),
        ("LLDP", Frames.ethernet(0x88CC, [2, 7, 4, 2, 0, 0, 0, 1, 10])),
        ("PPP", Frames.lcp),
        ("PPP without address field", [0x00, 0x21] + Frames.ping()),
    ]

    @Test(arguments: formats.indices, frames.indices)
    func oneMessageIsEnough(format: Int, frame: Int) throws {
        let session = Self.formats[format]
        let found = try #require(try result(of: session, [Self.frames[frame].frame]))
        #expect(found.format == session.format)
        #expect(found.plausibleCount == 1)
    }

    @Test(arguments: formats.indices)
    func numbers(format: Int) throws {
        let session = Self.formats[format]
        guard session.sublayer == .default else { return }
        let frames = Array(repeating: Frames.ethernet(0x0806, Frames.arp()), count: 3)
        for numbers: [UInt32?] in [[0, 1, 2], [7], [nil, nil, 5], [5, nil, 6], [0xFF_FFFF, 0, 1]] {
            #expect(
                try result(of: session, Array(frames.prefix(numbers.count)), numbers: numbers)?.format == session.format
            )
        }
    }

    @Test("a cookie that looks like a sublayer does not count up")
    func cookieLikeSublayer() throws {
        let frames = Array(repeating: Frames.ethernet(0x0806, Frames.arp()), count: 3)
        for session in Session.all(cookie: (0x4000_0001, 0x4000_0001_4000_0001)) {
            #expect(try result(of: session, frames)?.format == session.format)
        }
    }

    @Test("a cookie of which every bit but those of a sublayer is clear, and one with reserved bits")
    func cookieWithReservedBits() throws {
        let frames = [Frames.ethernet(0x0806, Frames.arp())]
        for number: UInt32 in [1, 0x4100_0000, 0x8000_0000, 0x0100_0000, 0xC000_0001] {
            let session = Session(cookie: Cookie(number), sublayer: .none)
            #expect(try result(of: session, frames)?.format == session.format)
        }
    }

    /// A snap length that leaves a few bytes of the frame: lengths reach beyond what is there.
    @Test(arguments: formats.indices)
    func cut(format: Int) throws {
        let session = Self.formats[format]
        let full: [(bytes: [UInt8], least: Int)] = [
            (Frames.ethernet(0x0800, Frames.ping(byteCount: 1400)), 14),
            (Frames.ethernet(0x86DD, Frames.ipv6(17, [UInt8](repeating: 0, count: 1200))), 14),
            (Frames.ethernet(0x0800, Frames.ping(byteCount: 1400), tags: [(0x8100, 5)]), 18),
        ]
        for (frame, least) in full {
            for count in least..<80 {
                let found = try result(of: session, [Array(frame.prefix(count))], isCut: true)
                #expect(found?.format == session.format, "\(count) bytes of \(frame.prefix(18))")
            }
        }
    }

    @Test func garbageIsNotPlausible() throws {
        var inference = FormatInference()
        #expect(inference.result == nil)
        for bytes: [UInt8] in [[], [1], [UInt8](repeating: 0, count: 40), [UInt8](repeating: 0xFF, count: 40)] {
            inference.add(bytes.span, isCut: false)
            #expect(inference.result == nil)
        }
        #expect(inference.messageCount == 4)
    }

    @Test("garbage among frames changes nothing, but how many are plausible")
    func garbageAmongFrames() throws {
        var generator = SeededGenerator(for: "FormatInferenceTests.garbageAmongFrames")
        for session in Self.formats {
            var inference = FormatInference()
            for index in 0..<200 {
                let frame = index % 4 == 3 ? generator.bytes(40) : Frames.ethernet(0x0800, Frames.ping(UInt16(index)))
                let body = try session.body(frame, number: session.sublayer == .default ? UInt32(index) : nil)
                inference.add(body.span, isCut: false)
            }
            let result = try #require(inference.result)
            #expect(result.format == session.format)
            #expect(inference.messageCount == 200)
            #expect((150...160).contains(result.plausibleCount))
        }
    }

    /// Sessions of any format, cookie, numbering and traffic.
    @Test func randomSessions() throws {
        var generator = SeededGenerator(for: "FormatInferenceTests.randomSessions")
        for _ in 0..<2_000 {
            let session = Session.random(&generator)
            var number = UInt32.random(in: 0...0xFF_FFFF, using: &generator)
            let isNumbered = session.sublayer == .default && Bool.random(using: &generator)
            var inference = FormatInference()
            for _ in 0..<Int.random(in: 3...70, using: &generator) {
                number &+= 1
                let body = try session.body(Self.randomFrame(&generator), number: isNumbered ? number : nil)
                inference.add(body.span, isCut: false)
            }
            guard inference.result?.format == session.format else {
                Issue.record("\(session), numbered \(isNumbered): \(String(describing: inference.result))")
                return
            }
            #expect(inference.result?.plausibleCount == inference.messageCount)
        }
    }

    /// ARP, IPv4 or IPv6, with the addresses of some vendor's cards, and VLAN tags.
    static func randomFrame(_ generator: inout SeededGenerator) -> [UInt8] {
        func address() -> [UInt8] { [0x52, 0x54] + generator.bytes(4) }
        let (source, destination) = (
            address(), Bool.random(using: &generator) ? address() : [255, 255, 255, 255, 255, 255]
        )
        let tags = Array(
            [(type: 0x88A8 as UInt16, id: UInt16.random(in: 0...4095, using: &generator)), (type: 0x8100, id: 7)]
                .prefix(Int.random(in: 0...2, using: &generator)))
        let payload = generator.bytes(Int.random(in: 0...300, using: &generator))
        let (type, packet): (UInt16, [UInt8]) =
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: (0x0806, Frames.arp(operation: UInt16.random(in: 1...2, using: &generator)))
            case 1: (0x0800, Frames.ipv4(UInt8.random(in: 0...255, using: &generator), payload))
            default: (0x86DD, Frames.ipv6(UInt8.random(in: 0...255, using: &generator), payload))
            }
        return Frames.ethernet(type, packet, tags: tags, from: source, to: destination)
    }
}

extension Session {
    /// A session of any format.
    static func random(_ generator: inout SeededGenerator) -> Self {
        let cookie: Cookie? =
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: nil
            case 1: Cookie(UInt32.random(in: 1 ... .max, using: &generator))
            default: Cookie(UInt64.random(in: 1 ... .max, using: &generator))
            }
        return Self(
            encapsulation: Bool.random(using: &generator) ? .udp : .ip,
            id: SessionID(UInt32.random(in: 1 ... .max, using: &generator)), cookie: cookie,
            sublayer: Bool.random(using: &generator) ? .default : .none)
    }
}
