public import L2TPModel
public import L2TPWire

/// Where a tunnel's socket is bound or connected to.
public enum TunnelSocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// A UDP socket's address and port.
    case udp(UDPAddress)
    /// The address and connection identifier of a socket of IP protocol 115.
    case ip(L2TPIPAddress)

    /// A UDP address and port.
    public static func udp(_ address: IPAddress, port: UInt16, scopeID: UInt32 = 0) -> Self {
        .udp(UDPAddress(address, port: port, scopeID: scopeID))
    }

    /// An address and connection identifier of IP protocol 115.
    public static func ip(_ address: IPAddress, connectionID: TunnelID, scopeID: UInt32 = 0) -> Self {
        .ip(L2TPIPAddress(address, connectionID: connectionID, scopeID: scopeID))
    }

    /// What the socket speaks.
    public var encapsulation: Encapsulation {
        switch self {
        case .udp: .udp
        case .ip: .ip
        }
    }

    /// The IP address.
    public var address: IPAddress {
        switch self {
        case .udp(let udp): udp.address
        case .ip(let ip): ip.address
        }
    }

    /// The index of the interface to which a link-local IPv6 address belongs; 0 for every other address.
    public var scopeID: UInt32 {
        switch self {
        case .udp(let udp): udp.scopeID
        case .ip(let ip): ip.scopeID
        }
    }

    /// The bytes of the C structure, see ``UDPAddress/bytes`` and ``L2TPIPAddress/bytes``.
    public var bytes: [UInt8] {
        switch self {
        case .udp(let udp): udp.bytes
        case .ip(let ip): ip.bytes
        }
    }

    /// An address that the kernel wrote for a socket of that encapsulation; nil if it is malformed.
    public init?(_ encapsulation: Encapsulation, bytes: [UInt8]) {
        switch encapsulation {
        case .udp:
            guard let address = UDPAddress(bytes: bytes) else { return nil }
            self = .udp(address)
        case .ip:
            guard let address = L2TPIPAddress(bytes: bytes) else { return nil }
            self = .ip(address)
        }
    }

    /// `192.0.2.1 port 1701` or `192.0.2.1 connection 3000`.
    public var description: String {
        switch self {
        case .udp(let udp): udp.description
        case .ip(let ip): ip.description
        }
    }
}
