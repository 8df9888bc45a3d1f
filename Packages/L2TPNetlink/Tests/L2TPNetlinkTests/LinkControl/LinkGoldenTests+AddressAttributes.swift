import CLibmnl
import L2TPModel
import L2TPWireTestSupport
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

extension LinkGoldenTests {
    /// As the kernel sends it: with the label behind the broadcast address, flags with PERMANENT and DEPRECATED, and lifetimes
    /// without an end all the same.
    private static let special = hex(
        """
        02 18 80 fd 07000000 0800 0100 c0000201 0800 0200 c0000201 0800 0400 c00002ff
        0b00 0300 657468303a3100 00 0800 0800 a0020000 0800 0900 64000000
        1400 0600 ffffffff ffffffff 01000000 02000000
        """)

    @Test("of an address with everything that one can have")
    func readsAttributes() throws {
        func found(_ bytes: [UInt8]) throws(NetlinkError) -> InterfaceAddress? {
            try read(RTM_NEWADDR, bytes) { (message) throws(NetlinkError) in try InterfaceAddress(message) }
        }
        let attributes = AddressAttributes(
            broadcast: IPv4Address(number: 0xc000_02ff), scope: .link, label: "eth0:1", metric: 100,
            lifetime: AddressLifetime(preferred: 0), flags: .noPrefixRoute)
        #expect(
            try found(Self.special)
                == InterfaceAddress(
                    linkIndex: 7, address: address("192.0.2.1"), prefixBitCount: 24, attributes: attributes))
        #expect(try found(Self.special)?.specification.attributes == attributes)
        for count in 0..<Self.special.count {
            let error = failure { () throws(NetlinkError) in _ = try found(Array(Self.special.prefix(count))) }
            #expect((error == nil) == [16, 24, 32, 43, 44, 52, 60].contains(count), "\(count) bytes")
            if let error { #expect(error.errno == .badMessage) }
        }
        // The interface's name is known for no label where the interface is, and scopes of their own addresses do not have to
        // be asked for.
        let plain = try found(hex("02 08 80 fe 01000000 0800 0100 7f000001 0800 0200 7f000001 0700 0300 6c6f00 00"))
        #expect(plain?.attributes == AddressAttributes(label: "lo"))
        let lo = Link(index: 1, name: "lo", mtu: 65536, isUp: true)
        #expect(plain?.withoutLabel(of: lo).attributes.isEmpty == true)
        let linkLocal = try found(hex("0a 40 80 fd 07000000 1400 0100 fe800000000000000000000000000001"))
        #expect(linkLocal?.attributes.isEmpty == true)
    }

    @Test("of an address tell who has made it")
    func readsOrigin() throws {
        func found(_ text: String) throws -> InterfaceAddress? {
            try read(RTM_NEWADDR, hex(text)) { (message) throws(NetlinkError) in try InterfaceAddress(message) }
        }
        let local = "07000000 1400 0100 20010db8000000000000000000000001"
        let time = "1400 0600 2c010000 58020000 00000000 00000000"
        // Of a client of DHCPv6, of a router (IFA_PROTO, or MANAGETEMPADDR before it), and one by hand with a number of ours.
        let client = try found("0a 40 00 00 \(local) \(time) 0800 0800 00000000")
        #expect(client?.attributes.lifetime == AddressLifetime(valid: 600, preferred: 300))
        #expect(client?.isDynamic == true && client?.isAutomatic == false)
        let proto = try found("0a 40 00 00 \(local) \(time) 0800 0800 00000000 0500 0b00 02 000000")
        #expect(proto?.isDynamic == true && proto?.isAutomatic == true)
        #expect(try found("0a 40 00 00 \(local) \(time) 0800 0800 00010000")?.isAutomatic == true)
        #expect(try found("0a 40 80 00 \(local) 0800 0800 80010000")?.isAutomatic == false)
        #expect(try found("0a 40 80 00 \(local) 0800 0800 80000000 0500 0b00 ba 000000")?.isAutomatic == false)
        // Link-local, by its protocol or for its stable random identifier; temporary.
        #expect(try found("0a 40 80 fd \(local) 0800 0800 80000000 0500 0b00 03 000000")?.isAutomatic == true)
        #expect(try found("0a 40 80 fd \(local) 0800 0800 80080000")?.isAutomatic == true)
        #expect(try found("0a 40 01 00 \(local) \(time) 0800 0800 01000000")?.isAutomatic == true)
        // The same bit is of a secondary address of IPv4.
        #expect(try found("02 18 81 00 07000000 0800 0100 c0000201 0800 0800 81000000")?.isAutomatic == false)
    }
}
