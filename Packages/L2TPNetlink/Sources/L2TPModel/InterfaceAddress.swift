/// An address that is assigned to a network interface.
public struct InterfaceAddress: Hashable, Sendable {
    /// The interface's number (`ifa_index`).
    public var linkIndex: UInt32
    /// The local address (`IFA_LOCAL`, or `IFA_ADDRESS` where there is no other).
    public var address: IPAddress
    /// The address of the other end of a point-to-point interface, to which the prefix then belongs
    /// (`IFA_ADDRESS`); nil if there is none.
    public var peer: IPAddress?
    /// Length of the network prefix in bits (`ifa_prefixlen`).
    public var prefixBitCount: UInt8
    /// Whether the address cannot be used yet, for duplicate address detection is under way
    /// (`IFA_F_TENTATIVE`).
    public var isTentative: Bool
    /// Whether duplicate address detection found another host with the address (`IFA_F_DADFAILED`).
    public var isDuplicate: Bool
    /// Whether duplicate address detection was left out (`IFA_F_NODAD`).
    public var skipsDuplicateDetection: Bool
    /// Whether it goes by itself when its time is over, as one that a router advertised or that a DHCP client has given
    /// (`IFA_F_PERMANENT` is not set).
    public var isDynamic: Bool
    /// Whether the kernel has made it by itself, as it will do on another interface: an IPv6 address of a router's prefix,
    /// a temporary one, or a link-local one.
    ///
    /// Linux tells it since 5.18 (`IFA_PROTO`). On older ones it is known of temporary addresses, of those with a stable
    /// random interface identifier (`IFA_F_STABLE_PRIVACY`), and of a router's by their lifetime with
    /// `IFA_F_MANAGETEMPADDR`; not of link-local ones that are made of the MAC address.
    public var isAutomatic: Bool
    /// What else it has. It can also be what Linux has set by itself: `IFA_F_MANAGETEMPADDR` of what a router advertised,
    /// and labels when an interface was renamed.
    public var attributes: AddressAttributes

    /// An address from its parts.
    public init(
        linkIndex: UInt32,
        address: IPAddress,
        peer: IPAddress? = nil,
        prefixBitCount: UInt8,
        isTentative: Bool = false,
        isDuplicate: Bool = false,
        skipsDuplicateDetection: Bool = false,
        isDynamic: Bool = false,
        isAutomatic: Bool = false,
        attributes: AddressAttributes = AddressAttributes()
    ) {
        self.linkIndex = linkIndex
        self.address = address
        self.peer = peer
        self.prefixBitCount = prefixBitCount
        self.isTentative = isTentative
        self.isDuplicate = isDuplicate
        self.skipsDuplicateDetection = skipsDuplicateDetection
        self.isDynamic = isDynamic
        self.isAutomatic = isAutomatic
        self.attributes = attributes
    }

    /// The same without a label that is but the name of the link that has it: so Linux labels an IPv4 address for which no
    /// label was asked.
    public func withoutLabel(of link: Link) -> Self {
        guard attributes.label == link.name else { return self }
        var address = self
        address.attributes.label = nil
        return address
    }

    /// What makes the kernel assign the same address again, for as long as it was still valid when it was read.
    public var specification: AddressSpecification {
        AddressSpecification(
            address, peer: peer, prefixBitCount: prefixBitCount, skipsDuplicateDetection: skipsDuplicateDetection,
            attributes: attributes)
    }

    /// Whether the address can be used now: neither tentative nor a duplicate.
    public var isUsable: Bool { !isTentative && !isDuplicate }

    /// Whether another address lies in the same network prefix, which is the peer's where there is one.
    public func sharesPrefix(with other: IPAddress) -> Bool {
        switch (peer ?? address, other) {
        case (.v4(let left), .v4(let right)):
            let bits = min(Int(prefixBitCount), 32)
            return (left.number ^ right.number) >> UInt32(32 - bits) == 0
        case (.v6(let left), .v6(let right)):
            let bits = min(Int(prefixBitCount), 128)
            let highDiffers = (left.high ^ right.high) >> UInt64(64 - min(bits, 64)) != 0
            let lowDiffers = (left.low ^ right.low) >> UInt64(64 - max(bits - 64, 0)) != 0
            return !highDiffers && !lowDiffers
        default:
            return false
        }
    }
}
