internal import CLibmnl
public import Netlink

/// The attributes of the family `l2tp`, under the kernel's names.
///
/// They are public for those who speak to the kernel without ``L2TPClient``, as tests do.
extension NetlinkAttributeType {
    /// What a session carries, a number of 16 bits (`L2TP_ATTR_PW_TYPE`).
    public static let pseudowireType = Self(L2TP_ATTR_PW_TYPE)
    /// What carries a tunnel, a number of 16 bits (`L2TP_ATTR_ENCAP_TYPE`).
    public static let encapsulationType = Self(L2TP_ATTR_ENCAP_TYPE)
    /// Bytes before the payload, a number of 16 bits; accepted and ignored since Linux 4.16 (`L2TP_ATTR_OFFSET`).
    public static let offset = Self(L2TP_ATTR_OFFSET)
    /// What to number, a number of 8 bits in the kernel's policy and of 16 in the header's comment; accepted and
    /// ignored (`L2TP_ATTR_DATA_SEQ`).
    public static let dataSequencing = Self(L2TP_ATTR_DATA_SEQ)
    /// The L2-specific sublayer, a number of 8 bits; never reported (`L2TP_ATTR_L2SPEC_TYPE`).
    public static let l2SpecificSublayerType = Self(L2TP_ATTR_L2SPEC_TYPE)
    /// The sublayer's length in bytes, a number of 8 bits; accepted and ignored since Linux 4.16
    /// (`L2TP_ATTR_L2SPEC_LEN`).
    public static let l2SpecificSublayerByteCount = Self(L2TP_ATTR_L2SPEC_LEN)
    /// The protocol version, a number of 8 bits that the kernel does not check (`L2TP_ATTR_PROTO_VERSION`).
    public static let protocolVersion = Self(L2TP_ATTR_PROTO_VERSION)
    /// The name of a session's interface at its creation, text of 1…15 bytes with a zero byte
    /// (`L2TP_ATTR_IFNAME`).
    public static let interfaceName = Self(L2TP_ATTR_IFNAME)
    /// Our identifier of a tunnel, a number of 32 bits (`L2TP_ATTR_CONN_ID`).
    public static let tunnelID = Self(L2TP_ATTR_CONN_ID)
    /// The peer's identifier of a tunnel, a number of 32 bits (`L2TP_ATTR_PEER_CONN_ID`).
    public static let peerTunnelID = Self(L2TP_ATTR_PEER_CONN_ID)
    /// Our identifier of a session, a number of 32 bits (`L2TP_ATTR_SESSION_ID`).
    public static let sessionID = Self(L2TP_ATTR_SESSION_ID)
    /// The peer's identifier of a session, a number of 32 bits (`L2TP_ATTR_PEER_SESSION_ID`).
    public static let peerSessionID = Self(L2TP_ATTR_PEER_SESSION_ID)
    /// UDP checksums over IPv4: a number of 8 bits in replies; in a request its presence means «on», whatever the
    /// number (`L2TP_ATTR_UDP_CSUM`).
    public static let udpChecksum = Self(L2TP_ATTR_UDP_CSUM)
    /// A VLAN, a number of 16 bits; accepted and ignored (`L2TP_ATTR_VLAN_ID`).
    public static let vlanID = Self(L2TP_ATTR_VLAN_ID)
    /// The cookie we send, 0…8 bytes in wire order (`L2TP_ATTR_COOKIE`).
    public static let cookie = Self(L2TP_ATTR_COOKIE)
    /// The cookie we expect, 0…8 bytes in wire order (`L2TP_ATTR_PEER_COOKIE`).
    public static let peerCookie = Self(L2TP_ATTR_PEER_COOKIE)
    /// Categories of messages, a number of 32 bits; ignored since Linux 5.10, and 0 in replies (`L2TP_ATTR_DEBUG`).
    public static let debug = Self(L2TP_ATTR_DEBUG)
    /// Whether packets must bear sequence numbers, a number of 8 bits of which the lowest counts
    /// (`L2TP_ATTR_RECV_SEQ`).
    public static let receiveSequence = Self(L2TP_ATTR_RECV_SEQ)
    /// Whether we send sequence numbers, a number of 8 bits of which the lowest counts (`L2TP_ATTR_SEND_SEQ`).
    public static let sendSequence = Self(L2TP_ATTR_SEND_SEQ)
    /// Whether we are the LNS, a number of 8 bits of which the lowest counts (`L2TP_ATTR_LNS_MODE`).
    public static let lnsMode = Self(L2TP_ATTR_LNS_MODE)
    /// In replies: the tunnel's socket has an IPsec policy, the number 1 of 8 bits (`L2TP_ATTR_USING_IPSEC`).
    public static let usingIPsec = Self(L2TP_ATTR_USING_IPSEC)
    /// The reorder timeout in milliseconds, a number of 64 bits; absent in replies where it is 0
    /// (`L2TP_ATTR_RECV_TIMEOUT`).
    public static let receiveTimeout = Self(L2TP_ATTR_RECV_TIMEOUT)
    /// The descriptor of a managed tunnel's socket, a number of 32 bits (`L2TP_ATTR_FD`).
    public static let fileDescriptor = Self(L2TP_ATTR_FD)
    /// Our IPv4 address, 4 bytes in network order (`L2TP_ATTR_IP_SADDR`).
    public static let ipv4Source = Self(L2TP_ATTR_IP_SADDR)
    /// The peer's IPv4 address, 4 bytes in network order (`L2TP_ATTR_IP_DADDR`).
    public static let ipv4Destination = Self(L2TP_ATTR_IP_DADDR)
    /// Our UDP port, a number of 16 bits in host byte order (`L2TP_ATTR_UDP_SPORT`).
    public static let udpSourcePort = Self(L2TP_ATTR_UDP_SPORT)
    /// The peer's UDP port, a number of 16 bits in host byte order (`L2TP_ATTR_UDP_DPORT`).
    public static let udpDestinationPort = Self(L2TP_ATTR_UDP_DPORT)
    /// The MTU, a number of 16 bits; accepted and ignored since Linux 4.16 (`L2TP_ATTR_MTU`).
    public static let mtu = Self(L2TP_ATTR_MTU)
    /// The MRU, a number of 16 bits; accepted and ignored since Linux 4.16 (`L2TP_ATTR_MRU`).
    public static let mru = Self(L2TP_ATTR_MRU)
    /// In replies: the counters, nested without `NLA_F_NESTED` (`L2TP_ATTR_STATS`).
    public static let statistics = Self(L2TP_ATTR_STATS)
    /// Our IPv6 address, 16 bytes in network order (`L2TP_ATTR_IP6_SADDR`).
    public static let ipv6Source = Self(L2TP_ATTR_IP6_SADDR)
    /// The peer's IPv6 address, 16 bytes in network order (`L2TP_ATTR_IP6_DADDR`).
    public static let ipv6Destination = Self(L2TP_ATTR_IP6_DADDR)
    /// A flag: no UDP checksums in what we send over IPv6 (`L2TP_ATTR_UDP_ZERO_CSUM6_TX`).
    public static let udpZeroChecksum6Transmit = Self(L2TP_ATTR_UDP_ZERO_CSUM6_TX)
    /// A flag: UDP checksums may be missing in what we receive over IPv6 (`L2TP_ATTR_UDP_ZERO_CSUM6_RX`).
    public static let udpZeroChecksum6Receive = Self(L2TP_ATTR_UDP_ZERO_CSUM6_RX)
    /// Padding that aligns numbers of 64 bits where the machine wants it (`L2TP_ATTR_PAD`).
    public static let padding = Self(L2TP_ATTR_PAD)
}
