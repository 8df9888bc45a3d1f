public import L2TPWire

/// What carries a tunnel, with the parameters that only this kind has.
public enum TunnelEncapsulation: Hashable, Sendable {
    /// UDP with its ports and checksums.
    case udp(UDPParameters)
    /// IP protocol 115, which has no parameters.
    case ip
    /// An encapsulation of a newer kernel, by its number (`L2TP_ATTR_ENCAP_TYPE`). It is only reported; nothing can
    /// be created with it.
    case other(UInt16)

    /// The encapsulation without its parameters; nil for one that is not known here.
    public var kind: Encapsulation? {
        switch self {
        case .udp: .udp
        case .ip: .ip
        case .other: nil
        }
    }

    /// The kernel's number (`L2TP_ATTR_ENCAP_TYPE`, `enum l2tp_encap_type`).
    public var number: UInt16 {
        switch self {
        case .udp: Encapsulation.udp.rawValue
        case .ip: Encapsulation.ip.rawValue
        case .other(let number): number
        }
    }

    /// The parameters of UDP, nil for all others.
    public var udp: UDPParameters? {
        switch self {
        case .udp(let parameters): parameters
        case .ip, .other: nil
        }
    }
}
