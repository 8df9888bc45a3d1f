/// What carries L2TPv3 between the two ends.
///
/// The kernel attribute is `L2TP_ATTR_ENCAP_TYPE` (`enum l2tp_encap_type`).
public enum Encapsulation: UInt16, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// UDP, by default port 1701 (RFC 3931 §4.1.2). The kernel constant is `L2TP_ENCAPTYPE_UDP`.
    case udp = 0
    /// IP protocol 115 (RFC 3931 §4.1.1). The kernel constant is `L2TP_ENCAPTYPE_IP`.
    case ip = 1

    /// The word of ip-l2tp(8): `udp` or `ip`.
    public var description: String {
        switch self {
        case .udp: "udp"
        case .ip: "ip"
        }
    }
}
