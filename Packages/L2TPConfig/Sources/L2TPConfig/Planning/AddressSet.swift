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
    private var table: [Key: AddressSpecification] = [:]
    private var addresses: Set<IPAddress> = []

    /// A set of those.
    init(_ specifications: [AddressSpecification]) {
        guard specifications.count > Self.mostInRow else {
            row = specifications
            return
        }
        table = Dictionary(specifications.lazy.map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
        addresses = Set(specifications.lazy.map(\.address))
    }

    /// A set of those.
    init(_ addresses: [InterfaceAddress]) {
        self.init(addresses.map(\.specification))
    }

    /// Whether an address is among them.
    func contains(_ specification: AddressSpecification) -> Bool {
        self[specification] != nil
    }

    /// The one among them that is the same as an address; nil if there is none.
    subscript(specification: AddressSpecification) -> AddressSpecification? {
        table.isEmpty ? row.first { $0.isSame(as: specification) } : table[Key(specification)]
    }

    /// A configured address with what the one among them has that is the same: somebody else has given it that, and Linux
    /// may refuse others of the same network without it.
    func addingAttributes(to configured: AddressSpecification) -> AddressSpecification {
        guard let there = self[configured] else { return configured }
        var address = configured
        address.attributes = there.attributes
        // What is configured is to stay.
        if address.attributes.lifetime?.isFinite ?? false { address.attributes.lifetime = nil }
        return address
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
