public import L2TPModel

/// What is to be done to the interface of a session, which was just created or has been there; what is nil stays as it
/// is.
public struct InterfaceSetup: Hashable, Sendable {
    /// What an interface is to belong to.
    public enum Master: Hashable, Sendable {
        /// Nothing.
        case none
        /// The link of that name, in the namespace where the interface is to be.
        case named(String)
    }

    /// Where an interface is to be.
    public enum Namespace: Hashable, Sendable {
        /// Where its tunnel is.
        case tunnels
        /// In the named network namespace.
        case named(String)
    }

    /// The MTU; automatic is computed when the route to the peer is known.
    public var mtu: InterfaceConfiguration.MTU?
    /// The MAC address. An interface takes another one only while it is down: one that is up is set down for it, and
    /// ``isUp`` says whether it is set up again.
    public var macAddress: MACAddress?
    /// The alias; empty removes it.
    public var alias: String?
    /// Whether it is set up.
    public var isUp: Bool?
    /// The addresses to take from it, before others are given.
    public var addressesToRemove: [AddressSpecification]
    /// The addresses to give it, in order. It may have some of them already, or lose them by what is done before: IPv6
    /// addresses go when it is set down or moved, and of an IPv4 network all when the first goes.
    public var addressesToAdd: [AddressSpecification]
    /// What it is to belong to.
    public var master: Master?
    /// Where to move it first. It arrives there down, without addresses and master.
    public var namespace: Namespace?

    /// A setup from its parts.
    public init(
        mtu: InterfaceConfiguration.MTU? = nil, macAddress: MACAddress? = nil, alias: String? = nil,
        isUp: Bool? = nil, addressesToRemove: [AddressSpecification] = [],
        addressesToAdd: [AddressSpecification] = [], master: Master? = nil, namespace: Namespace? = nil
    ) {
        self.mtu = mtu
        self.macAddress = macAddress
        self.alias = alias
        self.isUp = isUp
        self.addressesToRemove = addressesToRemove
        self.addressesToAdd = addressesToAdd
        self.master = master
        self.namespace = namespace
    }

    /// Whether nothing is to be done.
    public var isEmpty: Bool { self == Self() }
}
