import CLibmnl
import L2TPModel
import L2TPWire
import L2TPWireTestSupport
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import L2TPNetlink

/// The bytes are those of a little-endian machine, the numbers those of <linux/l2tp.h>.
@Suite struct TunnelCodingTests {
    private func encode(_ tunnel: TunnelSpecification) throws(NetlinkError) -> [UInt8] {
        var writer = NetlinkMessageWriter(NetlinkMessageType(rawValue: 27), flags: [], sequence: 1)
        try writer.append(genericCommand: 1, version: 1)
        try writer.append(tunnel)
        return Array([UInt8](copying: writer.bytes).dropFirst(20))
    }

    private func decode(_ attributes: [UInt8]) throws(NetlinkError) -> Tunnel {
        let bytes = rawMessage(type: 27, [4, 1, 0, 0] + attributes)
        var reader = NetlinkMessageReader(bytes.span)
        guard let message = try reader.next() else { throw .malformed("no message") }
        return try Tunnel(message)
    }

    @Test func createOverUDPAndIPv4() throws {
        var tunnel = TunnelSpecification.udp()
        tunnel.encapsulation = .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000, ipv4Checksum: true))
        let golden = hex(
            """
            0800 0900 b80b0000     // CONN_ID 3000
            0800 0a00 a00f0000     // PEER_CONN_ID 4000
            0500 0700 03000000     // PROTO_VERSION 3, one byte
            0600 0200 00000000     // ENCAP_TYPE 0 (UDP), two bytes
            0800 1800 c0000201     // IP_SADDR, network order
            0800 1900 c0000202     // IP_DADDR
            0600 1a00 88130000     // UDP_SPORT 5000, host order
            0600 1b00 70170000     // UDP_DPORT 6000
            0500 0d00 01000000     // UDP_CSUM 1
            """)
        #expect(try encode(tunnel) == golden)
    }

    /// The presence of UDP_CSUM would switch checksums on.
    @Test func createWithoutChecksumHasNoSuchAttribute() throws {
        let bytes = try encode(.udp())
        #expect(bytes.count == 8 * 8)
        #expect(!bytes.chunks(of: 8).contains { $0[2] == 13 })
    }

    @Test func createOverIPHasNoPorts() throws {
        let golden = hex(
            """
            0800 0900 b80b0000     // CONN_ID 3000
            0800 0a00 a00f0000     // PEER_CONN_ID 4000
            0500 0700 03000000     // PROTO_VERSION 3
            0600 0200 01000000     // ENCAP_TYPE 1 (IP)
            0800 1800 c0000201     // IP_SADDR
            0800 1900 c0000202     // IP_DADDR
            """)
        #expect(try encode(.ip()) == golden)
    }

    @Test func createOverUDPAndIPv6() throws {
        var tunnel = TunnelSpecification.udp(local: "2001:db8::1", peer: "2001:db8::2")
        tunnel.encapsulation = .udp(
            UDPParameters(
                sourcePort: 5000, destinationPort: 6000, ipv6TransmitChecksum: false, ipv6ReceiveChecksum: false))
        let golden = hex(
            """
            0800 0900 b80b0000
            0800 0a00 a00f0000
            0500 0700 03000000
            0600 0200 00000000
            1400 1f00 20010db8000000000000000000000001     // IP6_SADDR, 16 bytes
            1400 2000 20010db8000000000000000000000002     // IP6_DADDR
            0600 1a00 88130000
            0600 1b00 70170000
            0400 2100                                      // UDP_ZERO_CSUM6_TX, a flag
            0400 2200                                      // UDP_ZERO_CSUM6_RX
            """)
        #expect(try encode(tunnel) == golden)
    }

    /// A whole request as the client sends it.
    @Test func request() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        kernel.forgetRequests()
        try client.createTunnel(.ip())
        let bytes = try #require(kernel.changeRequests.first?.bytes)
        let head = hex(
            """
            44000000 1b00 0500 03000000 00000000   // nlmsg_len 68, REQUEST and ACK, third request, port 0
            01 01 0000                             // TUNNEL_CREATE, version 1
            """)
        #expect(bytes == head + (try encode(.ip())))
    }

    // MARK: Replies

    /// A tunnel as Linux 6.12 reports it.
    private static let reply = hex(
        """
        0500 0700 03000000     // PROTO_VERSION 3
        0800 0900 b80b0000     // CONN_ID 3000
        0800 0a00 a00f0000     // PEER_CONN_ID 4000
        0800 1100 00000000     // DEBUG, skipped
        0600 0200 00000000     // ENCAP_TYPE UDP
        1c00 1e00              // STATS, nested without NLA_F_NESTED
          0c00 0100 0700000000000000    // TX_PACKETS 7
          0c00 0b00 0200000000000000    // RX_INVALID 2
        0500 0d00 01000000     // UDP_CSUM 1
        0600 1a00 88130000     // UDP_SPORT 5000
        0600 1b00 70170000     // UDP_DPORT 6000
        0800 1800 c0000201     // IP_SADDR
        0800 1900 c0000202     // IP_DADDR
        """)
    private static let tunnel = Tunnel(
        id: TunnelID(3000), peerID: TunnelID(4000),
        encapsulation: .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000, ipv4Checksum: true)),
        local: address("192.0.2.1"), peer: address("192.0.2.2"),
        statistics: Statistics(transmitPackets: 7, receiveInvalidPackets: 2))

    @Test func readsGoldenBytes() throws {
        #expect(try decode(Self.reply) == Self.tunnel)
    }

    @Test func readsIPv6() throws {
        let attributes = hex(
            """
            0500 0700 03000000
            0800 0900 b80b0000
            0800 0a00 a00f0000
            0600 0200 00000000
            0400 2100                                      // UDP_ZERO_CSUM6_TX
            0400 2200                                      // UDP_ZERO_CSUM6_RX
            0600 1a00 88130000
            0600 1b00 70170000
            1400 1f00 20010db8000000000000000000000001
            1400 2000 20010db8000000000000000000000002
            """)
        let tunnel = try decode(attributes)
        #expect(tunnel.local == address("2001:db8::1"))
        #expect(tunnel.peer == address("2001:db8::2"))
        #expect(tunnel.encapsulation.udp?.ipv6TransmitChecksum == false)
        #expect(tunnel.encapsulation.udp?.ipv6ReceiveChecksum == false)
    }

    @Test func readsATunnelWithoutSocketAndOfAnyVersion() throws {
        let tunnel = try decode(
            rawAttribute(9, hostBytes(1 as UInt32)) + rawAttribute(2, [1, 0]) + rawAttribute(7, [4]))
        #expect(tunnel.encapsulation == .ip)
        #expect(tunnel.local == nil && tunnel.peer == nil)
        #expect(tunnel.route == "without a socket")
        #expect(tunnel.protocolVersion.rawValue == 4)
    }

    /// One tunnel of a newer kernel must not make the whole list unreadable.
    @Test func keepsAnUnknownEncapsulation() throws {
        let tunnel = try decode(rawAttribute(9, hostBytes(1 as UInt32)) + rawAttribute(2, [9, 0]))
        #expect(tunnel.encapsulation == .other(9))
        #expect(tunnel.encapsulation.kind == nil && tunnel.encapsulation.udp == nil)
        #expect(tunnel.encapsulation.number == 9)
    }

    @Test func skipsUnknownAttributes() throws {
        let unknown = rawAttribute(200, [1, 2, 3]) + rawAttribute(0x3fff, [])
        #expect(try decode(unknown + Self.reply + unknown) == Self.tunnel)
    }

    @Test func refusesWhatIsNoTunnel() {
        let cases: [([UInt8], String)] = [
            ([], "tunnel without an identifier"),
            (rawAttribute(9, hostBytes(5 as UInt32)), "tunnel 5 without an encapsulation"),
            (rawAttribute(2, [9, 0]), "tunnel without an identifier"),
            (rawAttribute(2, [9]), "attribute 2 has 1 bytes instead of 2"),
            (rawAttribute(9, [1]), "attribute 9 has 1 bytes instead of 4"),
            (rawAttribute(24, [1, 2, 3]), "attribute 24 has 3 bytes instead of 16"),
            (rawAttribute(30, rawAttribute(1, [1])), "attribute 1 has 1 bytes instead of 8"),
        ]
        for (attributes, message) in cases {
            let error = failure { () throws(NetlinkError) in _ = try decode(attributes) }
            #expect(error?.errno == .badMessage)
            #expect(error?.message == message)
        }
    }

    /// Cut between attributes, a reply is a tunnel or lacks something; cut elsewhere, it is malformed.
    @Test func everyTruncation() {
        for count in 0..<Self.reply.count {
            let error = failure { () throws(NetlinkError) in _ = try decode(Array(Self.reply.prefix(count))) }
            #expect(error == nil || error?.operation == .parse)
            if count < 37 { #expect(error != nil) }
        }
    }
}

extension Array {
    /// The array in pieces of `count` elements.
    func chunks(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}
