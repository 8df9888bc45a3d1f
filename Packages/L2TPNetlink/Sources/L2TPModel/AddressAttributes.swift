/// What an address of an interface can have beside its prefix and peer, and most do not have; without a value it is as
/// Linux makes it when it is not asked for it.
public struct AddressAttributes: Hashable, Sendable {
    /// The broadcast address of an IPv4 address (`IFA_BROADCAST`); nil if there is none.
    public var broadcast: IPv4Address?
    /// How far an IPv4 address is valid (`ifa_scope`); nil if as far as ``AddressScope/automatic(for:)`` says. IPv6 tells
    /// it by the address.
    public var scope: AddressScope?
    /// The label of an IPv4 address (`IFA_LABEL`), as `eth0:1` of up to 15 bytes; nil if it is the interface's name, in
    /// which there is no colon.
    public var label: String?
    /// The metric of the route that comes with the address (`IFA_RT_PRIORITY`), from 1; nil for the kernel's default.
    public var metric: UInt32?
    /// What else it has.
    public var flags: AddressFlags

    /// Attributes from their parts; without any, what addresses commonly have.
    public init(
        broadcast: IPv4Address? = nil, scope: AddressScope? = nil, label: String? = nil, metric: UInt32? = nil,
        flags: AddressFlags = []
    ) {
        self.broadcast = broadcast
        self.scope = scope
        self.label = label
        self.metric = metric
        self.flags = flags
    }

    /// Whether there are none.
    public var isEmpty: Bool { self == Self() }
}
