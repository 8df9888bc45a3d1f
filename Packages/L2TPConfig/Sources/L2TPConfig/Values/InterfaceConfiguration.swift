public import L2TPModel

/// How the interface of a session is to be set up: the table `[tunnel.NAME.session.NAME.interface]`, but for the name,
/// which is part of ``SessionConfiguration/specification``.
public struct InterfaceConfiguration: Hashable, Sendable {
    /// The MTU (`mtu`).
    public enum MTU: Hashable, Sendable {
        /// `"auto"`: what the path to the peer leaves after the encapsulation's overhead.
        case automatic
        /// A number of bytes, 68…65535.
        case bytes(UInt32)
    }

    /// The MAC address (`mac`).
    public enum MAC: Hashable, Sendable {
        /// `"stable"`: one derived from the machine's identity, the tunnel's local address and both local ids, so
        /// that it is the same after every creation; see ``StableMACAddress``.
        case stable
        /// `"random"`: the one that the kernel draws at creation.
        case random
        /// This one.
        case address(MACAddress)
    }

    /// What the interface belongs to.
    public enum Master: Hashable, Sendable {
        /// The bridge of that name (`bridge`).
        case bridge(InterfaceName)
        /// The VRF of that name (`vrf`).
        case vrf(InterfaceName)

        /// The name of the link.
        public var name: InterfaceName {
            switch self {
            case .bridge(let name), .vrf(let name): name
            }
        }
    }

    /// The MTU.
    public var mtu: MTU
    /// The MAC address.
    public var mac: MAC
    /// Whether it is set up (`up`).
    public var isUp: Bool
    /// The addresses it is to have, in order (`addresses`). Others that it has are left alone.
    public var addresses: [AddressSpecification]
    /// What it is to belong to; nil leaves it as it is.
    public var master: Master?
    /// The named network namespace to move it to, where addresses and master are then meant (`netns`); nil leaves it
    /// where its tunnel is.
    public var namespace: String?

    /// An interface with the defaults: automatic MTU, stable MAC address, up, without addresses.
    public init(
        mtu: MTU = .automatic, mac: MAC = .stable, isUp: Bool = true, addresses: [AddressSpecification] = [],
        master: Master? = nil, namespace: String? = nil
    ) {
        self.mtu = mtu
        self.mac = mac
        self.isUp = isUp
        self.addresses = addresses
        self.master = master
        self.namespace = namespace
    }
}
