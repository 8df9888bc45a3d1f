internal import L2TPModel
internal import L2TPWire

/// Addresses of an interface in which others are looked up, by what ``AddressSpecification/isSame(as:)`` compares: in
/// constant time, however many there are.
struct AddressSet {
    private struct Key: Hashable {
        let address: IPAddress
        let peer: IPAddress?
        let prefixBitCount: UInt8

        init(_ specification: AddressSpecification) {
            address = specification.address
            peer = specification.peer
            prefixBitCount = specification.prefixBitCount
        }
    }

    /// Most interfaces have one or two, for which tables would cost more than they spare.
    private static var mostInRow: Int { 8 }

    private var row: [AddressSpecification] = []
    private var keys: Set<Key> = []
    private var addresses: Set<IPAddress> = []

    /// A set of those.
    init(_ specifications: [AddressSpecification]) {
        guard specifications.count > Self.mostInRow else {
            row = specifications
            return
        }
        keys = Set(specifications.lazy.map(Key.init))
        addresses = Set(specifications.lazy.map(\.address))
    }

    /// A set of those.
    init(_ addresses: [InterfaceAddress]) {
        self.init(addresses.map(\.specification))
    }

    /// Whether an address is among them.
    func contains(_ specification: AddressSpecification) -> Bool {
        keys.isEmpty ? row.contains { $0.isSame(as: specification) } : keys.contains(Key(specification))
    }

    /// Whether an address is among them, with whatever prefix and peer.
    func contains(_ address: IPAddress) -> Bool {
        addresses.isEmpty ? row.contains { $0.address == address } : addresses.contains(address)
    }
}

/// The IPv4 networks of addresses that are removed: Linux takes the later addresses of each network away with its first
/// (unless the sysctl `promote_secondaries` is set).
struct RemovedNetworks {
    private var prefixes: Set<Prefix> = []

    /// Adds the network of a removed address.
    mutating func insert(_ address: InterfaceAddress) {
        if case .v4 = address.address { prefixes.insert(Prefix(address.specification)) }
    }

    /// Whether another address may be taken away with them.
    func take(_ address: AddressSpecification) -> Bool {
        guard !prefixes.isEmpty, case .v4 = address.address else { return false }
        return prefixes.contains(Prefix(address))
    }
}
