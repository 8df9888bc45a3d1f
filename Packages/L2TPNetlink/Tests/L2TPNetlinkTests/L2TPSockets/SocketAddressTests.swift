import CLibmnl
import L2TPModel
import L2TPSockets
import L2TPWire
import Testing

/// The addresses of UDP and L2TPIP sockets, byte by byte, and against the C structures.
@Suite struct SocketAddressTests {
    static let ipv4 = address("192.0.2.1")
    static let ipv6 = address("2001:db8::1")

    @Test func udpOverIPv4() {
        let value = UDPAddress(Self.ipv4, port: 1701)
        #expect(value.bytes == hostBytes(UInt16(2)) + hex("06a5 c0000201 0000000000000000"))
        #expect(value.bytes.count == MemoryLayout<sockaddr_in>.size)
        #expect(UDPAddress(bytes: value.bytes) == value)
        #expect("\(value)" == "192.0.2.1 port 1701")
    }

    @Test func udpOverIPv6() {
        let value = UDPAddress(Self.ipv6, port: 1701, scopeID: 3)
        #expect(
            value.bytes == hostBytes(UInt16(10)) + hex("06a5 00000000 20010db8 00000000 00000000 00000001")
                + hostBytes(UInt32(3)))
        #expect(value.bytes.count == MemoryLayout<sockaddr_in6>.size)
        #expect(UDPAddress(bytes: value.bytes) == value)
        #expect("\(value)" == "2001:db8::1%3 port 1701")
    }

    /// The connection identifier is in host byte order.
    @Test func l2tpOverIPv4() {
        let value = L2TPIPAddress(Self.ipv4, connectionID: TunnelID(0x0102_0304))
        #expect(
            value.bytes == hostBytes(UInt16(2)) + hex("0000 c0000201") + hostBytes(UInt32(0x0102_0304))
                + hex("00000000"))
        #expect(value.bytes.count == MemoryLayout<sockaddr_l2tpip>.size)
        #expect(L2TPIPAddress(bytes: value.bytes) == value)
        #expect("\(value)" == "192.0.2.1 connection 16909060")
    }

    @Test func l2tpOverIPv6() {
        let value = L2TPIPAddress(Self.ipv6, connectionID: TunnelID(0x0102_0304), scopeID: 3)
        #expect(
            value.bytes == hostBytes(UInt16(10)) + hex("0000 00000000 20010db8 00000000 00000000 00000001")
                + hostBytes(UInt32(3)) + hostBytes(UInt32(0x0102_0304)))
        #expect(value.bytes.count == MemoryLayout<sockaddr_l2tpip6>.size)
        #expect(L2TPIPAddress(bytes: value.bytes) == value)
    }

    @Test func fieldsStandWhereTheKernelHasThem() {
        #expect(MemoryLayout<sockaddr_l2tpip>.offset(of: \.l2tp_addr) == 4)
        #expect(MemoryLayout<sockaddr_l2tpip>.offset(of: \.l2tp_conn_id) == 8)
        #expect(MemoryLayout<sockaddr_l2tpip6>.offset(of: \.l2tp_flowinfo) == 4)
        #expect(MemoryLayout<sockaddr_l2tpip6>.offset(of: \.l2tp_addr) == 8)
        #expect(MemoryLayout<sockaddr_l2tpip6>.offset(of: \.l2tp_scope_id) == 24)
        #expect(MemoryLayout<sockaddr_l2tpip6>.offset(of: \.l2tp_conn_id) == 28)
    }

    @Test(arguments: [UDPAddress(ipv4, port: 1).bytes, UDPAddress(ipv6, port: 1).bytes, [0, 0, 0, 0]])
    func whatIsTooShortOrUnknownIsNone(_ bytes: [UInt8]) {
        let needed = bytes.count == 16 ? 12 : 28
        for count in 0..<min(needed, bytes.count) {
            #expect(L2TPIPAddress(bytes: Array(bytes.prefix(count))) == nil)
            if count < 8 { #expect(UDPAddress(bytes: Array(bytes.prefix(count))) == nil) }
        }
        var foreign = bytes
        foreign.replaceSubrange(0..<2, with: hostBytes(UInt16(24)))
        #expect(UDPAddress(bytes: foreign) == nil)
        #expect(L2TPIPAddress(bytes: foreign) == nil)
        #expect(TunnelSocketAddress(.udp, bytes: foreign) == nil)
        #expect(TunnelSocketAddress(.ip, bytes: foreign) == nil)
    }

    @Test func eitherKindKeepsItsParts() {
        let udp = TunnelSocketAddress.udp(Self.ipv6, port: 5, scopeID: 2)
        #expect(udp.encapsulation == .udp && udp.address == Self.ipv6 && udp.scopeID == 2)
        #expect(TunnelSocketAddress(.udp, bytes: udp.bytes) == udp)
        let ip = TunnelSocketAddress.ip(Self.ipv4, connectionID: TunnelID(6))
        #expect(ip.encapsulation == .ip && ip.address == Self.ipv4 && ip.scopeID == 0)
        #expect(TunnelSocketAddress(.ip, bytes: ip.bytes) == ip)
        #expect("\(ip)" == "192.0.2.1 connection 6")
    }
}
