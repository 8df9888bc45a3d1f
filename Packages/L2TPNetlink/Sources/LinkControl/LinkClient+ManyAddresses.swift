internal import CLibmnl
public import L2TPModel
internal import Netlink

/// Many addresses of links.
extension LinkClient where Transport: ~Copyable {
    /// Gives links many addresses, as ``add(_:to:)`` gives one, with many requests under way at a time.
    ///
    /// All are checked before the first is sent. The kernel carries them out in their order, and what it refuses of one
    /// does not keep the others from it. Where its answer is lost and the address is there, it counts as added.
    ///
    /// - Parameter addresses: The addresses and the link that is to have each.
    /// - Returns: For each, in their order, why it was not added, as the single call would throw it; nil if it was.
    ///   With reason `unconfirmed` the kernel's answer is lost, and it may have been.
    public mutating func add(_ addresses: [(address: AddressSpecification, link: Link)]) -> [LinkError?] {
        request(.add, RTM_NEWADDR, [.create, .exclusive], addresses) {
            (client, address, link) throws(LinkError) in try client.add(address, to: link)
        }
    }

    /// Takes many addresses from links, as ``remove(_:from:)`` takes one, with many requests under way at a time.
    ///
    /// All are checked before the first is sent. The kernel carries them out in their order, and what it refuses of one
    /// does not keep the others from it. Where its answer is lost and the address is not there, it counts as removed.
    ///
    /// - Parameter addresses: The addresses and the link that has each.
    /// - Returns: For each, in their order, why it was not removed, as the single call would throw it; nil if it was.
    ///   With reason `unconfirmed` the kernel's answer is lost, and it may have been.
    public mutating func remove(_ addresses: [(address: AddressSpecification, link: Link)]) -> [LinkError?] {
        request(.remove, RTM_DELADDR, [], addresses.map { ($0.address.forRemoval, $0.link) }) {
            (client, address, link) throws(LinkError) in try client.remove(address, from: link)
        }
    }

    private mutating func request(
        _ operation: LinkError.Operation, _ type: Int, _ flags: NetlinkMessageFlags,
        _ addresses: [(address: AddressSpecification, link: Link)],
        again: (inout Self, AddressSpecification, Link) throws(LinkError) -> Void
    ) -> [LinkError?] {
        let objects = addresses.map { LinkError.Object.address($0.address.description, on: $0.link.name) }
        var errors = addresses.indices.map { index -> LinkError? in
            addresses[index].address.problem.map { LinkError(operation, objects[index], .invalid, $0) }
        }
        let asked = addresses.indices.filter { errors[$0] == nil }
        let outcomes = exchange.pipeline(
            NetlinkMessageType(rawValue: UInt16(type)), flags: flags, count: asked.count
        ) { (index, writer) throws(NetlinkError) in
            let (address, link) = addresses[asked[index]]
            try address.append(to: &writer, linkIndex: link.index)
        }
        var lost: [Int] = []
        for (index, outcome) in zip(asked, outcomes) {
            let (address, link) = addresses[index]
            switch outcome {
            case .succeeded:
                break
            case .failed(let error):
                errors[index] = address.diagnose(error, operation, objects[index], on: look(at: link.index) ?? link)
            case .notSent(let error):
                errors[index] = LinkError(operation, objects[index], error)
            case .unknown(let error):
                errors[index] = .unconfirmed(operation, objects[index], error)
                lost.append(index)
            }
        }
        guard !lost.isEmpty, let present = try? self.addresses() else { return errors }
        for index in lost {
            let (address, link) = addresses[index]
            let isThere = present.contains { $0.linkIndex == link.index && address.describes($0) }
            errors[index] =
                isThere == (operation == .add)
                ? nil : linkFailure { (client) throws(LinkError) in try again(&client, address, link) }
        }
        return errors
    }
}

extension AddressSpecification {
    /// Whether an address is this one, however it came about.
    fileprivate func describes(_ other: InterfaceAddress) -> Bool {
        // A peer that is the address itself is none: so the kernel reports it.
        (address, peer == address ? nil : peer, prefixBitCount) == (other.address, other.peer, other.prefixBitCount)
    }
}
