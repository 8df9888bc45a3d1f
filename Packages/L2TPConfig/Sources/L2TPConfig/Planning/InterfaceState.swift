public import L2TPModel

/// The interface of a session as it is.
public struct InterfaceState: Hashable, Sendable {
    /// The link.
    public var link: Link
    /// Its addresses, IPv4 and IPv6.
    public var addresses: [InterfaceAddress]
    /// The name of the bridge or VRF that it belongs to; nil if it belongs to none.
    public var masterName: String?
    /// The named network namespace it is in; nil if it is where its tunnel is.
    public var namespace: String?

    /// A state from its parts.
    public init(link: Link, addresses: [InterfaceAddress] = [], masterName: String? = nil, namespace: String? = nil) {
        self.link = link
        self.addresses = addresses
        self.masterName = masterName
        self.namespace = namespace
    }

    /// The addresses as an interface is given them that has perhaps another name.
    func addresses(on name: String?) -> [AddressSpecification] {
        addresses.map { address in
            var specification = address.specification
            if let name, name != link.name { specification.attributes = address.attributes.renamed(to: name) }
            return specification
        }
    }
}
