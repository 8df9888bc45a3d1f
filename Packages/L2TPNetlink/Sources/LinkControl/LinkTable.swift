internal import L2TPModel

/// The links and addresses of a network namespace as far as they are known, and what makes events of
/// notifications.
struct LinkTable: Hashable, Sendable {
    /// What tells an address from others of its link: the same may be there with another prefix.
    private struct AddressKey: Hashable {
        var linkIndex: UInt32
        var address: IPAddress
        var peer: IPAddress?
        var prefixBitCount: UInt8

        init(_ address: InterfaceAddress) {
            linkIndex = address.linkIndex
            self.address = address.address
            peer = address.peer
            prefixBitCount = address.prefixBitCount
        }
    }

    private var linksByIndex: [UInt32: Link]
    private var addressesByKey: [AddressKey: InterfaceAddress]

    init(links: [Link] = [], addresses: [InterfaceAddress] = []) {
        linksByIndex = Dictionary(links.map { ($0.index, $0) }) { _, last in last }
        addressesByKey = Dictionary(addresses.map { (AddressKey($0), $0) }) { _, last in last }
    }

    /// The links by ascending number.
    var links: [Link] { linksByIndex.values.sorted { $0.index < $1.index } }

    /// The addresses by the numbers of their links and their text.
    var addresses: [InterfaceAddress] { Self.sorted(addressesByKey.values) }

    /// Takes a notification; what is different now, which may be nothing.
    mutating func apply(_ notification: LinkNotification) -> [LinkEvent] {
        switch notification {
        case .link(let link):
            guard let old = linksByIndex.updateValue(link, forKey: link.index) else { return [.linkAdded(link)] }
            return old == link ? [] : [.linkChanged(from: old, to: link)]
        case .linkGone(let link):
            // The kernel takes the addresses first, and says so; what was missed goes with the link.
            let orphans = Self.sorted(addressesByKey.values.filter { $0.linkIndex == link.index })
            for orphan in orphans { addressesByKey[AddressKey(orphan)] = nil }
            guard let old = linksByIndex.removeValue(forKey: link.index) else { return [] }
            return orphans.map { .addressRemoved($0) } + [.linkRemoved(old)]
        case .address(let address):
            guard let old = addressesByKey.updateValue(address, forKey: AddressKey(address)) else {
                return [.addressAdded(address)]
            }
            return old == address ? [] : [.addressChanged(from: old, to: address)]
        case .addressGone(let address):
            return addressesByKey.removeValue(forKey: AddressKey(address)).map { [.addressRemoved($0)] } ?? []
        }
    }

    /// Takes the place of what is known by what has been read; what is different now.
    mutating func replace(by new: LinkTable) -> [LinkEvent] {
        var events: [LinkEvent] = []
        for address in addresses where new.addressesByKey[AddressKey(address)] == nil {
            events.append(.addressRemoved(address))
        }
        for link in links where new.linksByIndex[link.index] == nil { events.append(.linkRemoved(link)) }
        for link in new.links {
            switch linksByIndex[link.index] {
            case nil: events.append(.linkAdded(link))
            case link: break
            case .some(let old): events.append(.linkChanged(from: old, to: link))
            }
        }
        for address in new.addresses {
            switch addressesByKey[AddressKey(address)] {
            case nil: events.append(.addressAdded(address))
            case address: break
            case .some(let old): events.append(.addressChanged(from: old, to: address))
            }
        }
        self = new
        return events
    }

    private static func sorted(_ addresses: some Collection<InterfaceAddress>) -> [InterfaceAddress] {
        addresses.sorted {
            ($0.linkIndex, $0.address.description, $0.prefixBitCount)
                < ($1.linkIndex, $1.address.description, $1.prefixBitCount)
        }
    }
}
