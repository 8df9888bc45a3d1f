public import PacketCapture

/// Which packets the kernel hands over; it drops the others before they are copied.
///
/// Every IP fragment passes, for a later one does not tell what it belongs to, and so does every IPv6 packet with
/// extension headers, which the kernel's filter cannot walk. Of what a cooked socket sees, so does whatever has a VLAN tag
/// that the kernel has left in the frame.
public struct PacketFilter: Hashable, Sendable {
    /// What a packet begins with where the filter sees it.
    public enum LinkLayer: Hashable, Sendable, CaseIterable {
        /// An Ethernet header.
        case ethernet
        /// The network layer: a cooked packet socket has taken the link layer's header off.
        case cooked
    }

    /// More ports than this are not compared one by one: all UDP passes.
    static let mostPorts = 128
    /// How many VLAN tags of an Ethernet frame are looked behind, besides one that the kernel has taken out of it.
    static let mostTags = 2

    /// The UDP ports, of sender or receiver, whose datagrams pass; nil for all UDP.
    public var udpPorts: [UInt16]?
    /// The IP protocols besides UDP whose packets pass.
    public var protocols: [IPProtocol]

    /// A filter.
    ///
    /// - Parameters:
    ///   - udpPorts: The UDP ports whose datagrams pass; nil for all UDP. More than 128 are as good as all.
    ///   - protocols: The IP protocols besides UDP whose packets pass.
    public init(udpPorts: [UInt16]?, protocols: [IPProtocol]) {
        self.udpPorts = udpPorts.flatMap { $0.count > Self.mostPorts ? nil : $0 }
        self.protocols = protocols
    }

    /// The filter as a program for `SO_ATTACH_FILTER`.
    ///
    /// - Parameters:
    ///   - layer: What a packet begins with.
    ///   - snapLength: How many bytes of a packet that passes are kept.
    /// - Returns: The instructions, fewer than the kernel's limit of 4096.
    public func program(for layer: LinkLayer, snapLength: Int) -> [BPFInstruction] {
        let accept = BPFInstruction.result(snapLength)
        switch layer {
        case .ethernet:
            return self.layer(etherType: .half(at: 12), payload: 14, tags: 0, otherwise: [Self.reject], accept)
        case .cooked:
            // The kernel's word for what follows, at the ancillary offset SKF_AD_OFF + SKF_AD_PROTOCOL.
            let etherType = BPFInstruction(code: BPFInstruction.Code.loadHalf, operand: 0xffff_f000)
            return self.layer(etherType: etherType, payload: 0, tags: Self.mostTags, otherwise: tagged(accept), accept)
        }
    }

    private static let reject = BPFInstruction.result(0)

    /// What a cooked socket sees of a tag inside the frame begins with the tag, or behind it where the packet is on its
    /// way out: all of it passes. The tag that is outermost on the wire is usually beside the frame, and no matter.
    private func tagged(_ accept: BPFInstruction) -> [BPFInstruction] {
        [EtherType.vlan, .serviceVLAN, .oldServiceVLAN].flatMap {
            BPFInstruction.end(accept, ifEqual: UInt32($0.rawValue))
        } + [Self.reject]
    }

    private func layer(
        etherType: BPFInstruction, payload: Int, tags: Int, otherwise: [BPFInstruction], _ accept: BPFInstruction
    ) -> [BPFInstruction] {
        var program = [etherType]
        program += BPFInstruction.skip(ipv4(at: payload, accept), unlessEqual: UInt32(EtherType.ipv4.rawValue))
        program += BPFInstruction.skip(ipv6(at: payload, accept), unlessEqual: UInt32(EtherType.ipv6.rawValue))
        guard tags < Self.mostTags else { return program + otherwise }
        program += [
            .skip(3, ifEqual: UInt32(EtherType.vlan.rawValue)),
            .skip(2, ifEqual: UInt32(EtherType.serviceVLAN.rawValue)),
            .skip(1, ifEqual: UInt32(EtherType.oldServiceVLAN.rawValue)),
            Self.reject,
        ]
        return program
            + layer(
                etherType: .half(at: payload + 2), payload: payload + 4, tags: tags + 1, otherwise: otherwise, accept)
    }

    private func ipv4(at start: Int, _ accept: BPFInstruction) -> [BPFInstruction] {
        // More fragments, or an offset.
        var program = [BPFInstruction.half(at: start + 6)] + BPFInstruction.end(accept, ifAny: 0x3fff)
        program.append(.byte(at: start + 9))
        for number in protocols { program += BPFInstruction.end(accept, ifEqual: UInt32(number.rawValue)) }
        program += [.skip(1, ifEqual: UInt32(IPProtocol.udp.rawValue)), Self.reject]
        guard udpPorts != nil else { return program + [accept] }
        program.append(.headerLength(at: start))
        program += ports(in: .indexedHalf(at: start), accept)
        program += ports(in: .indexedHalf(at: start + 2), accept)
        return program + [Self.reject]
    }

    private func ipv6(at start: Int, _ accept: BPFInstruction) -> [BPFInstruction] {
        var program = [BPFInstruction.byte(at: start + 6)]
        let walkedLater: [IPProtocol] = [.fragment, .hopByHopOptions, .routing, .destinationOptions, .authentication]
        for number in protocols + walkedLater {
            program += BPFInstruction.end(accept, ifEqual: UInt32(number.rawValue))
        }
        program += [.skip(1, ifEqual: UInt32(IPProtocol.udp.rawValue)), Self.reject]
        guard udpPorts != nil else { return program + [accept] }
        program += ports(in: .half(at: start + 40), accept)
        program += ports(in: .half(at: start + 42), accept)
        return program + [Self.reject]
    }

    private func ports(in field: BPFInstruction, _ accept: BPFInstruction) -> [BPFInstruction] {
        [field] + (udpPorts ?? []).flatMap { BPFInstruction.end(accept, ifEqual: UInt32($0)) }
    }
}
