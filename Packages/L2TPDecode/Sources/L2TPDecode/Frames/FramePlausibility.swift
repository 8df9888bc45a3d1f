internal import L2TPWire
internal import PacketCapture

/// How well bytes look like the start of a frame, to find out where a payload begins.
///
/// A score of 0 means that no such frame begins like this, 4 that several fields of it agree with each other.
enum FramePlausibility {
    /// The greatest score.
    static let certain = 4
    /// The score of an EtherType whose packet has been cut off so early that little of it can be checked.
    private static let likely = 3
    /// The score of an IEEE 802.3 frame whose length fits.
    private static let ofLength = 2

    /// Whether bytes are surely what a session carries, and nothing that stands before it.
    ///
    /// - Parameters:
    ///   - payload: What follows the L2TP header.
    ///   - pseudowireType: What the session carries; nil where that is not known.
    ///   - isCut: Whether the capture has cut the end off, so that lengths reach beyond it.
    /// - Returns: False where a cookie may stand before a frame that begins later.
    static func isFrame(_ payload: Span<UInt8>, of pseudowireType: PseudowireType?, isCut: Bool) -> Bool {
        func score(_ frame: Span<UInt8>) -> Int {
            switch pseudowireType ?? PseudowireType.none {
            case .ethernet, .ethernetVLAN: ofEthernet(frame, isCut: isCut)
            case .ppp, .pppAccessConcentrator: max(ofPPP(frame), ofCompressedPPP(frame))
            case .ip: ofIP(frame, isCut: isCut)
            case PseudowireType.none: max(ofEthernet(frame, isCut: isCut), ofPPP(frame))
            default: 0
            }
        }
        let own = score(payload)
        guard own > 0, own != ofLength || hasKnownLLC(payload) else { return false }
        for byteCount in [4, 8] where payload.count > byteCount {
            if score(payload.extracting(droppingFirst: byteCount)) > own { return false }
        }
        return true
    }

    /// Whether an IEEE 802.3 frame, which any small number makes of a frame, carries what is usual: STP, SNAP or IS-IS.
    private static func hasKnownLLC(_ frame: Span<UInt8>) -> Bool {
        guard frame.count >= 17 else { return false }
        return [[0x42, 0x42, 0x03], [0xAA, 0xAA, 0x03], [0xFE, 0xFE, 0x03]].contains([frame[14], frame[15], frame[16]])
    }

    /// The score of a PPP frame whose protocol number is compressed to one byte (RFC 1661 §6.5), of an IP packet.
    private static func ofCompressedPPP(_ frame: Span<UInt8>) -> Int {
        let offset = frame.count >= 4 && frame[0] == 0xFF && frame[1] == 0x03 ? 2 : 0
        guard frame.count >= offset + 2 else { return 0 }
        let version: UInt8? =
            switch frame[offset] {
            case 0x21: 4
            case 0x57: 6
            default: nil
            }
        return frame[offset + 1] >> 4 == version ? 1 : 0
    }

    /// The score of an IP packet without a frame.
    private static func ofIP(_ packet: Span<UInt8>, isCut: Bool) -> Int {
        guard packet.count >= 20 else { return 0 }
        switch packet[0] >> 4 {
        case 4:
            let length = Int(packet.number16(at: 2))
            return packet[0] & 0x0F >= 5 && length >= 20 && (isCut || length <= packet.count) ? certain : 0
        case 6:
            return isCut || Int(packet.number16(at: 4)) + 40 <= packet.count ? certain : 0
        default: return 0
        }
    }

    /// The score of an Ethernet frame without its frame check sequence.
    ///
    /// - Parameters:
    ///   - frame: From the destination address on.
    ///   - isCut: Whether the capture has cut the end off, so that lengths reach beyond it.
    /// - Returns: 0 for what is no such frame, up to ``certain``.
    static func ofEthernet(_ frame: Span<UInt8>, isCut: Bool) -> Int {
        // No frame is sent by a group address.
        guard frame.count >= 14, frame[6] & 1 == 0 else { return 0 }
        var offset = 12
        var type = EtherType(rawValue: frame.number16(at: offset))
        var tags = 0
        while type.isVLAN {
            tags += 1
            offset += 4
            guard tags <= 4, frame.count >= offset + 2 else { return 0 }
            type = EtherType(rawValue: frame.number16(at: offset))
        }
        offset += 2
        let rest = frame.count - offset
        switch type {
        case _ where type.rawValue <= 1500:
            // IEEE 802.3: the length of what follows, which may have been padded to the least frame.
            let length = Int(type.rawValue)
            guard length >= 3 else { return 0 }
            // Any small number could be the length of something longer than what was captured.
            guard !isCut else { return 1 }
            return length == rest || (length < rest && frame.count <= 60) ? ofLength : 0
        case .ipv4:
            guard rest >= 20 else { return isCut && begins(frame, at: offset, withVersion: 4) ? likely : 0 }
            guard frame[offset] >> 4 == 4, frame[offset] & 0x0F >= 5 else { return 0 }
            let length = Int(frame.number16(at: offset + 2))
            return length >= 20 && (isCut || length <= rest) ? certain : 0
        case .ipv6:
            guard rest >= 40 else { return isCut && begins(frame, at: offset, withVersion: 6) ? likely : 0 }
            guard frame[offset] >> 4 == 6 else { return 0 }
            return isCut || Int(frame.number16(at: offset + 4)) + 40 <= rest ? certain : 0
        case .arp:
            guard rest >= 8, frame.number16(at: offset) == 1, frame.number16(at: offset + 2) == EtherType.ipv4.rawValue,
                frame[offset + 4] == 6, frame[offset + 5] == 4
            else { return 0 }
            return certain
        case .pppoeDiscovery, .pppoeSession:
            return rest >= 6 && frame[offset] == 0x11 ? 3 : 0
        default:
            return type.name == nil ? 0 : 1
        }
    }

    /// Whether what is left of an IP packet, if anything, has the version that the EtherType says.
    private static func begins(_ frame: Span<UInt8>, at offset: Int, withVersion version: UInt8) -> Bool {
        frame.count == offset || frame[offset] >> 4 == version
    }

    /// The score of a PPP frame without flags and frame check sequence.
    static func ofPPP(_ frame: Span<UInt8>) -> Int {
        let hasAddress = frame.count >= 4 && frame[0] == 0xFF && frame[1] == 0x03
        let offset = hasAddress ? 2 : 0
        guard frame.count >= offset + 2, PPPProtocol.name(of: frame.number16(at: offset)) != nil else { return 0 }
        return hasAddress ? 3 : 1
    }
}
