public import L2TPWire

/// What carries a tunnel, with the parameters that only this kind has.
public enum TunnelEncapsulation: Hashable, Sendable {
    /// UDP with its ports and checksums.
    case udp(UDPParameters)
    /// IP protocol 115, which has no parameters.
    case ip

    /// The encapsulation without its parameters.
    public var kind: Encapsulation {
        switch self {
        case .udp: .udp
        case .ip: .ip
        }
    }

    /// The parameters of UDP, nil for IP.
    public var udp: UDPParameters? {
        switch self {
        case .udp(let parameters): parameters
        case .ip: nil
        }
    }
}
