/// What an address is given with and keeps (`IFA_FLAGS`), beside what ``AddressSpecification/skipsDuplicateDetection``
/// says. `IFA_F_OPTIMISTIC`, which Linux takes too, is not among them: it ends with duplicate address detection.
public struct AddressFlags: OptionSet, Hashable, Sendable {
    /// The kernel's bits.
    public let rawValue: UInt32

    /// Flags from the kernel's bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The IPv6 home address of a mobile node (`IFA_F_HOMEADDRESS`, RFC 6275).
    public static let homeAddress = Self(rawValue: 0x10)
    /// Temporary addresses are made of this IPv6 address, whose prefix has 64 bits (`IFA_F_MANAGETEMPADDR`, RFC 8981).
    /// Linux sets it of itself on what a router advertised.
    public static let managesTemporaryAddresses = Self(rawValue: 0x100)
    /// No route to the prefix comes with it (`IFA_F_NOPREFIXROUTE`).
    public static let noPrefixRoute = Self(rawValue: 0x200)
    /// The multicast group that it is is joined on Ethernet level (`IFA_F_MCAUTOJOIN`).
    public static let multicastAutojoin = Self(rawValue: 0x400)

    /// Those that only IPv6 has; Linux leaves them out of IPv4 addresses.
    public static let ofIPv6: Self = [.homeAddress, .managesTemporaryAddresses]
    /// All of them.
    public static let all: Self = [.homeAddress, .managesTemporaryAddresses, .noPrefixRoute, .multicastAutojoin]
}
