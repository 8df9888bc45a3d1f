internal import PacketCapture

/// The few words about what a frame carries.
enum InnerPacket {
    /// ARP (RFC 826), for IPv4 over Ethernet.
    static func arp(_ packet: Span<UInt8>) -> String {
        guard packet.count >= 28, packet.number16(at: 2) == EtherType.ipv4.rawValue, packet[4] == 6, packet[5] == 4
        else {
            return "ARP"
        }
        let (sender, target) = (NetworkAddress(v4: packet, at: 14), NetworkAddress(v4: packet, at: 24))
        switch packet.number16(at: 6) {
        case 1: return sender == target ? "ARP announcement \(sender)" : "ARP who-has \(target) tell \(sender)"
        case 2: return "ARP \(sender) is-at " + (8..<14).map { hexadecimal(packet[$0]) }.joined(separator: ":")
        default: return "ARP operation \(packet.number16(at: 6))"
        }
    }

    /// IPv4 (RFC 791).
    static func ipv4(_ packet: Span<UInt8>) -> String {
        guard packet.count >= 20, packet[0] >> 4 == 4 else { return "IPv4, cut off" }
        let headerByteCount = Int(packet[0] & 0x0F) * 4
        let addresses = "\(NetworkAddress(v4: packet, at: 12)) > \(NetworkAddress(v4: packet, at: 16))"
        let fragment = packet.number16(at: 6) & 0x3FFF
        let isFragment = fragment != 0
        guard headerByteCount >= 20 else { return "IPv4 \(addresses), header length wrong" }
        guard packet.count >= headerByteCount else { return "IPv4 \(addresses), cut off" }
        guard fragment & 0x1FFF == 0 else {
            return "IPv4 \(addresses) fragment at \(Int(fragment & 0x1FFF) * 8)"
        }
        return "IPv4 \(addresses) "
            + transport(packet[9], packet.extracting(droppingFirst: headerByteCount)) + (isFragment ? " fragment" : "")
    }

    /// IPv6 (RFC 8200).
    static func ipv6(_ packet: Span<UInt8>) -> String {
        guard packet.count >= 40, packet[0] >> 4 == 6 else { return "IPv6, cut off" }
        let addresses = "\(NetworkAddress(v6: packet, at: 8)) > \(NetworkAddress(v6: packet, at: 24))"
        var next = packet[6]
        var offset = 40
        // Hop-by-hop options, which multicast listener reports have.
        while next == 0 || next == 60, packet.count >= offset + 8 {
            next = packet[offset]
            offset += (Int(packet[offset + 1]) + 1) * 8
        }
        guard packet.count >= offset else { return "IPv6 \(addresses)" }
        return "IPv6 \(addresses) " + transport(next, packet.extracting(droppingFirst: offset))
    }

    private static func transport(_ number: UInt8, _ segment: Span<UInt8>) -> String {
        switch number {
        case 1: "ICMP " + icmp(segment)
        case 2: "IGMP"
        case 6: "TCP" + ports(segment)
        case 17: "UDP" + ports(segment)
        case 47: "GRE"
        case 50: "ESP"
        case 58: "ICMPv6 " + icmpv6(segment)
        case 89: "OSPF"
        case 112: "VRRP"
        case 115: "L2TP"
        case 132: "SCTP" + ports(segment)
        default: "protocol \(number)"
        }
    }

    private static func ports(_ segment: Span<UInt8>) -> String {
        segment.count < 4 ? "" : " \(segment.number16(at: 0))>\(segment.number16(at: 2))"
    }

    private static func icmp(_ message: Span<UInt8>) -> String {
        guard !message.isEmpty else { return "cut off" }
        switch message[0] {
        case 0: return "echo reply" + echoNumber(message)
        case 3: return "unreachable"
        case 5: return "redirect"
        case 8: return "echo request" + echoNumber(message)
        case 11: return "time exceeded"
        default: return "type \(message[0])"
        }
    }

    private static func icmpv6(_ message: Span<UInt8>) -> String {
        guard !message.isEmpty else { return "cut off" }
        switch message[0] {
        case 1: return "unreachable"
        case 2: return "packet too big"
        case 3: return "time exceeded"
        case 128: return "echo request" + echoNumber(message)
        case 129: return "echo reply" + echoNumber(message)
        case 133: return "router solicitation"
        case 134: return "router advertisement"
        case 135: return "neighbor solicitation"
        case 136: return "neighbor advertisement"
        case 143: return "multicast listener report"
        default: return "type \(message[0])"
        }
    }

    private static func echoNumber(_ message: Span<UInt8>) -> String {
        message.count < 8 ? "" : " seq \(message.number16(at: 6))"
    }

    /// What a control packet of PPP is (RFC 1661 §5, RFC 1334 §2.2, RFC 1994 §4), after a space.
    static func pppCode(_ packet: Span<UInt8>, of type: UInt16) -> String {
        guard packet.count >= 2 else { return "" }
        let names =
            switch type {
            case 0xC023: ["", "Authenticate-Request", "Authenticate-Ack", "Authenticate-Nak"]
            case 0xC223: ["", "Challenge", "Response", "Success", "Failure"]
            default:
                [
                    "", "Configure-Request", "Configure-Ack", "Configure-Nak", "Configure-Reject", "Terminate-Request",
                    "Terminate-Ack", "Code-Reject", "Protocol-Reject", "Echo-Request", "Echo-Reply", "Discard-Request",
                ]
            }
        let code = Int(packet[0])
        return " " + (code > 0 && code < names.count ? names[code] : "code \(code)") + " id \(packet[1])"
    }
}

extension NetworkAddress {
    /// The IPv4 address that stands at `offset`.
    init(v4 bytes: Span<UInt8>, at offset: Int) { self.init(ipv4: bytes.number32(at: offset)) }

    /// The IPv6 address that stands at `offset`.
    init(v6 bytes: Span<UInt8>, at offset: Int) {
        self.init(high: Self.half(bytes, at: offset), low: Self.half(bytes, at: offset + 8))
    }

    private static func half(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
        UInt64(bytes.number32(at: offset)) << 32 | UInt64(bytes.number32(at: offset + 4))
    }
}
