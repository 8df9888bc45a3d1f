internal import PacketCapture

/// Where in a buffer a packet is received, and what is put before it.
///
/// The kernel takes a VLAN tag out of the frame, and a cooked socket the link layer's header. Room is left before the
/// packet, so that both can be put back without moving it.
struct ReceivedFrame {
    /// What the kernel tells of a packet besides its bytes (`struct sockaddr_ll`, `struct tpacket_auxdata`).
    struct Facts: Equatable {
        /// What the packet carries, as the kernel has understood it.
        var etherType: EtherType = EtherType(rawValue: 0)
        var interfaceIndex: UInt32 = 0
        /// The kind of interface (`ARPHRD_ETHER` …).
        var hardwareType: UInt16 = 0
        /// To us, broadcast, multicast, to others, outgoing (`PACKET_HOST` …).
        var packetType: UInt8 = 0
        /// The sender's hardware address, as many of the eight bytes as `addressByteCount` says.
        var address: UInt64 = 0
        var addressByteCount: UInt8 = 0
        /// The tag that the kernel has taken out.
        var tag: VLANTag?
        var timestamp: Timestamp?
        /// How long the packet was before the snap length cut it.
        var originalLength = 0

        /// The loopback interface shows each packet going out and coming in.
        var isLoopbackDuplicate: Bool { hardwareType == 772 && packetType == 4 }
    }

    static let tagByteCount = 4
    /// LINKTYPE_LINUX_SLL2.
    static let cookedHeaderByteCount = 20

    let layer: PacketFilter.LinkLayer

    /// How much room is left before the packet.
    var headroom: Int {
        layer == .ethernet ? Self.tagByteCount : Self.tagByteCount + Self.cookedHeaderByteCount
    }

    var linkType: LinkType { layer == .ethernet ? .ethernet : .linuxCooked2 }

    /// Puts header and tag back.
    ///
    /// - Parameters:
    ///   - byteCount: How many bytes were received after the headroom.
    ///   - facts: What the kernel told.
    ///   - buffer: Headroom and packet.
    /// - Returns: Where the whole frame lies in the buffer.
    func restore(_ byteCount: Int, _ facts: Facts, in buffer: inout [UInt8]) -> Range<Int> {
        switch layer {
        case .ethernet:
            guard let tag = facts.tag, byteCount >= 12 else { return headroom..<headroom + byteCount }
            // The two addresses move to the front, the tag follows them.
            for index in 0..<12 { buffer[index] = buffer[headroom + index] }
            put(UInt64(tag.protocolID.rawValue) << 16 | UInt64(tag.control), byteCount: 4, at: 12, in: &buffer)
            return 0..<headroom + byteCount
        case .cooked:
            let start = facts.tag == nil ? Self.tagByteCount : 0
            let inner = innerEtherType(of: byteCount, facts.etherType, in: buffer)
            let etherType = facts.tag?.protocolID ?? inner
            put(UInt64(etherType.rawValue) << 16, byteCount: 4, at: start, in: &buffer)
            put(UInt64(facts.interfaceIndex), byteCount: 4, at: start + 4, in: &buffer)
            put(UInt64(facts.hardwareType), byteCount: 2, at: start + 8, in: &buffer)
            buffer[start + 10] = facts.packetType
            buffer[start + 11] = facts.addressByteCount
            put(facts.address, byteCount: 8, at: start + 12, in: &buffer)
            if let tag = facts.tag {
                put(
                    UInt64(tag.control) << 16 | UInt64(inner.rawValue), byteCount: 4,
                    at: Self.cookedHeaderByteCount, in: &buffer)
            }
            return start..<headroom + byteCount
        }
    }

    /// What a cooked packet begins with, where a VLAN tag makes the kernel say something else.
    ///
    /// With a tag left in the frame it names what follows the last tag, although the packet begins with the tag (since
    /// Linux 6.10), or names the tag, although the packet, on its way out, begins behind it (before). The packet itself
    /// shows which: after a tag's two bytes stands an EtherType.
    private func innerEtherType(of byteCount: Int, _ told: EtherType, in buffer: [UInt8]) -> EtherType {
        guard byteCount >= 6 else { return told }
        let version = buffer[headroom] >> 4
        let begun: EtherType? = version == 4 ? .ipv4 : version == 6 ? .ipv6 : nil
        let next = EtherType(rawValue: UInt16(buffer[headroom + 2]) << 8 | UInt16(buffer[headroom + 3]))
        let isTag = next.isVLAN || next == .ipv4 || next == .ipv6 || next == .arp
        if told.isVLAN { return isTag ? told : begun ?? told }
        guard told == .ipv4 || told == .ipv6, begun != told, next == told || next.isVLAN else { return told }
        return .vlan
    }

    private func put(_ number: UInt64, byteCount: Int, at offset: Int, in buffer: inout [UInt8]) {
        for index in 0..<byteCount {
            buffer[offset + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * (byteCount - 1 - index)))
        }
    }
}
