internal import Glibc
public import L2TPModel

/// Where a UDP socket is bound or connected to. The C structures are `sockaddr_in` and `sockaddr_in6`.
public struct UDPAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address; the wildcard stands for every local one.
    public var address: IPAddress
    /// The port, in host byte order; 0 lets the kernel choose when a socket is bound.
    public var port: UInt16
    /// The index of the interface to which a link-local IPv6 address belongs; 0 for every other address.
    public var scopeID: UInt32

    /// An address from its parts.
    public init(_ address: IPAddress, port: UInt16, scopeID: UInt32 = 0) {
        self.address = address
        self.port = port
        self.scopeID = scopeID
    }

    /// The structure's bytes, 16 of `sockaddr_in` or 28 of `sockaddr_in6`: the family in host byte order, port and
    /// address in network byte order.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        switch address {
        case .v4:
            bytes.append(host: UInt16(AF_INET))
            bytes.append(network: port)
            bytes.append(address)
            bytes.append(host: UInt64(0))
        case .v6:
            bytes.append(host: UInt16(AF_INET6))
            bytes.append(network: port)
            bytes.append(host: UInt32(0))
            bytes.append(address)
            bytes.append(host: scopeID)
        }
        return bytes
    }

    /// The address that the kernel wrote as `sockaddr_in` or `sockaddr_in6`; nil if it is too short or of another
    /// family.
    public init?(bytes: [UInt8]) {
        guard let family: UInt16 = bytes.host(at: 0), let port: UInt16 = bytes.network(at: 2) else { return nil }
        switch CInt(family) {
        case AF_INET:
            guard let address = bytes.ipv4Address(at: 4) else { return nil }
            self.init(address, port: port)
        case AF_INET6:
            guard let address = bytes.ipv6Address(at: 8), let scopeID: UInt32 = bytes.host(at: 24) else { return nil }
            self.init(address, port: port, scopeID: scopeID)
        default:
            return nil
        }
    }

    /// `192.0.2.1 port 1701`.
    public var description: String { "\(address.description(scopeID: scopeID)) port \(port)" }
}

extension IPAddress {
    /// The address, with its zone if it has one.
    func description(scopeID: UInt32) -> String {
        scopeID == 0 ? description : "\(self)%\(scopeID)"
    }
}
