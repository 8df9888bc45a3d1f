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
@Suite struct SessionCodingTests {
    private func encode(_ session: SessionSpecification) throws(NetlinkError) -> [UInt8] {
        var writer = NetlinkMessageWriter(NetlinkMessageType(rawValue: 27), flags: [], sequence: 1)
        try writer.append(genericCommand: 5, version: 1)
        try writer.append(session)
        return Array([UInt8](copying: writer.bytes).dropFirst(20))
    }

    private func decode(_ attributes: [UInt8]) throws(NetlinkError) -> Session {
        let bytes = rawMessage(type: 27, [8, 1, 0, 0] + attributes)
        var reader = NetlinkMessageReader(bytes.span)
        guard let message = try reader.next() else { throw .malformed("no message") }
        return try Session(message)
    }

    @Test func createWithDefaults() throws {
        let golden = hex(
            """
            0800 0900 b80b0000     // CONN_ID 3000
            0800 0b00 e8030000     // SESSION_ID 1000
            0800 0c00 d0070000     // PEER_SESSION_ID 2000
            0600 0100 05000000     // PW_TYPE 5 (Ethernet), two bytes
            0500 0500 01000000     // L2SPEC_TYPE 1 (default), one byte
            0500 0600 04000000     // L2SPEC_LEN 4, one byte
            """)
        #expect(try encode(.ethernet()) == golden)
    }

    @Test func createWithEverything() throws {
        let session = SessionSpecification(
            tunnelID: TunnelID(3000), id: SessionID(1000), peerID: SessionID(2000), l2SpecificSublayer: .none,
            cookie: Cookie(0x0123_4567 as UInt32), peerCookie: Cookie(0xfedc_ba98_7654_3210 as UInt64),
            sendsSequenceNumbers: true, requiresSequenceNumbers: true, lnsMode: true,
            reorderTimeout: .milliseconds(1250),
            interfaceName: .example("l2tp-lan"))
        let golden = hex(
            """
            0800 0900 b80b0000
            0800 0b00 e8030000
            0800 0c00 d0070000
            0600 0100 05000000
            0500 0500 00000000             // L2SPEC_TYPE 0 (none)
            0500 0600 00000000             // L2SPEC_LEN 0
            0800 0f00 01234567             // COOKIE, wire order
            0c00 1000 fedcba9876543210     // PEER_COOKIE
            0500 1200 01000000             // RECV_SEQ
            0500 1300 01000000             // SEND_SEQ
            0500 1400 01000000             // LNS_MODE
            0c00 1600 e204000000000000     // RECV_TIMEOUT 1250 ms, eight bytes
            0d00 0800 6c3274702d6c616e 00000000  // IFNAME l2tp-lan with its zero byte
            """)
        #expect(try encode(session) == golden)
    }

    @Test(
        arguments: [
            (.zero, 0), (.milliseconds(1), 1), (.milliseconds(-1), 0), (.seconds(-2), 0), (.microseconds(2900), 2),
            (.seconds(3), 3000), (Duration(secondsComponent: .max, attosecondsComponent: 0), .max),
            (Duration(secondsComponent: 18_446_744_073_709_551, attosecondsComponent: 999_000_000_000_000_000), .max),
        ] as [(Duration, UInt64)])
    func durationsInMilliseconds(duration: Duration, milliseconds: UInt64) {
        #expect(duration.wholeMilliseconds == milliseconds)
    }

    // MARK: Replies

    /// A session as Linux 6.12 reports it.
    private static let reply = hex(
        """
        0800 0900 b80b0000             // CONN_ID 3000
        0800 0b00 e8030000             // SESSION_ID 1000
        0800 0a00 a00f0000             // PEER_CONN_ID 4000
        0800 0c00 d0070000             // PEER_SESSION_ID 2000
        0800 1100 00000000             // DEBUG, skipped
        0600 0100 05000000             // PW_TYPE Ethernet
        0d00 0800 6c3274702d6c616e 00000000  // IFNAME l2tp-lan
        0800 0f00 01234567             // COOKIE
        0c00 1000 fedcba9876543210     // PEER_COOKIE
        0500 1200 01000000             // RECV_SEQ 1
        0500 1300 00000000             // SEND_SEQ 0
        0500 1400 01000000             // LNS_MODE 1
        0500 1500 01000000             // USING_IPSEC 1
        0c00 1600 fc00000000000000     // RECV_TIMEOUT 252 ms
        1c00 1e00                      // STATS
          0c00 0400 0900000000000000   //   RX_PACKETS 9
          0c00 0a00 0300000000000000   //   RX_COOKIE_DISCARDS 3
        """)
    private static let session = Session(
        tunnelID: TunnelID(3000), peerTunnelID: TunnelID(4000), id: SessionID(1000), peerID: SessionID(2000),
        interfaceName: "l2tp-lan", cookie: Cookie(0x0123_4567 as UInt32),
        peerCookie: Cookie(0xfedc_ba98_7654_3210 as UInt64), requiresSequenceNumbers: true, lnsMode: true,
        reorderTimeout: .milliseconds(252), usesIPsec: true,
        statistics: Statistics(receivePackets: 9, receiveCookieDiscards: 3))

    @Test func readsGoldenBytes() throws {
        #expect(try decode(Self.reply) == Self.session)
    }

    @Test func skipsUnknownAttributes() throws {
        let unknown = rawAttribute(200, [1, 2, 3]) + rawAttribute(0x3fff, [])
        #expect(try decode(unknown + Self.reply + unknown) == Self.session)
    }

    @Test func keepsWhatItDoesNotKnow() throws {
        let identifiers = rawAttribute(9, [1, 0, 0, 0]) + rawAttribute(11, [2, 0, 0, 0])
        let session = try decode(identifiers + rawAttribute(1, [0x0b, 0]) + rawAttribute(22, hostBytes(UInt64.max)))
        #expect(session.pseudowireType == .ip)
        #expect(session.reorderTimeout == .milliseconds(Int64.max))
    }

    /// The kernel takes cookies of any length up to eight; another program may have made one.
    @Test(arguments: 0...9)
    func keepsOddCookies(count: Int) throws {
        let identifiers = rawAttribute(9, [1, 0, 0, 0]) + rawAttribute(11, [2, 0, 0, 0])
        let bytes = [UInt8](1...9).prefix(count)
        let session = try decode(identifiers + rawAttribute(15, Array(bytes)) + rawAttribute(16, Array(bytes)))
        if (1...8).contains(count) {
            #expect(session.cookie?.byteCount == count)
            #expect(session.cookie?.hexadecimal == bytes.map { "0\($0)" }.joined())
        } else {
            #expect(session.cookie == nil)
        }
        #expect(session.peerCookie == session.cookie)
    }

    @Test func refusesWhatIsNoSession() {
        let identifiers = rawAttribute(9, [1, 0, 0, 0]) + rawAttribute(11, [2, 0, 0, 0])
        let cases: [([UInt8], String)] = [
            ([], "session without its identifiers"),
            (rawAttribute(9, [1, 0, 0, 0]), "session without its identifiers"),
            (rawAttribute(11, [1, 0, 0, 0]), "session without its identifiers"),
            (identifiers + rawAttribute(22, [1, 0, 0, 0]), "attribute 22 has 4 bytes instead of 8"),
            (identifiers + rawAttribute(1, [5]), "attribute 1 has 1 bytes instead of 2"),
            (identifiers + rawAttribute(18, []), "attribute 18 has 0 bytes instead of 1"),
        ]
        for (attributes, message) in cases {
            let error = failure { () throws(NetlinkError) in _ = try decode(attributes) }
            #expect(error?.errno == .badMessage)
            #expect(error?.message == message)
        }
    }

    @Test func everyTruncation() {
        for count in 0..<Self.reply.count {
            let error = failure { () throws(NetlinkError) in _ = try decode(Array(Self.reply.prefix(count))) }
            #expect(error == nil || error?.operation == .parse)
            if count < 16 { #expect(error != nil) }
        }
    }
}
