import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink

/// An address that the test knows to be one.
func address(_ text: String) -> IPAddress {
    guard let address = IPAddress(text) else { preconditionFailure("\(text) is no address") }
    return address
}

extension InterfaceName {
    /// A name that the test knows to be one.
    static func example(_ text: String) -> Self {
        guard let name = try? Self(text) else { preconditionFailure("\(text) is no name") }
        return name
    }
}

extension TunnelSpecification {
    static func udp(
        _ id: UInt32 = 3000, peerID: UInt32 = 4000, local: String = "192.0.2.1", peer: String = "192.0.2.2",
        port: UInt16 = 5000, peerPort: UInt16 = 6000
    ) -> Self {
        Self(
            id: TunnelID(id), peerID: TunnelID(peerID), local: address(local), peer: address(peer),
            encapsulation: .udp(UDPParameters(sourcePort: port, destinationPort: peerPort)))
    }

    static func ip(
        _ id: UInt32 = 3000, peerID: UInt32 = 4000, local: String = "192.0.2.1", peer: String = "192.0.2.2"
    ) -> Self {
        Self(
            id: TunnelID(id), peerID: TunnelID(peerID), local: address(local), peer: address(peer), encapsulation: .ip)
    }
}

extension SessionSpecification {
    static func ethernet(
        _ id: UInt32 = 1000, in tunnelID: UInt32 = 3000, peerID: UInt32 = 2000, interface: String? = nil
    ) -> Self {
        Self(
            tunnelID: TunnelID(tunnelID), id: SessionID(id), peerID: SessionID(peerID),
            interfaceName: interface.map { .example($0) })
    }
}

/// The error that `body` throws; nil if it throws none.
func failure<Failure: Error>(_ body: () throws(Failure) -> Void) -> Failure? {
    do throws(Failure) {
        try body()
        return nil
    } catch {
        return error
    }
}
