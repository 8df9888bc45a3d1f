internal import Glibc
public import L2TPModel
public import L2TPWire

/// Where a socket of IP protocol 115 is bound or connected to. The C structures are `sockaddr_l2tpip` and
/// `sockaddr_l2tpip6` of `<linux/l2tp.h>`.
public struct L2TPIPAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address; the wildcard stands for every local one.
    public var address: IPAddress
    /// The control connection identifier (`l2tp_conn_id`): control messages to it arrive at a socket bound to it,
    /// those to 0 set up a connection. The kernel tells none of a message's source, and 0 stands there.
    public var connectionID: TunnelID
    /// The index of the interface to which a link-local IPv6 address belongs; 0 for every other address.
    public var scopeID: UInt32

    /// An address from its parts.
    public init(_ address: IPAddress, connectionID: TunnelID, scopeID: UInt32 = 0) {
        self.address = address
        self.connectionID = connectionID
        self.scopeID = scopeID
    }

    /// The structure's bytes, 16 of `sockaddr_l2tpip` or 32 of `sockaddr_l2tpip6`: the address in network byte
    /// order, everything else, the connection identifier too, in host byte order.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        switch address {
        case .v4:
            bytes.append(host: UInt16(AF_INET))
            bytes.append(host: UInt16(0))
            bytes.append(address)
            bytes.append(host: connectionID.rawValue)
            bytes.append(host: UInt32(0))
        case .v6:
            bytes.append(host: UInt16(AF_INET6))
            bytes.append(host: UInt16(0))
            bytes.append(host: UInt32(0))
            bytes.append(address)
            bytes.append(host: scopeID)
            bytes.append(host: connectionID.rawValue)
        }
        return bytes
    }

    /// The address that the kernel wrote as `sockaddr_l2tpip` or `sockaddr_l2tpip6`; nil if it is too short or of
    /// another family.
    public init?(bytes: [UInt8]) {
        guard let family: UInt16 = bytes.host(at: 0) else { return nil }
        switch CInt(family) {
        case AF_INET:
            guard let address = bytes.ipv4Address(at: 4), let id: UInt32 = bytes.host(at: 8) else { return nil }
            self.init(address, connectionID: TunnelID(id))
        case AF_INET6:
            guard let address = bytes.ipv6Address(at: 8), let scopeID: UInt32 = bytes.host(at: 24),
                let id: UInt32 = bytes.host(at: 28)
            else { return nil }
            self.init(address, connectionID: TunnelID(id), scopeID: scopeID)
        default:
            return nil
        }
    }

    /// `192.0.2.1 connection 3000`.
    public var description: String { "\(address.description(scopeID: scopeID)) connection \(connectionID)" }
}
