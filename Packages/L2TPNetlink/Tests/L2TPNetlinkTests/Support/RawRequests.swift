import CLibmnl
import L2TPModel
import L2TPNetlink
import L2TPWire
import L2TPWireTestSupport
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

extension Exchange where Transport: ~Copyable {
    /// Sends a command of the family `l2tp` of a ``FakeKernel`` with attributes put together by hand.
    ///
    /// - Returns: The payloads of the replies, without the generic netlink header.
    @discardableResult
    mutating func perform(
        _ command: Int, _ attributes: [(type: Int, value: [UInt8])]
    ) throws(NetlinkError) -> [[UInt8]] {
        var replies: [[UInt8]] = []
        try request(NetlinkMessageType(rawValue: 0x1b)) { (writer) throws(NetlinkError) in
            try writer.append(genericCommand: UInt8(command), version: 1)
            for (type, value) in attributes { try writer.append(NetlinkAttributeType(type), bytes: value.span) }
        } reply: { (message) throws(NetlinkError) in
            replies.append(Array([UInt8](copying: message.payload).dropFirst(4)))
        }
        return replies
    }

    /// Creates tunnel 3000 over UDP with a protocol version that the client refuses.
    mutating func createRawTunnel(_ id: UInt32 = 3000, version: UInt8, port: UInt16 = 5000) throws(NetlinkError) {
        try perform(
            L2TP_CMD_TUNNEL_CREATE,
            [
                (L2TP_ATTR_CONN_ID, hostBytes(id)), (L2TP_ATTR_PEER_CONN_ID, hostBytes(4000 as UInt32)),
                (L2TP_ATTR_PROTO_VERSION, [version]), (L2TP_ATTR_ENCAP_TYPE, [0, 0]),
                (L2TP_ATTR_IP_SADDR, [192, 0, 2, 1]), (L2TP_ATTR_IP_DADDR, [192, 0, 2, 2]),
                (L2TP_ATTR_UDP_SPORT, hostBytes(port)), (L2TP_ATTR_UDP_DPORT, hostBytes(6000 as UInt16)),
            ])
    }

    /// Creates a session without the checks of the client.
    mutating func createRawSession(
        _ id: UInt32 = 1000, in tunnelID: UInt32 = 3000, type: UInt16 = 5,
        _ attributes: [(type: Int, value: [UInt8])] = []
    ) throws(NetlinkError) {
        try perform(
            L2TP_CMD_SESSION_CREATE,
            [
                (L2TP_ATTR_CONN_ID, hostBytes(tunnelID)), (L2TP_ATTR_SESSION_ID, hostBytes(id)),
                (L2TP_ATTR_PEER_SESSION_ID, hostBytes(2000 as UInt32)), (L2TP_ATTR_PW_TYPE, hostBytes(type)),
            ] + attributes)
    }
}

/// Attributes put together by hand.
typealias Attributes = [(type: Int, value: [UInt8])]

extension Attributes {
    /// Those of TUNNEL_CREATE for tunnel 3000 over UDP.
    static let tunnel: Self = [
        (L2TP_ATTR_CONN_ID, hostBytes(3000 as UInt32)), (L2TP_ATTR_PEER_CONN_ID, hostBytes(4000 as UInt32)),
        (L2TP_ATTR_PROTO_VERSION, [3]), (L2TP_ATTR_ENCAP_TYPE, [0, 0]),
        (L2TP_ATTR_IP_SADDR, [192, 0, 2, 1]), (L2TP_ATTR_IP_DADDR, [192, 0, 2, 2]),
        (L2TP_ATTR_UDP_SPORT, hostBytes(5000 as UInt16)), (L2TP_ATTR_UDP_DPORT, hostBytes(6000 as UInt16)),
    ]
    /// Those of SESSION_CREATE for session 1000 in tunnel 3000.
    static let session: Self = [
        (L2TP_ATTR_CONN_ID, hostBytes(3000 as UInt32)), (L2TP_ATTR_SESSION_ID, hostBytes(1000 as UInt32)),
        (L2TP_ATTR_PEER_SESSION_ID, hostBytes(2000 as UInt32)), (L2TP_ATTR_PW_TYPE, [5, 0]),
    ]
}

/// Commands to a ``FakeKernel`` past the client.
enum RawKernel {
    /// The error number of a command; nil if it succeeds.
    static func errno(_ command: Int, _ attributes: Attributes, _ kernel: FakeKernel) throws -> Errno? {
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        return failure { () throws(NetlinkError) in try exchange.perform(command, attributes) }?.errno
    }

    /// The attributes with one replaced or, for nil, left out.
    static func replacing(_ type: Int, _ value: [UInt8]?, in attributes: Attributes) -> Attributes {
        attributes.filter { $0.type != type } + (value.map { [(type, $0)] } ?? [])
    }

    /// A kernel with tunnel 3000 over UDP.
    static func withTunnel(_ release: FakeKernel.Release = .linux6_12) throws -> FakeKernel {
        let kernel = FakeKernel(release)
        let error = try errno(L2TP_CMD_TUNNEL_CREATE, .tunnel, kernel)
        #expect(error == nil)
        return kernel
    }
}
