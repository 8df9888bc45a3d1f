import L2TPWireTestSupport
import PacketCapture
import Testing

@Suite struct NetworkPacketTests {
    /// The header of RFC 1071's usual example: IPv4 from 192.168.0.1 to 192.168.0.199, UDP, checksum b861.
    @Test func ipv4Checksum() throws {
        let header = try Hex.parse("45000073 00004000 4011b861 c0a80001 c0a800c7")
        for (change, isValid) in [(UInt8(0), true), (1, false)] {
            var bytes = header + [UInt8](repeating: 0, count: 0x73 - 20)
            bytes[8] ^= change
            let frame = try LinkFrame(parsing: bytes.span, linkType: .raw)
            let packet = try NetworkPacket(parsing: frame)
            let (found, source, destination) = (
                packet.hasValidHeaderChecksum, packet.source.description, packet.destination.description
            )
            #expect(found == isValid)
            #expect(source == "192.168.0.1")
            #expect(destination == "192.168.0.199")
        }
    }

    @Test func fieldsAndOffsets() throws {
        let bytes = Frames.ethernet(.ipv4, Frames.ipv4(.esp, [7, 7], options: [1, 1, 1, 0]) + [0, 0, 0])
        let frame = try LinkFrame(parsing: bytes.span, linkType: .ethernet)
        let packet = try NetworkPacket(parsing: frame)
        let offsets = [
            packet.headerOffset, packet.sourceOffset, packet.destinationOffset, packet.protocolOffset,
            packet.payloadOffset,
        ]
        let (hopLimit, trafficClass, number) = (packet.hopLimit, packet.trafficClass, packet.protocolNumber)
        // The total length leaves the frame's padding out.
        let payload = [UInt8](copying: packet.payload)
        let isValid = packet.hasValidHeaderChecksum
        #expect(offsets == [14, 26, 30, 23, 38])
        #expect(hopLimit == 64)
        #expect(trafficClass == 0xb8)
        #expect(number == .esp)
        #expect(payload == [7, 7])
        #expect(isValid == true)
    }

    @Test func fieldsAndOffsetsIPv6() throws {
        let chain: [UInt8] = [60, 0, 1, 4, 0, 0, 0, 0] + [51, 0, 1, 4, 0, 0, 0, 0]
        let authentication: [UInt8] = [17, 4, 0, 0] + [UInt8](repeating: 0, count: 20)
        let bytes = Frames.ethernet(.ipv6, Frames.ipv6(.hopByHopOptions, chain + authentication + Frames.udp([9])))
        let frame = try LinkFrame(parsing: bytes.span, linkType: .ethernet)
        let packet = try NetworkPacket(parsing: frame)
        let offsets = [
            packet.headerOffset, packet.sourceOffset, packet.destinationOffset, packet.protocolOffset,
            packet.payloadOffset,
        ]
        let (hopLimit, trafficClass, number) = (packet.hopLimit, packet.trafficClass, packet.protocolNumber)
        let (hasAuthentication, checksum) = (packet.hasAuthenticationHeader, packet.hasValidHeaderChecksum)
        #expect(offsets == [14, 22, 38, 70, 94])
        #expect(hopLimit == 63)
        #expect(trafficClass == 0xb8)
        #expect(number == .udp)
        #expect(hasAuthentication)
        #expect(checksum == nil)
        let layers = Layers(bytes)
        #expect(layers.payload == [9])
        for count in 54..<bytes.count {
            #expect(Layers(Array(bytes.prefix(count))).error?.code == .truncated)
            let cut = Layers(Array(bytes.prefix(count)), originalLength: bytes.count)
            #expect(cut.error?.code == (count < bytes.count - 1 ? .cut : nil))
        }
    }

    @Test func fragments() {
        let first = Layers(Frames.ipv4(.udp, [UInt8](repeating: 1, count: 16), id: 77, offset: 8, hasMore: true), .raw)
        #expect(first.fragment == NetworkPacket.Fragment(identification: 77, offset: 8, hasMore: true))
        #expect(first.payloadOffset == 20)
        let header = Frames.fragmentHeader(.udp, id: 0x1234_5678, offset: 1480, hasMore: false)
        let last = Layers(Frames.ipv6(.fragment, header + [1, 2, 3]), .raw)
        #expect(last.fragment == NetworkPacket.Fragment(identification: 0x1234_5678, offset: 1480, hasMore: false))
        #expect(last.protocolNumber == .udp)
        #expect(last.payload == [1, 2, 3])
        // An atomic fragment is whole (RFC 6946).
        let atomic = Frames.fragmentHeader(.udp, id: 1, offset: 0, hasMore: false)
        let whole = Layers(Frames.ipv6(.fragment, atomic + Frames.udp([5])), .raw)
        #expect(whole.fragment == nil)
        #expect(whole.payload == [5])
    }

    @Test func udpOfFragment() throws {
        let bytes = Frames.ipv4(.udp, Frames.udp([UInt8](repeating: 0, count: 8)), hasMore: true)
        do throws(LayerError) {
            let packet = try NetworkPacket(parsing: LinkFrame(parsing: bytes.span, linkType: .raw))
            _ = try UDPDatagram(parsing: packet)
            Issue.record("reads a fragment")
        } catch {
            #expect(error.code == .fragment)
            #expect(error.offset == 20)
        }
    }

    @Test(
        arguments: [
            // Version and header length.
            ("55000014 00000000 40110000 c0000201 c0000202", LinkType.ipv4, "wrong IP version", 0),
            ("44000014 00000000 40110000 c0000201 c0000202", .raw, "wrong length", 0),
            // A total length within the header; one beyond the packet.
            ("45000013 00000000 40110000 c0000201 c0000202", .raw, "wrong length", 2),
            ("45000018 00000000 40110000 c0000201 c0000202 0000", .raw, "packet is truncated", 22),
            // A fragment of 2 bytes that is not the last; one that ends beyond 65535.
            ("45000016 00002000 40110000 c0000201 c0000202 0000", .raw, "impossible fragment", 6),
            ("45000020 00001fff 40110000 c0000201 c0000202 00000000 00000000 00000000", .raw, "impossible fragment", 6),
            // A UDP length within the header; one beyond the packet.
            ("4500001c 00000000 40110000 c0000201 c0000202 00010002 00070000", .raw, "wrong length", 24),
            ("4500001c 00000000 40110000 c0000201 c0000202 00010002 00090000", .raw, "packet is truncated", 28),
        ])
    func damage(packet: String, linkType: LinkType, code: String, offset: Int) throws {
        let error = Layers(try Hex.parse(packet), linkType).error
        #expect(error?.code.rawValue == code)
        #expect(error?.offset == offset)
    }

    @Test func damageOfIPv6() {
        var bytes = Frames.ipv6(.udp, Frames.udp([1]))
        bytes[0] = 0x45
        #expect(Layers(bytes, .ipv6).error?.code == .badVersion)
        #expect(Layers(Frames.ethernet(.ipv6, bytes)).error?.code == .badVersion)
        let odd = Frames.fragmentHeader(.udp, id: 1, offset: 8, hasMore: true) + [1]
        let error = Layers(Frames.ipv6(.fragment, odd), .raw).error
        #expect(error?.code == .badFragment)
        #expect(error?.offset == 42)
    }

    /// What a capture on the sending host shows of a packet that the interface is to cut into segments.
    @Test func lengthsLeftToTheInterface() {
        var bytes = Frames.ipv4(.udp, Frames.udp([1, 2]))
        bytes[2...3] = [0, 0]
        bytes[24...25] = [0, 0]
        let layers = Layers(bytes, .raw)
        #expect(layers.error == nil)
        #expect(layers.payload == [1, 2])
        // A jumbogram (RFC 2675).
        var jumbo = Frames.ipv6(.hopByHopOptions, [17, 0, 0xc2, 4, 0, 1, 0, 0] + Frames.udp([3]))
        jumbo[4...5] = [0, 0]
        #expect(Layers(jumbo, .raw).payload == [3])
    }

    @Test(
        arguments: [
            (0x2001_0db8_0000_0000, 1, "2001:db8::1"), (0, 0, "::"), (0, 1, "::1"),
            (0, 0xffff_c000_0201, "::ffff:192.0.2.1"),
            (0x2001_0db8_0000_0001, 0x0001_0001_0001_0001, "2001:db8:0:1:1:1:1:1"),
            (0x0001_0000_0000_0002, 0x0000_0000_0000_0003, "1:0:0:2::3"), (1 << 48, 0, "1::"),
        ] as [(UInt64, UInt64, String)])
    func addressText(high: UInt64, low: UInt64, text: String) {
        #expect(NetworkAddress(high: high, low: low).description == text)
    }

    @Test func randomBytesNeverTrap() {
        var generator = SeededGenerator(for: "NetworkPacketTests.randomBytesNeverTrap")
        let types: [LinkType] = [.ethernet, .linuxCooked, .linuxCooked2, .raw, .null, .loop, .ipv4, .ipv6]
        let seeds = [
            Frames.ethernet(.ipv4, LinkFrameTests.packet), Frames.ipv6(.hopByHopOptions, [17, 0, 0, 0, 0, 0, 0, 0]),
        ]
        for _ in 0..<20_000 {
            var bytes = seeds.randomElement(using: &generator) ?? []
            for _ in 0..<3 { bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8(generator.next() & 0xff) }
            bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
            let type = types.randomElement(using: &generator) ?? .raw
            let layers = Layers(bytes, type, originalLength: Bool.random(using: &generator) ? 1000 : nil)
            if let error = layers.error, !(0...bytes.count).contains(error.offset) {
                Issue.record("\(Hex.print(bytes)) as \(type): \(error)")
                return
            }
        }
    }
}
