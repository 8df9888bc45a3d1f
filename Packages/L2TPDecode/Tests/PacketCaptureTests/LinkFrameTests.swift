import L2TPWireTestSupport
import PacketCapture
import Testing

@Suite struct LinkFrameTests {
    static let packet = Frames.ipv4(.udp, Frames.udp([1, 2, 3]))

    /// The registry of link types, and the pages of LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2 and LINKTYPE_NULL.
    static let headers: [(type: LinkType, hexadecimal: String)] = [
        (.ethernet, "020000000002 020000000001 0800"),
        (.linuxCooked, "0000 0001 0006 0200000000010000 0800"),
        (.linuxCooked2, "0800 0000 00000003 0001 04 06 0200000000010000"),
        (.raw, ""), (.rawBSD, ""), (.rawOpenBSD, ""), (.ipv4, ""),
        (.null, "00000002"), (.null, "02000000"), (.loop, "00000002"),
    ]

    @Test(arguments: 0..<headers.count) func golden(index: Int) throws {
        let header = try Hex.parse(Self.headers[index].hexadecimal)
        let layers = Layers(header + Self.packet, Self.headers[index].type)
        #expect(layers.error == nil)
        #expect(layers.etherType == .ipv4)
        #expect(layers.source == "192.0.2.1")
        #expect(layers.ports == [1701, 1702])
        #expect(layers.payloadOffset == header.count + 28)
        #expect(layers.payload == [1, 2, 3])
    }

    /// Every prefix of every link type: refused at the first missing byte, as malformed or as cut by the capture.
    @Test(arguments: 0..<headers.count) func truncation(index: Int) throws {
        let bytes = try Hex.parse(Self.headers[index].hexadecimal) + Self.packet
        for count in 0..<bytes.count {
            let prefix = Array(bytes.prefix(count))
            let malformed = Layers(prefix, Self.headers[index].type)
            #expect(malformed.error?.code == .truncated)
            #expect(malformed.error?.offset == count)
            let cut = Layers(prefix, Self.headers[index].type, originalLength: bytes.count)
            if count < bytes.count - 3 {
                #expect(cut.error?.code == .cut)
                #expect(cut.error?.offset == count)
            } else {
                #expect(cut.error == nil)
                #expect(cut.missing == bytes.count - count)
            }
        }
    }

    @Test(arguments: ["0000000a", "00000018", "0000001c", "1e000000"]) func loopbackIPv6(family: String) throws {
        let layers = Layers(try Hex.parse(family) + Frames.ipv6(.noNextHeader, []), .null)
        #expect(layers.error == nil)
        #expect(layers.source == "2001:db8::1")
    }

    @Test func rawVersions() {
        #expect(Layers(Frames.ipv6(.noNextHeader, []), .raw).source == "2001:db8::1")
        #expect(Layers(Frames.ipv6(.noNextHeader, []), .ipv6).source == "2001:db8::1")
        #expect(Layers([0x50], .raw).error?.code == .badVersion)
    }

    /// IEEE 802.1Q and 802.1ad: any order of tags, of any of the three kinds.
    @Test func tags() {
        let kinds: [EtherType] = [.serviceVLAN, .vlan, .oldServiceVLAN, .vlan]
        for count in 0...4 {
            let tags = (0..<count).map { VLANTag(protocolID: kinds[$0], control: UInt16(0xe000 + 100 + $0)) }
            let bytes = Frames.ethernet(.ipv4, tags: tags, Self.packet)
            let layers = Layers(bytes)
            #expect(layers.error == nil)
            #expect(layers.tags == Array(100..<100 + count))
            #expect(layers.payloadOffset == 14 + 4 * count + 28)
            for length in 14..<14 + 4 * count {
                #expect(Layers(Array(bytes.prefix(length))).error?.field == "VLAN tag")
            }
        }
        let many = [VLANTag](repeating: VLANTag(protocolID: .vlan, control: 1), count: 5)
        #expect(Layers(Frames.ethernet(.ipv4, tags: many, Self.packet)).error?.code == .tooManyTags)
    }

    @Test func tagFields() throws {
        let tag = VLANTag(protocolID: .serviceVLAN, control: 0xbfff)
        #expect(tag.id == 4095)
        #expect(tag.priority == 5)
        #expect(tag.isDropEligible)
        let bytes = Frames.ethernet(.ipv4, tags: [tag], Self.packet)
        let frame = try LinkFrame(parsing: bytes.span, linkType: .ethernet, at: 100)
        let (tags, offset, payload) = (Array(frame.tags), frame.etherTypeOffset, frame.payloadOffset)
        #expect(tags == [tag])
        #expect(offset == 116)
        #expect(payload == 118)
    }

    @Test func otherContents() {
        let arp = Layers(Frames.ethernet(.arp, [0, 1]))
        #expect(arp.error == LayerError(.notIP, at: 12, in: "EtherType", "0x0806"))
        let other = Layers([1, 2, 3], LinkType(rawValue: 147))
        #expect(other.error?.code == .unsupportedLinkType)
        #expect(
            other.error?.description
                == "unsupported link type, at byte 0 (link layer): link type 147; Ethernet, Linux cooked, raw IP and "
                + "BSD loopback are read")
    }
}
