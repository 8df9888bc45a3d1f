import CLibmnl
import L2TPModel
import L2TPWireTestSupport
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// The bytes are those of a little-endian machine. Requests are what ip(8) of iproute2 6.1 sends, as strace shows it,
/// but for RTM_SETLINK in place of RTM_NEWLINK and the sequence number, which are not looked at here.
@Suite("The bytes of links, addresses and routes")
struct LinkGoldenTests {
    /// What follows the netlink header of a message that `body` fills.
    func payload(_ body: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void) throws -> [UInt8] {
        var writer = NetlinkMessageWriter(.noOperation, flags: [], sequence: 0)
        try body(&writer)
        let bytes = writer.bytes
        return bytes.indices.dropFirst(16).map { bytes[$0] }
    }

    /// A message of a type and a payload, read by `body`.
    func read<Value>(
        _ type: Int, _ payload: [UInt8], _ body: (borrowing NetlinkMessage) throws(NetlinkError) -> Value
    ) throws(NetlinkError) -> Value {
        let bytes = rawMessage(type: UInt16(type), payload)
        var reader = NetlinkMessageReader(bytes.span)
        guard let message = try reader.next() else { throw .malformed("no message") }
        return try body(message)
    }

    static let changeExamples: [(LinkChanges, String)] = [
        (LinkChanges(isUp: true), "00 00 0000 07000000 01000000 01000000"),  // ip link set dev 7 up
        (LinkChanges(isUp: false), "00 00 0000 07000000 00000000 01000000"),
        (LinkChanges(mtu: 1400), "00 00 0000 07000000 00000000 00000000 0800 0400 78050000"),
        (
            LinkChanges(macAddress: MACAddress("02:00:00:00:00:01")),
            "00 00 0000 07000000 00000000 00000000 0a00 0100 020000000001 0000"
        ),
        // Without a terminating zero byte.
        (LinkChanges(alias: "hello"), "00 00 0000 07000000 00000000 00000000 0900 1400 68656c6c6f 000000"),
        (LinkChanges(alias: ""), "00 00 0000 07000000 00000000 00000000 0400 1400"),
        (LinkChanges(master: .link(index: 4)), "00 00 0000 07000000 00000000 00000000 0800 0a00 04000000"),
        (
            LinkChanges(master: LinkChanges.Master.none),
            "00 00 0000 07000000 00000000 00000000 0800 0a00 00000000"
        ),
        (LinkChanges(), "00 00 0000 07000000 00000000 00000000"),
    ]

    @Test("of changes are those of ip", arguments: changeExamples)
    func changes(_ changes: LinkChanges, _ text: String) throws {
        let bytes = try payload { (writer) throws(NetlinkError) in try changes.append(to: &writer, linkIndex: 7) }
        #expect(bytes == hex(text))
    }

    @Test("of a move name the namespace by a descriptor")
    func move() throws {
        let kernel = FakeKernel()
        var client = try LinkClient(kernel.connector)
        try client.move(try #require(kernel.links.last), to: .current)
        let request = try #require(kernel.changeRequests.last)
        #expect(request.step == .linkChange)
        // Length, RTM_SETLINK, REQUEST and ACK.
        #expect(Array(request.bytes.prefix(8)) == hex("28000000 1300 0500"))
        #expect(Array(request.bytes[16..<36]) == hex("00 00 0000 02000000 00000000 00000000 0800 1c00"))
    }

    static let addressExamples: [(AddressSpecification, String)] = [
        (
            AddressSpecification(address("192.0.2.1"), prefixBitCount: 24),
            "02 18 00 00 07000000 0800 0200 c0000201 0800 0100 c0000201"
        ),
        (
            AddressSpecification(address("192.0.2.1"), peer: address("192.0.2.2"), prefixBitCount: 32),
            "02 20 00 00 07000000 0800 0200 c0000201 0800 0100 c0000202"
        ),
        (
            AddressSpecification(address("2001:db8::1"), prefixBitCount: 64, skipsDuplicateDetection: true),
            """
            0a 40 02 00 07000000 1400 0200 20010db8000000000000000000000001
            1400 0100 20010db8000000000000000000000001
            """
        ),
        // Scope host.
        (
            AddressSpecification(address("127.0.0.2"), prefixBitCount: 8),
            "02 08 00 fe 07000000 0800 0200 7f000002 0800 0100 7f000002"
        ),
        // Broadcast address, scope link, label eth0:1, metric 100, no route to the prefix.
        (
            AddressSpecification(
                address("192.0.2.1"), prefixBitCount: 24,
                attributes: AddressAttributes(
                    broadcast: IPv4Address(number: 0xc000_02ff), scope: .link, label: "eth0:1", metric: 100,
                    flags: .noPrefixRoute)),
            """
            02 18 00 fd 07000000 0800 0200 c0000201 0800 0100 c0000201 0800 0400 c00002ff
            0b00 0300 657468303a3100 00 0800 0900 64000000 0800 0800 00020000
            """
        ),
        (
            AddressSpecification(
                address("2001:db8::1"), prefixBitCount: 64, skipsDuplicateDetection: true,
                attributes: AddressAttributes(metric: 7, flags: [.noPrefixRoute, .managesTemporaryAddresses])),
            """
            0a 40 02 00 07000000 1400 0200 20010db8000000000000000000000001
            1400 0100 20010db8000000000000000000000001 0800 0900 07000000 0800 0800 02030000
            """
        ),
        // preferred_lft 0, and valid_lft 600 preferred_lft 300.
        (
            AddressSpecification(
                address("192.0.2.1"), prefixBitCount: 24,
                attributes: AddressAttributes(lifetime: AddressLifetime(preferred: 0))),
            """
            02 18 00 00 07000000 0800 0200 c0000201 0800 0100 c0000201
            1400 0600 00000000 ffffffff 00000000 00000000
            """
        ),
        (
            AddressSpecification(
                address("192.0.2.1"), prefixBitCount: 24,
                attributes: AddressAttributes(lifetime: AddressLifetime(valid: 600, preferred: 300))),
            """
            02 18 00 00 07000000 0800 0200 c0000201 0800 0100 c0000201
            1400 0600 2c010000 58020000 00000000 00000000
            """
        ),
    ]

    @Test("of addresses are those of ip", arguments: addressExamples)
    func addresses(_ specification: AddressSpecification, _ text: String) throws {
        let bytes = try payload { (writer) throws(NetlinkError) in try specification.append(to: &writer, linkIndex: 7) }
        #expect(bytes == hex(text))
    }

    @Test("of requests have the flags of ip")
    func requests() throws {
        let kernel = FakeKernel()
        var client = try LinkClient(kernel.connector)
        let link = try #require(kernel.links.last)
        let specification = AddressSpecification(address("10.42.1.1"), prefixBitCount: 30)
        try client.add(specification, to: link)
        var special = specification
        special.attributes = AddressAttributes(broadcast: IPv4Address(number: 0x0a2a_0103), label: "eth0:1", metric: 3)
        try client.remove(special, from: link)
        // Length, RTM_NEWADDR, REQUEST ACK EXCL CREATE; length, RTM_DELADDR, REQUEST ACK.
        #expect(
            kernel.changeRequests.map { Array($0.bytes.prefix(8)) } == [
                hex("28000000 1400 0506"), hex("28000000 1500 0500"),
            ])
        _ = try client.route(to: address("192.0.2.2"))
        let plain = try #require(kernel.requests.last { $0.step == .route })
        #expect(Array(plain.bytes[4..<8]) == hex("1a00 0500"))
        #expect(Array(plain.bytes[16...]) == hex("02 20 00 00 00 00 00 00 00000000 0800 0100 c0000202"))
        _ = try client.route(to: address("2001:db8::2"), from: address("2001:db8::1"))
        let sourced = try #require(kernel.requests.last { $0.step == .route })
        #expect(
            Array(sourced.bytes[16...])
                == hex(
                    """
                    0a 80 80 00 00 00 00 00 00000000 1400 0100 20010db8000000000000000000000002
                    1400 0200 20010db8000000000000000000000001
                    """))
    }

    /// As Linux 6.12 describes the interface of a session in a bridge, without what is not read.
    static let link = hex(
        """
        00 00 0100 04000000 43100100 00000000     // struct ifinfomsg: index 4, UP BROADCAST RUNNING MULTICAST LOWER_UP
        0700 0300 7077 00 00                      // IFNAME pw
        0800 0d00 e8030000                        // TXQLEN, skipped
        0500 1000 00 000000                       // OPERSTATE unknown
        0800 0400 a6050000                        // MTU 1446
        0800 3200 00000000                        // MIN_MTU
        0800 3300 ffff0000                        // MAX_MTU 65535
        0800 0a00 09000000                        // MASTER 9
        0a00 0100 020000000006 0000               // ADDRESS
        0900 1400 746f206200 000000               // IFALIAS "to b"
        0800 2500 03000000                        // LINK_NETNSID 3
        """)

    @Test("of a link, and of every part of it")
    func readsALink() throws {
        let expected = Link(
            index: 4, name: "pw", mtu: 1446, flags: [.up, .broadcast, .running, .multicast, .lowerUp],
            macAddress: MACAddress("02:00:00:00:00:06"), alias: "to b", masterIndex: 9, operationalState: .unknown,
            minimumMTU: 0, maximumMTU: 65535, linkNamespaceID: 3)
        let link = try read(RTM_NEWLINK, Self.link) { (message) throws(NetlinkError) in try Link(message) }
        #expect(link == expected)
        var whole: Set<Int> = []
        for count in 0..<Self.link.count {
            let part = Array(Self.link.prefix(count))
            let error = failure { () throws(NetlinkError) in
                _ = try read(RTM_NEWLINK, part) { (message) throws(NetlinkError) in try Link(message) }
            }
            if error == nil { whole.insert(count) } else { #expect(error?.errno == .badMessage) }
        }
        // Between attributes, and where only padding is missing.
        #expect(whole == [16, 23, 24, 32, 37, 38, 39, 40, 48, 56, 64, 72, 82, 83, 84, 93, 94, 95, 96])
    }

    /// As Linux describes a route by a router with an MTU of its own.
    static let route = hex(
        """
        02 20 00 00 fe 00 00 01 00020000          // struct rtmsg: AF_INET, /32, table 254, unicast, CLONED
        0800 0f00 fe000000                        // TABLE, skipped
        0800 0100 0a040001                        // DST
        0800 0400 03000000                        // OIF 3
        0800 0700 c0000201                        // PREFSRC
        0800 0500 c0000209                        // GATEWAY
        0c00 0800 0800 0200 14050000              // METRICS: MTU 1300
        """)
    /// The same by a router of IPv6.
    static let via = hex("02 20 00 00 fe 00 00 01 00000000 1600 1200 0a00 20010db8000000000000000000000009 0000")

    @Test("of a route, and of every part of it")
    func readsARoute() throws {
        let route = try read(RTM_NEWROUTE, Self.route) { (message) throws(NetlinkError) in try Route(message) }
        #expect(
            route
                == Route(
                    kind: .unicast, linkIndex: 3, source: address("192.0.2.1"), gateway: address("192.0.2.9"),
                    metricMTU: 1300))
        let via = try read(RTM_NEWROUTE, Self.via) { (message) throws(NetlinkError) in try Route(message) }
        #expect(via == Route(gateway: address("2001:db8::9")))
        for (bytes, ends) in [(Self.route, [12, 20, 28, 36, 44, 52]), (Self.via, [12, 34, 35])] {
            for count in 0..<bytes.count {
                let part = Array(bytes.prefix(count))
                let error = failure { () throws(NetlinkError) in
                    _ = try read(RTM_NEWROUTE, part) { (message) throws(NetlinkError) in try Route(message) }
                }
                #expect((error == nil) == ends.contains(count), "\(count) bytes")
                if let error { #expect(error.errno == .badMessage) }
            }
        }
        let odd = hex("02 20 00 00 fe 00 00 01 00000000 0900 1200 0a00 200100 000000")
        #expect(throws: NetlinkError.malformed("router with 3 bytes")) {
            _ = try read(RTM_NEWROUTE, odd) { (message) throws(NetlinkError) in try Route(message) }
        }
    }

    @Test("of an address with a peer")
    func readsAPeer() throws {
        let bytes = hex("02 20 80 00 07000000 0800 0100 c0000202 0800 0200 c0000201 0800 0800 82000000")
        let found = try read(RTM_NEWADDR, bytes) { (message) throws(NetlinkError) in try InterfaceAddress(message) }
        #expect(
            found
                == InterfaceAddress(
                    linkIndex: 7, address: address("192.0.2.1"), peer: address("192.0.2.2"), prefixBitCount: 32,
                    skipsDuplicateDetection: true))
        #expect(found?.sharesPrefix(with: address("192.0.2.2")) == true)
        #expect(found?.sharesPrefix(with: address("192.0.2.1")) == false)
    }

    @Test("become the same values again")
    func roundTrip() throws {
        var random = SeededGenerator(for: "links and addresses, changed and read")
        let kernel = FakeKernel()
        let index = kernel.addLink(named: "pw", isUp: false)
        kernel.changeLink("pw") { $0.maximumMTU = 65535 }
        let bridge = kernel.addLink(named: "br0", kind: "bridge")
        var client = try LinkClient(kernel.connector)
        for _ in 0..<200 {
            let link = try #require(try client.link(index: index))
            let changes = LinkChanges(
                isUp: false, mtu: .random(in: 0...65535, using: &random),
                macAddress: MACAddress(number: .random(in: 1..<1 << 40, using: &random) | 0x0200_0000_0000),
                alias: String(repeating: "ä", count: .random(in: 0...127, using: &random)),
                master: Bool.random(using: &random) ? LinkChanges.Master.none : .link(index: bridge))
            try client.change(link, changes)
            let changed = try #require(try client.link(index: index))
            #expect(changed.mtu == changes.mtu && changed.macAddress == changes.macAddress)
            #expect(changed.alias ?? "" == changes.alias)
            #expect(changed.masterIndex == (changes.master == .link(index: bridge) ? bridge : nil))

            try client.change(link, LinkChanges(mtu: 1500))
            let isIPv4 = Bool.random(using: &random)
            let number = UInt64.random(in: 1...UInt64(UInt32.max), using: &random)
            func some(_ number: UInt64) -> IPAddress {
                isIPv4
                    ? .v4(IPv4Address(number: UInt32(truncatingIfNeeded: number)))
                    : .v6(IPv6Address(high: 0xfd00 << 48, low: number))
            }
            let valid = UInt32.random(in: 1...100_000, using: &random)
            let lifetimes = [
                nil, AddressLifetime(preferred: 0), AddressLifetime(valid: valid, preferred: 0),
                AddressLifetime(valid: valid, preferred: .random(in: 1...valid, using: &random)),
            ]
            var specification = AddressSpecification(
                some(number), peer: Bool.random(using: &random) ? some(number ^ 1) : nil,
                prefixBitCount: .random(in: 0...(isIPv4 ? 32 : 128), using: &random),
                skipsDuplicateDetection: !isIPv4 && Bool.random(using: &random),
                attributes: AddressAttributes(
                    broadcast: isIPv4 && Bool.random(using: &random)
                        ? IPv4Address(number: .random(in: 1...9, using: &random)) : nil,
                    scope: isIPv4 ? [nil, .site, .link][Int.random(in: 0...2, using: &random)] : nil,
                    label: isIPv4
                        ? ["pw", "pw:\(number % 1000)", "\(number)"][Int.random(in: 0...2, using: &random)] : nil,
                    metric: Bool.random(using: &random) ? .random(in: 1...UInt32.max, using: &random) : nil,
                    lifetime: lifetimes[Int.random(in: 0...3, using: &random)],
                    flags: AddressFlags(rawValue: .random(in: 0...0x7ff, using: &random)).intersection(.all)
                        .subtracting(isIPv4 ? .ofIPv6 : [])))
            if specification.prefixBitCount != 64 { specification.attributes.flags.remove(.managesTemporaryAddresses) }
            try client.add(specification, to: link)
            #expect(try client.addresses().last?.specification == specification)
            try client.remove(specification, from: link)
        }
    }

    @Test("of an operational state have words", arguments: 0...7 as ClosedRange<UInt8>)
    func operationalStates(_ number: UInt8) {
        let words = ["unknown", "notpresent", "down", "lowerlayerdown", "testing", "dormant", "up", "7"]
        #expect(OperationalState(rawValue: number).description == words[Int(number)])
    }
}
