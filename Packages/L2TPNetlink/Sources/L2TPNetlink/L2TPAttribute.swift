internal import CLibmnl
internal import Netlink

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
    static let fileDescriptor = Self(L2TP_ATTR_FD)
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
