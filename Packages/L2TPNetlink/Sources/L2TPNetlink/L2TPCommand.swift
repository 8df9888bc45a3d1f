internal import CLibmnl
public import Netlink

/// A command of the generic netlink family `l2tp`.
public struct L2TPCommand: RawRepresentable, Hashable, Sendable {
    /// The number in the generic netlink header.
    public var rawValue: UInt8

    /// Wraps a number.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    private init(_ constant: Int) {
        rawValue = UInt8(constant)
    }

    /// Does nothing; needs no privilege (`L2TP_CMD_NOOP`).
    public static let noOperation = Self(L2TP_CMD_NOOP)
    /// Creates a tunnel (`L2TP_CMD_TUNNEL_CREATE`).
    public static let tunnelCreate = Self(L2TP_CMD_TUNNEL_CREATE)
    /// Deletes a tunnel and its sessions (`L2TP_CMD_TUNNEL_DELETE`).
    public static let tunnelDelete = Self(L2TP_CMD_TUNNEL_DELETE)
    /// Reports one tunnel or, as a dump, all (`L2TP_CMD_TUNNEL_GET`).
    public static let tunnelGet = Self(L2TP_CMD_TUNNEL_GET)
    /// Creates a session (`L2TP_CMD_SESSION_CREATE`).
    public static let sessionCreate = Self(L2TP_CMD_SESSION_CREATE)
    /// Deletes a session (`L2TP_CMD_SESSION_DELETE`).
    public static let sessionDelete = Self(L2TP_CMD_SESSION_DELETE)
    /// Reports one session or, as a dump, all (`L2TP_CMD_SESSION_GET`).
    public static let sessionGet = Self(L2TP_CMD_SESSION_GET)
}

extension GenericFamily {
    /// The name under which the kernel registers L2TP (`L2TP_GENL_NAME`).
    public static let l2tpName = L2TP_GENL_NAME
    /// The version of the family's interface (`L2TP_GENL_VERSION`).
    public static let l2tpVersion = UInt8(L2TP_GENL_VERSION)
}

/// The attributes of the family `l2tp`, under the kernel's names.
extension NetlinkAttributeType {
    static let pseudowireType = Self(L2TP_ATTR_PW_TYPE)
    static let encapsulationType = Self(L2TP_ATTR_ENCAP_TYPE)
    static let l2SpecificSublayerType = Self(L2TP_ATTR_L2SPEC_TYPE)
    static let l2SpecificSublayerByteCount = Self(L2TP_ATTR_L2SPEC_LEN)
    static let protocolVersion = Self(L2TP_ATTR_PROTO_VERSION)
    static let interfaceName = Self(L2TP_ATTR_IFNAME)
    static let tunnelID = Self(L2TP_ATTR_CONN_ID)
    static let peerTunnelID = Self(L2TP_ATTR_PEER_CONN_ID)
    static let sessionID = Self(L2TP_ATTR_SESSION_ID)
    static let peerSessionID = Self(L2TP_ATTR_PEER_SESSION_ID)
    static let udpChecksum = Self(L2TP_ATTR_UDP_CSUM)
    static let cookie = Self(L2TP_ATTR_COOKIE)
    static let peerCookie = Self(L2TP_ATTR_PEER_COOKIE)
    static let receiveSequence = Self(L2TP_ATTR_RECV_SEQ)
    static let sendSequence = Self(L2TP_ATTR_SEND_SEQ)
    static let lnsMode = Self(L2TP_ATTR_LNS_MODE)
    static let usingIPsec = Self(L2TP_ATTR_USING_IPSEC)
    static let receiveTimeout = Self(L2TP_ATTR_RECV_TIMEOUT)
    static let ipv4Source = Self(L2TP_ATTR_IP_SADDR)
    static let ipv4Destination = Self(L2TP_ATTR_IP_DADDR)
    static let udpSourcePort = Self(L2TP_ATTR_UDP_SPORT)
    static let udpDestinationPort = Self(L2TP_ATTR_UDP_DPORT)
    static let statistics = Self(L2TP_ATTR_STATS)
    static let ipv6Source = Self(L2TP_ATTR_IP6_SADDR)
    static let ipv6Destination = Self(L2TP_ATTR_IP6_DADDR)
    static let udpZeroChecksum6Transmit = Self(L2TP_ATTR_UDP_ZERO_CSUM6_TX)
    static let udpZeroChecksum6Receive = Self(L2TP_ATTR_UDP_ZERO_CSUM6_RX)
}
