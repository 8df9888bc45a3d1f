internal import L2TPWire
internal import PacketCapture

extension InnerFrame {
    /// Recognizes a frame.
    ///
    /// - Parameters:
    ///   - frame: What follows the L2TP header.
    ///   - pseudowireType: What the session carries, or nil where that is not known.
    ///   - isCut: Whether the capture has cut the end off.
    init(_ frame: Span<UInt8>, of pseudowireType: PseudowireType?, isCut: Bool) {
        switch pseudowireType ?? PseudowireType.none {
        case .ppp, .pppAccessConcentrator:
            self = Self.ppp(frame)
        case .ethernet, .ethernetVLAN:
            self = Self.ethernet(frame)
        case .ip:
            self = Self.ip(frame)
        case PseudowireType.none:
            let isPPP = FramePlausibility.ofPPP(frame) > FramePlausibility.ofEthernet(frame, isCut: isCut)
            self = isPPP ? Self.ppp(frame) : Self.ethernet(frame)
        case let type:
            self = .init(kind: .unknown, description: "\(frame.count) bytes of \(type)", byteCount: frame.count)
        }
    }

    /// An IP packet without a frame (``PseudowireType/ip``).
    static func ip(_ packet: Span<UInt8>) -> Self {
        switch packet.isEmpty ? 0 : packet[0] >> 4 {
        case 4: .init(kind: .ip, description: InnerPacket.ipv4(packet), byteCount: packet.count)
        case 6: .init(kind: .ip, description: InnerPacket.ipv6(packet), byteCount: packet.count)
        default:
            .init(kind: .unknown, description: "\(packet.count) bytes, no IP packet", byteCount: packet.count)
        }
    }

    /// A PPP frame (RFC 1661 §2, RFC 1662 §3.1).
    static func ppp(_ frame: Span<UInt8>) -> Self {
        var offset = frame.count >= 2 && frame[0] == 0xFF && frame[1] == 0x03 ? 2 : 0
        guard frame.count > offset else {
            return .init(kind: .unknown, description: "no PPP frame", byteCount: frame.count)
        }
        // A protocol number may be compressed to its low byte, which is odd.
        let type: UInt16
        if frame[offset] & 1 == 1 {
            type = UInt16(frame[offset])
            offset += 1
        } else if frame.count >= offset + 2 {
            type = frame.number16(at: offset)
            offset += 2
        } else {
            return .init(kind: .unknown, description: "no PPP frame", byteCount: frame.count)
        }
        let rest = frame.extracting(droppingFirst: offset)
        let text =
            switch type {
            case 0x0021: InnerPacket.ipv4(rest)
            case 0x0057: InnerPacket.ipv6(rest)
            case 0xC021, 0x8021, 0x8057, 0x80FD, 0xC023, 0xC223:
                "\(PPPProtocol.name(of: type) ?? "PPP")\(InnerPacket.pppCode(rest, of: type))"
            default: "PPP \(PPPProtocol.name(of: type) ?? "protocol 0x" + hexadecimal(type))"
            }
        return .init(kind: .ppp, type: type, description: text, byteCount: frame.count)
    }

    /// An Ethernet frame (IEEE 802.3 §3).
    static func ethernet(_ frame: Span<UInt8>) -> Self {
        guard frame.count >= 14 else {
            return .init(
                kind: .unknown, description: "\(frame.count) bytes, too few for an Ethernet frame",
                byteCount: frame.count)
        }
        var vlans: [UInt16] = []
        var offset = 12
        var type = EtherType(rawValue: frame.number16(at: offset))
        while type.isVLAN, frame.count >= offset + 6, vlans.count < 4 {
            vlans.append(frame.number16(at: offset + 2) & 0x0FFF)
            offset += 4
            type = EtherType(rawValue: frame.number16(at: offset))
        }
        let rest = frame.extracting(droppingFirst: offset + 2)
        let text =
            switch type {
            case .arp: InnerPacket.arp(rest)
            case .ipv4: InnerPacket.ipv4(rest)
            case .ipv6: InnerPacket.ipv6(rest)
            case _ where type.rawValue <= 1500:
                rest.count >= 2 && rest[0] == 0x42 && rest[1] == 0x42 ? "STP" : "802.3, \(type.rawValue) bytes"
            default: type.name ?? "EtherType \(type)"
            }
        return .init(
            kind: .ethernet, source: address(frame, at: 6), destination: address(frame, at: 0), vlans: vlans,
            type: type.rawValue,
            description: vlans.map { "vlan \($0) " }.joined() + text, byteCount: frame.count)
    }

    private static func address(_ frame: Span<UInt8>, at offset: Int) -> String {
        (offset..<offset + 6).map { hexadecimal(frame[$0]) }.joined(separator: ":")
    }
}
