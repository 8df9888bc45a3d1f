import PacketCapture

/// Frames made by hand for the tests: those inside sessions, and those around them.
enum Frames {
    static func bigEndian(_ number: some BinaryInteger, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: UInt64(number) >> UInt64(8 * $0)) }
    }

    /// Where Ethernet frames go unless a test says otherwise.
    static let destination: [UInt8] = [0x02, 0x00, 0x00, 0x00, 0x01, 0x0b]
    /// Where they come from.
    static let source: [UInt8] = [0x02, 0x00, 0x00, 0x00, 0x01, 0x0a]

    /// IEEE 802.3: addresses, tags of IEEE 802.1Q, EtherType or length.
    static func ethernet(
        _ type: UInt16, _ payload: [UInt8], tags: [(type: UInt16, id: UInt16)] = [], from source: [UInt8] = source,
        to destination: [UInt8] = destination
    ) -> [UInt8] {
        destination + source + tags.flatMap { bigEndian($0.type, 2) + bigEndian($0.id, 2) } + bigEndian(type, 2)
            + payload
    }

    /// RFC 826: who has 10.0.0.2, tell 10.0.0.1.
    static func arp(operation: UInt16 = 1, target: UInt8 = 2) -> [UInt8] {
        bigEndian(1, 2) + bigEndian(0x0800, 2) + [6, 4] + bigEndian(operation, 2) + source + [10, 0, 0, 1]
            + [0, 0, 0, 0, 0, 0] + [10, 0, 0, target]
    }

    /// RFC 791 §3.1, without a checksum.
    static func ipv4(
        _ number: UInt8, _ payload: [UInt8], from: UInt32 = 0x0A00_0001, to: UInt32 = 0x0A00_0002, fragment: UInt16 = 0,
        id: UInt16 = 0
    ) -> [UInt8] {
        [0x45, 0] + bigEndian(20 + payload.count, 2) + bigEndian(id, 2) + bigEndian(fragment, 2) + [64, number, 0, 0]
            + bigEndian(from, 4) + bigEndian(to, 4) + payload
    }

    /// RFC 8200 §3, between 2001:db8::1 and 2001:db8::2.
    static func ipv6(_ number: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let prefix: [UInt8] = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11)
        return [0x60, 0, 0, 0] + bigEndian(payload.count, 2) + [number, 64] + prefix + [1] + prefix + [2] + payload
    }

    /// RFC 768, without a checksum.
    static func udp(_ source: UInt16, _ destination: UInt16, _ payload: [UInt8]) -> [UInt8] {
        bigEndian(source, 2) + bigEndian(destination, 2) + bigEndian(payload.count + 8, 2) + [0, 0] + payload
    }

    /// RFC 792: an echo request.
    static func ping(_ number: UInt16 = 1, byteCount: Int = 56) -> [UInt8] {
        ipv4(1, [8, 0, 0, 0, 0, 7] + bigEndian(number, 2) + [UInt8](repeating: 0x61, count: byteCount))
    }

    /// RFC 1661 §5.1: an LCP Configure-Request behind address and control field.
    static let lcp: [UInt8] = [0xFF, 0x03, 0xC0, 0x21, 1, 1, 0, 4]
}
