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

    /// The score of an Ethernet frame without its frame check sequence.
    ///
    /// - Parameters:
    ///   - frame: From the destination address on.
    ///   - isCut: Whether the capture has cut the end off, so that lengths reach beyond it.
    /// - Returns: 0 for what is no such frame, up to ``certain``.
    static func ofEthernet(_ frame: Span<UInt8>, isCut: Bool) -> Int {
        // No frame is sent by a group address.
        guard frame.count >= 14, frame[6] & 1 == 0, let (type, offset) = etherType(of: frame) else { return 0 }
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

    /// The EtherType behind all VLAN tags, or the length that stands in its place, and where what follows it begins; nil if
    /// the frame ends before, or has more tags than anybody gives it.
    static func etherType(of frame: Span<UInt8>) -> (type: EtherType, end: Int)? {
        var offset = 12
        while frame.count >= offset + 2, offset <= 28 {
            let type = EtherType(rawValue: frame.number16(at: offset))
            guard type.isVLAN else { return (type, offset + 2) }
            offset += 4
        }
        return nil
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
