import L2TPModel
import L2TPWire
import LinkControl
import Netlink
import SystemPackage
import Testing

/// The bytes are those of a little-endian machine.
@Suite struct LinkCodingTests {
    private func link(_ payload: [UInt8]) throws(NetlinkError) -> Link {
        let bytes = rawMessage(type: 16, payload)
        var reader = NetlinkMessageReader(bytes.span)
        guard let message = try reader.next() else { throw .malformed("no message") }
        return try Link(message)
    }

    private func address(_ payload: [UInt8]) throws(NetlinkError) -> InterfaceAddress? {
        let bytes = rawMessage(type: 20, payload)
        var reader = NetlinkMessageReader(bytes.span)
        guard let message = try reader.next() else { throw .malformed("no message") }
        return try InterfaceAddress(message)
    }

    private static let link = hex(
        """
        00 00 0100 07000000 43100000 00000000     // struct ifinfomsg: index 7, UP BROADCAST RUNNING MULTICAST
        0d00 0300 6c3274702d6c616e 00 000000      // IFNAME l2tp-lan
        0800 0d00 e8030000                        // TXQLEN, skipped
        0800 0400 a6050000                        // MTU 1446
        """)

    @Test func readsALink() throws {
        #expect(try link(Self.link) == Link(index: 7, name: "l2tp-lan", mtu: 1446, isUp: true))
        for count in 0..<Self.link.count {
            let error = failure { () throws(NetlinkError) in _ = try self.link(Array(Self.link.prefix(count))) }
            #expect((error == nil) == [16, 29, 30, 31, 32, 40].contains(count), "\(count) bytes")
        }
    }

    private static let ipv4 = hex(
        """
        02 18 80 00 02000000         // struct ifaddrmsg: AF_INET, /24, PERMANENT, index 2
        0800 0100 c0000201           // ADDRESS 192.0.2.1
        0800 0200 c0000201           // LOCAL
        0800 0800 80000000           // FLAGS
        """)
    private static let ipv6 = hex(
        """
        0a 40 c0 00 02000000                          // AF_INET6, /64
        1400 0100 20010db8000000000000000000000001    // ADDRESS
        0800 0800 c8000000                            // FLAGS: PERMANENT, TENTATIVE, DADFAILED
        """)

    @Test func readsAddresses() throws {
        #expect(
            try address(Self.ipv4)
                == InterfaceAddress(linkIndex: 2, address: .v4(IPv4Address(number: 0xc000_0201)), prefixBitCount: 24))
        let v6 = try address(Self.ipv6)
        #expect(v6?.address.description == "2001:db8::1")
        #expect(v6?.isTentative == true && v6?.isDuplicate == true)
        for whole in [Self.ipv4, Self.ipv6] {
            for count in 0..<whole.count {
                _ = failure { () throws(NetlinkError) in _ = try self.address(Array(whole.prefix(count))) }
            }
        }
    }

    /// On a point-to-point link the local address is another than the prefix's.
    @Test func theLocalAddressCounts() throws {
        let header: [UInt8] = [2, 32, 0x40, 0, 5, 0, 0, 0]
        let found = try address(header + rawAttribute(1, [10, 0, 0, 2]) + rawAttribute(2, [10, 0, 0, 1]))
        #expect(found?.address.description == "10.0.0.1")
        // Flags of the header where there is no attribute of them.
        #expect(found?.isTentative == true)
    }

    @Test func otherFamiliesAreSkippedAndOthersRefused() throws {
        #expect(try address([28, 0, 0, 0, 1, 0, 0, 0]) == nil)
        let nothing = failure { () throws(NetlinkError) in _ = try address([2, 0, 0, 0, 1, 0, 0, 0]) }
        #expect(nothing?.message == "address message without an address")
        let short = failure { () throws(NetlinkError) in
            _ = try address([2, 0, 0, 0, 1, 0, 0, 0] + rawAttribute(1, [1, 2, 3]))
        }
        #expect(short?.errno == .badMessage)
    }

    @Test(
        arguments: [
            ("192.0.2.1", 24, "192.0.2.255", true), ("192.0.2.1", 24, "192.0.3.1", false),
            ("192.0.2.1", 0, "10.0.0.1", true), ("192.0.2.1", 32, "192.0.2.1", true),
            ("192.0.2.1", 32, "192.0.2.0", false),
            ("192.0.2.1", 255, "192.0.2.0", false), ("192.0.2.1", 24, "2001:db8::1", false),
            ("2001:db8::1", 64, "2001:db8::ffff:0:0:1", true), ("2001:db8::1", 64, "2001:db8:0:1::1", false),
            ("2001:db8::1", 0, "::", true), ("2001:db8::1", 127, "2001:db8::", true),
            ("2001:db8::1", 128, "2001:db8::", false),
            ("2001:db8::1", 48, "2001:db8:0:ffff::", true), ("2001:db8::1", 65, "2001:db8:0:0:8000::", false),
        ] as [(String, UInt8, String, Bool)])
    func prefixes(own: String, bits: UInt8, other: String, isShared: Bool) {
        let interfaceAddress = InterfaceAddress(
            linkIndex: 1, address: L2TPNetlinkTests.address(own), prefixBitCount: bits)
        #expect(interfaceAddress.sharesPrefix(with: L2TPNetlinkTests.address(other)) == isShared)
    }
}
