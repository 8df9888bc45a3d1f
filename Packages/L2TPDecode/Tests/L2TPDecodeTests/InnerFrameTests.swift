import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import Testing

/// What sessions carry, in a few words.
@Suite struct InnerFrameTests {
    /// What a session of a pseudowire type carries.
    private func inner(
        _ frame: [UInt8], _ type: PseudowireType? = .ethernet, isCut: Bool = false
    ) throws -> InnerFrame {
        var known = KnownSessions()
        known.add(
            KnownSession(
                encapsulation: .ip, sessionID: SessionID(1000), format: DataFormat(), pseudowireType: type,
                source: .configuration))
        var decoder = Decoder(knownSessions: known)
        let record = decoder.read(try Session(encapsulation: .ip).message(frame), over: .ip, isCut: isCut)
        return try #require(record.data?.inner)
    }

    private static func v4(_ number: UInt8, _ payload: [UInt8]) -> [UInt8] {
        Frames.ethernet(0x0800, Frames.ipv4(number, payload))
    }
    private static func v6(_ number: UInt8, _ payload: [UInt8]) -> [UInt8] {
        Frames.ethernet(0x86DD, Frames.ipv6(number, payload))
    }
    private static let hosts = "IPv4 10.0.0.1 > 10.0.0.2"
    private static let hosts6 = "IPv6 2001:db8::1 > 2001:db8::2"

    static let ethernetFrames: [(text: String, frame: [UInt8])] = [
        ("ARP who-has 10.0.0.2 tell 10.0.0.1", Frames.ethernet(0x0806, Frames.arp())),
        ("ARP announcement 10.0.0.1", Frames.ethernet(0x0806, Frames.arp(target: 1))),
        ("ARP 10.0.0.1 is-at 02:00:00:00:01:0a", Frames.ethernet(0x0806, Frames.arp(operation: 2))),
        ("ARP operation 9", Frames.ethernet(0x0806, Frames.arp(operation: 9))),
        ("ARP", Frames.ethernet(0x0806, Array(Frames.arp().dropLast()))),
        ("\(hosts) ICMP echo request seq 1", Frames.ethernet(0x0800, Frames.ping())),
        ("\(hosts) ICMP echo reply seq 515", v4(1, [0, 0, 0, 0, 0, 1, 2, 3])),
        ("\(hosts) ICMP unreachable", v4(1, [3, 1])),
        ("\(hosts) ICMP redirect", v4(1, [5])),
        ("\(hosts) ICMP time exceeded", v4(1, [11])),
        ("\(hosts) ICMP type 13", v4(1, [13])),
        ("\(hosts) ICMP cut off", v4(1, [])),
        ("\(hosts) IGMP", v4(2, [])),
        ("\(hosts) TCP 80>1024", v4(6, [0, 80, 4, 0])),
        ("\(hosts) TCP", v4(6, [0, 80, 4])),
        ("\(hosts) UDP 53>1024", v4(17, [0, 53, 4, 0, 0, 8, 0, 0])),
        ("\(hosts) SCTP 1>2", v4(132, [0, 1, 0, 2])),
        ("\(hosts) GRE", v4(47, [])), ("\(hosts) ESP", v4(50, [])), ("\(hosts) OSPF", v4(89, [])),
        ("\(hosts) VRRP", v4(112, [])), ("\(hosts) L2TP", v4(115, [])), ("\(hosts) protocol 200", v4(200, [])),
        (
            "\(hosts) UDP 1>2 fragment",
            Frames.ethernet(0x0800, Frames.ipv4(17, [0, 1, 0, 2], fragment: 0x2000))
        ),
        ("\(hosts) fragment at 1480", Frames.ethernet(0x0800, Frames.ipv4(17, [0, 1, 0, 2], fragment: 185))),
        ("IPv4, cut off", Frames.ethernet(0x0800, [0x45])),
        ("\(hosts), cut off", Frames.ethernet(0x0800, [0x46] + Frames.ipv4(6, []).dropFirst())),
        ("\(hosts), header length wrong", Frames.ethernet(0x0800, [0x44] + Frames.ipv4(6, []).dropFirst())),
        ("\(hosts6) ICMPv6 neighbor solicitation", v6(58, [135])),
        ("\(hosts6) ICMPv6 neighbor advertisement", v6(58, [136])),
        ("\(hosts6) ICMPv6 router solicitation", v6(58, [133])),
        ("\(hosts6) ICMPv6 router advertisement", v6(58, [134])),
        ("\(hosts6) ICMPv6 echo request seq 9", v6(58, [128, 0, 0, 0, 0, 1, 0, 9])),
        ("\(hosts6) ICMPv6 echo reply", v6(58, [129])),
        ("\(hosts6) ICMPv6 unreachable", v6(58, [1])), ("\(hosts6) ICMPv6 packet too big", v6(58, [2])),
        ("\(hosts6) ICMPv6 time exceeded", v6(58, [3])), ("\(hosts6) ICMPv6 type 200", v6(58, [200])),
        ("\(hosts6) ICMPv6 cut off", v6(58, [])),
        ("\(hosts6) ICMPv6 multicast listener report", v6(0, [58, 0, 5, 2, 0, 0, 1, 0, 143])),
        ("\(hosts6) TCP 1>2", v6(60, [6, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2])),
        ("\(hosts6)", v6(0, [58, 255, 0, 0, 0, 0, 0, 0])),
        ("\(hosts6) protocol 0", v6(0, [58])),
        ("IPv6, cut off", Frames.ethernet(0x86DD, [0x60])),
        ("vlan 5 ARP who-has 10.0.0.2 tell 10.0.0.1", Frames.ethernet(0x0806, Frames.arp(), tags: [(0x8100, 0x2005)])),
        ("vlan 4095 vlan 0 LLDP", Frames.ethernet(0x88CC, [], tags: [(0x88A8, 4095), (0x9100, 0)])),
        ("VLAN", Frames.ethernet(0x8100, [0, 5, 8])),
        ("STP", Frames.ethernet(4, [0x42, 0x42, 3, 0])),
        ("802.3, 3 bytes", Frames.ethernet(3, [0xAA, 0xAA, 3])),
        ("PPPoE discovery", Frames.ethernet(0x8863, [])), ("PPPoE", Frames.ethernet(0x8864, [])),
        ("EtherType 0x1234", Frames.ethernet(0x1234, [])),
        ("13 bytes, too few for an Ethernet frame", [UInt8](repeating: 0, count: 13)),
        ("0 bytes, too few for an Ethernet frame", []),
    ]

    @Test(arguments: ethernetFrames.indices) func ethernet(index: Int) throws {
        let (text, frame) = Self.ethernetFrames[index]
        let inner = try inner(frame)
        #expect(inner.description == text)
        #expect(inner.byteCount == frame.count)
        #expect(inner.kind == (frame.count < 14 ? .unknown : .ethernet))
        #expect(inner.source == (frame.count < 14 ? nil : "02:00:00:00:01:0a"))
        #expect(inner.destination == (frame.count < 14 ? nil : "02:00:00:00:01:0b"))
    }

    @Test("more tags than are looked at")
    func manyTags() throws {
        let tags = (1...5).map { (type: 0x8100 as UInt16, id: UInt16($0)) }
        let inner = try inner(Frames.ethernet(0x0806, Frames.arp(), tags: tags))
        #expect(inner.vlans == [1, 2, 3, 4])
        #expect(inner.type == 0x8100)
    }

    static let pppFrames: [(text: String, type: UInt16?, frame: [UInt8])] = [
        ("LCP Configure-Request id 1", 0xC021, Frames.lcp),
        ("LCP Echo-Reply id 7", 0xC021, [0xC0, 0x21, 10, 7]),
        ("LCP code 99 id 0", 0xC021, [0xC0, 0x21, 99, 0]),
        ("LCP code 0 id 0", 0xC021, [0xC0, 0x21, 0, 0]),
        ("LCP", 0xC021, [0xC0, 0x21, 1]),
        ("IPCP Configure-Ack id 2", 0x8021, [0x80, 0x21, 2, 2]),
        ("IPv6CP Terminate-Request id 3", 0x8057, [0x80, 0x57, 5, 3]),
        ("CCP Configure-Reject id 3", 0x80FD, [0x80, 0xFD, 4, 3]),
        ("PAP Authenticate-Ack id 1", 0xC023, [0xC0, 0x23, 2, 1]),
        ("CHAP Success id 1", 0xC223, [0xC2, 0x23, 3, 1]),
        ("IPv4 10.0.0.1 > 10.0.0.2 ICMP echo request seq 1", 0x0021, [0x00, 0x21] + Frames.ping()),
        ("IPv4 10.0.0.1 > 10.0.0.2 ICMP echo request seq 1", 0x0021, [0xFF, 0x03, 0x21] + Frames.ping()),
        ("IPv6 2001:db8::1 > 2001:db8::2 OSPF", 0x0057, [0x57] + Frames.ipv6(89, [])),
        ("PPP EAP", 0xC227, [0xC2, 0x27]),
        ("PPP protocol 0x4000", 0x4000, [0x40, 0x00]),
        ("no PPP frame", nil, []), ("no PPP frame", nil, [0xFF, 0x03]), ("no PPP frame", nil, [0x40]),
    ]

    @Test(arguments: pppFrames.indices) func ppp(index: Int) throws {
        let (text, type, frame) = Self.pppFrames[index]
        let inner = try inner(frame, .ppp)
        #expect(inner.description == text)
        #expect(inner.type == type)
        #expect(inner.kind == (type == nil ? .unknown : .ppp))
        #expect(inner.byteCount == frame.count)
    }

    @Test("IP packets without a frame")
    func ip() throws {
        let packet = try inner(Frames.ping(), .ip)
        #expect(packet.description == "\(Self.hosts) ICMP echo request seq 1")
        #expect(packet.kind == .ip)
        #expect(packet.byteCount == Frames.ping().count)
        #expect(packet.type == nil && packet.source == nil)
        #expect(try inner(Frames.ipv6(89, []), .ip).description == "\(Self.hosts6) OSPF")
        #expect(try inner([0x45], .ip).description == "IPv4, cut off")
        for bytes: [UInt8] in [[], [0x21, 0x45]] {
            let other = try inner(bytes, .ip)
            #expect(other.kind == .unknown)
            #expect(other.description == "\(bytes.count) bytes, no IP packet")
        }
    }

    @Test(
        "what is known to be something else is not taken for Ethernet or PPP",
        arguments: [
            PseudowireType.hdlc, .frameRelay, .atmAAL5, .structureAgnosticE1, PseudowireType(rawValue: 0x7777),
        ])
    func otherPseudowires(type: PseudowireType) throws {
        for frame in [Frames.ethernet(0x0806, Frames.arp()), Frames.lcp] {
            let inner = try inner(frame, type)
            #expect(inner.kind == .unknown)
            #expect(inner.description == "\(frame.count) bytes of \(type)")
            #expect(inner.byteCount == frame.count)
            #expect(inner.type == nil && inner.source == nil)
        }
    }

    @Test("where nobody says what the session carries, the likelier one")
    func unknownPseudowire() throws {
        #expect(try inner(Frames.lcp, PseudowireType.none).kind == .ppp)
        #expect(try inner(Frames.lcp, nil).kind == .ppp)
        #expect(try inner(Frames.ethernet(0x0806, Frames.arp()), nil).kind == .ethernet)
        #expect(try inner([1, 2, 3], nil).kind == .unknown)
        #expect(try inner([0x00, 0x21] + Frames.ping(), nil, isCut: true).kind == .ppp)
    }
}
