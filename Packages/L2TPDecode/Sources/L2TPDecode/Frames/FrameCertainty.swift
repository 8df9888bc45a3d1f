internal import L2TPWire
internal import PacketCapture

/// Whether bytes are surely a frame, and not a cookie that nobody knows of, with the frame behind it.
///
/// ``FramePlausibility`` compares places, of many messages; this judges one place, of one message, by which the session's
/// messages are shown from then on. So what chance may make counts for nothing here.
enum FrameCertainty {
    /// How far behind a payload's beginning the frame begins if there are a cookie, a sublayer, or both.
    private static let laterPlaces = [4, 8, 12]

    /// Whether bytes are surely what a session carries, and nothing that stands before it.
    ///
    /// - Parameters:
    ///   - payload: What follows the L2TP header.
    ///   - pseudowireType: What the session carries; nil where that is not known.
    ///   - isCut: Whether the capture has cut the end off, so that lengths reach beyond it.
    /// - Returns: False where a cookie may stand before a frame that begins later.
    static func isFrame(_ payload: Span<UInt8>, of pseudowireType: PseudowireType?, isCut: Bool) -> Bool {
        let own = score(payload, of: pseudowireType, isCut: isCut)
        guard own > 0 else { return false }
        // In a tagged frame, the second half of the addresses and the tag may be taken for addresses.
        let isTagged = payload.count >= 14 && EtherType(rawValue: payload.number16(at: 12)).isVLAN
        for place in laterPlaces where payload.count > place {
            let later = score(payload.extracting(droppingFirst: place), of: pseudowireType, isCut: isCut)
            if later > own || (later == own && !isTagged) { return false }
        }
        return true
    }

    /// A score as of ``FramePlausibility``, but 0 for what may well be chance.
    private static func score(_ frame: Span<UInt8>, of pseudowireType: PseudowireType?, isCut: Bool) -> Int {
        switch pseudowireType ?? PseudowireType.none {
        case .ethernet, .ethernetVLAN: ofEthernet(frame, isCut: isCut)
        case .ppp, .pppAccessConcentrator: ofPPP(frame, isCut: isCut)
        case .ip: isIP(frame, isCut: isCut) ? FramePlausibility.certain : 0
        case PseudowireType.none: max(ofEthernet(frame, isCut: isCut), ofPPP(frame, isCut: isCut))
        default: 0
        }
    }

    private static func ofEthernet(_ frame: Span<UInt8>, isCut: Bool) -> Int {
        // Of what is behind the type, there must be something to look at.
        guard let (type, end) = FramePlausibility.etherType(of: frame), frame.count > end else { return 0 }
        // Any small number could be a length.
        guard type.rawValue > 1500 || hasKnownLLC(frame, at: end) else { return 0 }
        return FramePlausibility.ofEthernet(frame, isCut: isCut)
    }

    /// Whether an IEEE 802.3 frame carries what is usual: STP, SNAP or IS-IS.
    private static func hasKnownLLC(_ frame: Span<UInt8>, at offset: Int) -> Bool {
        guard frame.count >= offset + 3 else { return false }
        return [[0x42, 0x42, 0x03], [0xAA, 0xAA, 0x03], [0xFE, 0xFE, 0x03]]
            .contains([frame[offset], frame[offset + 1], frame[offset + 2]])
    }

    /// The score of a PPP frame, whose protocol may be compressed to one byte (RFC 1661 §6.5). Without address and control
    /// field, what the protocol says is behind it must be there.
    private static func ofPPP(_ frame: Span<UInt8>, isCut: Bool) -> Int {
        let offset = frame.count >= 4 && frame[0] == 0xFF && frame[1] == 0x03 ? 2 : 0
        guard frame.count >= offset + 2 else { return 0 }
        let isCompressed = frame[offset] & 1 == 1
        let number = isCompressed ? UInt16(frame[offset]) : frame.number16(at: offset)
        guard PPPProtocol.name(of: number) != nil else { return 0 }
        let content = frame.extracting(droppingFirst: offset + (isCompressed ? 1 : 2))
        switch number {
        case 0x0021 where content.isEmpty || content[0] >> 4 != 4: return 0
        case 0x0057 where content.isEmpty || content[0] >> 4 != 6: return 0
        case _ where offset > 0: return 3
        case 0x0021, 0x0057: return isIP(content, isCut: isCut) ? 3 : 0
        // Code, identifier, length (RFC 1661 §5).
        case 0x8000...:
            guard content.count >= 4, (1...15).contains(content[0]) else { return 0 }
            let length = Int(content.number16(at: 2))
            return length == content.count || (isCut && length > content.count) ? 2 : 0
        default: return 0
        }
    }

    /// Whether an IPv6 unicast address that is in use begins with a byte: 2000::/3, fc00::/7, fe80::/10 (IANA "Internet Protocol
    /// Version 6 Address Space").
    private static func isAddressed(_ byte: UInt8) -> Bool {
        byte & 0xE0 == 0x20 || byte & 0xFE == 0xFC || byte == 0xFE
    }

    /// Whether bytes are an IP packet: IPv4 by its checksum (RFC 791 §3.1), IPv6 by its length.
    private static func isIP(_ packet: Span<UInt8>, isCut: Bool) -> Bool {
        guard packet.count >= 20 else { return false }
        switch packet[0] >> 4 {
        case 4:
            let headerByteCount = Int(packet[0] & 0x0F) * 4
            guard headerByteCount >= 20, headerByteCount <= packet.count else { return false }
            let length = Int(packet.number16(at: 2))
            guard length >= headerByteCount, isCut || length <= packet.count else { return false }
            var sum = 0
            for offset in stride(from: 0, to: headerByteCount, by: 2) { sum += Int(packet.number16(at: offset)) }
            return (sum & 0xFFFF) + sum >> 16 == 0xFFFF
        case 6:
            let length = Int(packet.number16(at: 4)) + 40
            guard isCut else { return length == packet.count }
            // So much that one at a later place is seen too; and without the length's help, a hop limit and addresses.
            return packet.count >= 40 + (laterPlaces.last ?? 0) && length > packet.count
                && packet[7] > 0 && isAddressed(packet[8]) && (isAddressed(packet[24]) || packet[24] == 0xFF)
        default: return false
        }
    }
}
