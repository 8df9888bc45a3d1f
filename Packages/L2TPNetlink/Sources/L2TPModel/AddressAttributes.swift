/// What an address of an interface can have beside its prefix and peer, and most do not have; without a value it is as
/// Linux makes it when it is not asked for it.
///
/// Who has given it (`IFA_PROTO`) is not among them: what is given again has come from here.
public struct AddressAttributes: Hashable, Sendable {
    /// The broadcast address of an IPv4 address (`IFA_BROADCAST`); nil if there is none.
    public var broadcast: IPv4Address?
    /// How far an IPv4 address is valid (`ifa_scope`); nil if as far as ``AddressScope/automatic(for:)`` says. IPv6 tells
    /// it by the address.
    public var scope: AddressScope?
    /// The label of an IPv4 address (`IFA_LABEL`), as `eth0:1`, of up to 15 bytes; nil if there is none.
    ///
    /// Linux takes the interface's name where none is asked for, and so an address that was just read has that:
    /// see ``InterfaceAddress/withoutLabel(of:)``.
    public var label: String?
    /// The metric of the route that comes with the address (`IFA_RT_PRIORITY`), from 1; nil for the kernel's default.
    public var metric: UInt32?
    /// For how long the address is valid and preferred (`IFA_CACHEINFO`); nil if both without an end.
    public var lifetime: AddressLifetime?
    /// What else it has.
    public var flags: AddressFlags

    /// Attributes from their parts; without any, what addresses commonly have.
    public init(
        broadcast: IPv4Address? = nil, scope: AddressScope? = nil, label: String? = nil, metric: UInt32? = nil,
        lifetime: AddressLifetime? = nil, flags: AddressFlags = []
    ) {
        self.broadcast = broadcast
        self.scope = scope
        self.label = label
        self.metric = metric
        self.lifetime = lifetime
        self.flags = flags
    }

    /// Whether there are none.
    public var isEmpty: Bool { self == Self() }

    /// The same without what changes by itself: of a lifetime that ends, only that it does is left.
    public var withoutRemainingTime: Self {
        var attributes = self
        if let lifetime, lifetime.isFinite { attributes.lifetime = AddressLifetime(valid: 1, preferred: 0) }
        return attributes
    }

    /// The same for an interface of another name: what stands before the colon of a label becomes that name, as when Linux
    /// renames an interface (`inetdev_changename`), cut off where there is no room for it. A label without a colon stays.
    public func renamed(to interfaceName: String) -> Self {
        guard let bytes = label?.utf8, let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return self }
        let suffix = bytes[colon...]
        var attributes = self
        attributes.label = String(
            decoding: interfaceName.utf8.prefix(max(Self.longestLabel - suffix.count, 0)) + Array(suffix),
            as: UTF8.self)
        return attributes
    }

    /// How many bytes a label has at most (`IFNAMSIZ`, without the zero byte at the end).
    public static let longestLabel = 15
}
