public import PacketCapture

/// Which UDP datagrams carry L2TP: those of known ports, and those of whom control messages have been seen.
public struct MessagePorts: Sendable {
    /// The registered port of L2TP (RFC 2661 §8.1, RFC 3931 §4.1.2).
    public static let registered: UInt16 = 1701
    /// The most places that are learnt.
    private static let mostLearnt = 65_536

    /// An address and a port.
    private struct Place: Hashable {
        var address: NetworkAddress
        var port: UInt16
    }

    private var known: Set<UInt16>
    private var learnt: Set<Place> = []

    /// Ports that are known besides the registered one.
    init(_ ports: Set<UInt16>) {
        known = ports.union([Self.registered])
    }

    /// The ports that are known beforehand, in order.
    public var sorted: [UInt16] { known.sorted() }

    /// Whether a datagram carries L2TP.
    public func contains(
        source: NetworkAddress, sourcePort: UInt16, destination: NetworkAddress, destinationPort: UInt16
    ) -> Bool {
        if known.contains(destinationPort) || known.contains(sourcePort) { return true }
        guard !learnt.isEmpty else { return false }
        return learnt.contains(Place(address: destination, port: destinationPort))
            || learnt.contains(Place(address: source, port: sourcePort))
    }

    /// Remembers where a control message came from, since the answer goes there, perhaps from another port than the one
    /// that was asked (RFC 2661 §8.1, RFC 3931 §4.1.2).
    mutating func learn(from datagram: borrowing Datagram) {
        guard !known.contains(datagram.sourcePort), learnt.count < Self.mostLearnt else { return }
        learnt.insert(Place(address: datagram.source, port: datagram.sourcePort))
    }
}
