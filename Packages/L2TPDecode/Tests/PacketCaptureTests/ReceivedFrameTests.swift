import L2TPWireTestSupport
import PacketCapture
import SystemPackage
import Testing

@testable import LiveCapture

@Suite struct ReceivedFrameTests {
    private let tag = VLANTag(protocolID: .serviceVLAN, control: 0x2064)

    /// What a buffer holds after a packet has been received and restored.
    private func restored(
        _ packet: [UInt8], _ layer: PacketFilter.LinkLayer, _ facts: ReceivedFrame.Facts
    ) -> [UInt8] {
        let frame = ReceivedFrame(layer: layer)
        var buffer = [UInt8](repeating: 0xee, count: frame.headroom) + packet
        let range = frame.restore(packet.count, facts, in: &buffer)
        return Array(buffer[range])
    }

    @Test func ethernet() {
        let packet = Frames.ethernet(.ipv4, LinkFrameTests.packet)
        var facts = ReceivedFrame.Facts()
        #expect(restored(packet, .ethernet, facts) == packet)
        facts.tag = tag
        #expect(restored(packet, .ethernet, facts) == Frames.ethernet(.ipv4, tags: [tag], LinkFrameTests.packet))
        // Too short for a tag to be put anywhere.
        #expect(restored([1, 2, 3], .ethernet, facts) == [1, 2, 3])
    }

    @Test func cooked() throws {
        var facts = ReceivedFrame.Facts()
        facts.etherType = .ipv4
        facts.interfaceIndex = 0x0102_0304
        facts.hardwareType = 65534
        facts.packetType = 4
        facts.address = 0x0200_0000_0001_0000
        facts.addressByteCount = 6
        let header = "0000 01020304 fffe 04 06 0200000000010000"
        let packet = LinkFrameTests.packet
        #expect(restored(packet, .cooked, facts) == (try Hex.parse("0800" + header) + packet))
        facts.tag = tag
        let tagged = restored(packet, .cooked, facts)
        #expect(tagged == (try Hex.parse("88a8" + header + "2064 0800") + packet))
        let layers = Layers(tagged, .linuxCooked2)
        #expect(layers.tags == [100])
        #expect(layers.payload == [1, 2, 3])
    }

    /// What Linux 6.12 and 6.1 tell of tags that they have left in the frame.
    @Test func cookedTagInside() {
        let packet = LinkFrameTests.packet
        let inner = Frames.ethernet(.ipv4, tags: [VLANTag(protocolID: .vlan, control: 9)], packet)[14...]
        let innerIPv6 = [0x20, 9, 0x86, 0xdd] + Frames.ipv6(.noNextHeader, [])
        for (tag, told, bytes, tags) in [
            // Coming in, the outer tag taken out: the kernel names the innermost protocol, or the inner tag's.
            (tag, EtherType.ipv4, Array(inner), [100, 9]), (tag, .vlan, Array(inner), [100, 9]),
            (tag, .ipv6, innerIPv6, [100, 9]), (nil, .vlan, innerIPv6, [9]),
            // Going out, the tag in front of what is seen: it is told, or lost.
            (tag, .ipv4, packet, [100]), (nil, .vlan, packet, []), (nil, .vlan, Frames.ipv6(.noNextHeader, []), []),
            (nil, .ipv4, packet, []),
        ] as [(VLANTag?, EtherType, [UInt8], [Int])] {
            var facts = ReceivedFrame.Facts()
            facts.etherType = told
            facts.tag = tag
            let layers = Layers(restored(bytes, .cooked, facts), .linuxCooked2)
            #expect(layers.error == nil)
            #expect(layers.tags == tags)
            #expect(layers.source != nil)
        }
        for count in 0..<6 {
            var facts = ReceivedFrame.Facts()
            facts.etherType = .vlan
            #expect(restored(Array(packet.prefix(count)), .cooked, facts).count == 20 + count)
        }
    }

    /// `struct sockaddr_ll`, and two `struct cmsghdr`, as recvmsg gives them where the least significant byte is first: on all
    /// machines that Swift has a toolchain for Linux on.
    @Test func controlMessages() throws {
        let address = try Hex.parse("1100 0800 07000000 0403 00 06 0200000000010000")
        let time = "2000000000000000 01000000 23000000 00f1536500000000 15cd5b0700000000"
        let auxiliary = "2400000000000000 07010000 08000000 51000000 64000000 64000000 0000 0e00 6420 a888 00000000"
        let control = try Hex.parse(time + auxiliary)
        let facts = ControlMessages.facts(address: address.span, control: control.span, originalLength: 100)
        #expect(facts.etherType == .ipv4)
        #expect(facts.interfaceIndex == 7)
        #expect(facts.hardwareType == 772)
        #expect(facts.packetType == 0)
        #expect(facts.address == 0x0200_0000_0001_0000)
        #expect(facts.addressByteCount == 6)
        #expect(facts.timestamp?.nanoseconds == 1_700_000_000_123_456_789)
        #expect(facts.tag == tag)
        #expect(!facts.isLoopbackDuplicate)
        for count in 0...control.count {
            let prefix = ControlMessages.facts(
                address: address.span.extracting(first: min(count, address.count)),
                control: control.span.extracting(first: count), originalLength: 100)
            #expect((prefix.timestamp != nil) == (count >= 32))
            #expect((prefix.tag != nil) == (count >= 68))
        }
    }

    @Test func errors() {
        #expect(
            LiveCaptureError(.open, "eth0", .notPermitted).description
                == "cannot open a packet socket for interface eth0: Operation not permitted (EPERM); it needs CAP_NET_RAW: "
                + "run it as root")
        #expect(
            LiveCaptureError(.receive, nil, .ioError).description
                == "cannot capture further on all interfaces: Input/output error (EIO)")
    }

    @Test func unknownInterface() {
        do throws(LiveCaptureError) {
            _ = try InterfaceCapture(of: "no-such-one", filter: nil)
            Issue.record("captures on an interface that does not exist")
        } catch {
            #expect(
                error.description
                    == "cannot find interface no-such-one: No such device (ENODEV); ip link lists the interfaces")
        }
    }
}
