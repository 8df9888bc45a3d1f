/// A network interface (link) as the kernel reports it.
public struct Link: Hashable, Sendable {
    /// Its number in its network namespace, from 1 (`ifi_index`).
    public var index: UInt32
    /// Its present name (`IFLA_IFNAME`).
    public var name: String
    /// Its MTU in bytes (`IFLA_MTU`).
    public var mtu: UInt32
    /// Its flags (`ifi_flags`).
    public var flags: LinkFlags
    /// Its kind, as `veth` or `bridge` (`IFLA_INFO_KIND`); nil for hardware and for the interface of an
    /// L2TP session.
    public var kind: String?
    /// Its hardware address (`IFLA_ADDRESS`); nil if that has not six bytes. The loopback interface has
    /// 00:00:00:00:00:00.
    public var macAddress: MACAddress?
    /// The text an administrator has given it (`IFLA_IFALIAS`); nil if there is none.
    public var alias: String?
    /// The number of the bridge, VRF or other link it belongs to (`IFLA_MASTER`); nil if it belongs to none.
    public var masterIndex: UInt32?
    /// What it is able to do (`IFLA_OPERSTATE`).
    public var operationalState: OperationalState
    /// The smallest MTU in bytes that it takes (`IFLA_MIN_MTU`).
    public var minimumMTU: UInt32
    /// The largest MTU in bytes that it takes (`IFLA_MAX_MTU`); nil if its driver knows no limit.
    public var maximumMTU: UInt32?
    /// The number that this network namespace has for the one of the link below or of the other end, as of a
    /// veth (`IFLA_LINK_NETNSID`); nil if that is in the same namespace.
    public var linkNamespaceID: Int32?

    /// Whether it is set up (`IFF_UP`). Setting it leaves the other flags as they are.
    public var isUp: Bool {
        get { flags.contains(.up) }
        set { if newValue { flags.insert(.up) } else { flags.remove(.up) } }
    }

    /// Whether it is the loopback interface (`IFF_LOOPBACK`).
    public var isLoopback: Bool { flags.contains(.loopback) }

    /// A link from its parts.
    public init(
        index: UInt32, name: String, mtu: UInt32, flags: LinkFlags = [], kind: String? = nil,
        macAddress: MACAddress? = nil, alias: String? = nil, masterIndex: UInt32? = nil,
        operationalState: OperationalState = .unknown, minimumMTU: UInt32 = 0, maximumMTU: UInt32? = nil,
        linkNamespaceID: Int32? = nil
    ) {
        self.index = index
        self.name = name
        self.mtu = mtu
        self.flags = flags
        self.kind = kind
        self.macAddress = macAddress
        self.alias = alias
        self.masterIndex = masterIndex
        self.operationalState = operationalState
        self.minimumMTU = minimumMTU
        self.maximumMTU = maximumMTU
        self.linkNamespaceID = linkNamespaceID
    }

    /// An Ethernet or loopback interface with the flags that it has when it is up, with a carrier, or down.
    public init(index: UInt32, name: String, mtu: UInt32, isUp: Bool, isLoopback: Bool = false, kind: String? = nil) {
        var flags: LinkFlags = isLoopback ? .loopback : [.broadcast, .multicast]
        if isUp { flags.formUnion([.up, .running]) }
        self.init(index: index, name: name, mtu: mtu, flags: flags, kind: kind)
    }
}
