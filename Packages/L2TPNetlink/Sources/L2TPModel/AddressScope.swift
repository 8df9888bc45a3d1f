/// How far an address is valid (`ifa_scope` of `struct ifaddrmsg`, rtnetlink(7)).
public struct AddressScope: RawRepresentable, Hashable, Sendable {
    /// The kernel's number.
    public let rawValue: UInt8

    /// A scope from the kernel's number.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Everywhere (`RT_SCOPE_UNIVERSE`).
    public static let universe = Self(rawValue: 0)
    /// Within the site (`RT_SCOPE_SITE`).
    public static let site = Self(rawValue: 200)
    /// On the link (`RT_SCOPE_LINK`).
    public static let link = Self(rawValue: 253)
    /// On the host (`RT_SCOPE_HOST`).
    public static let host = Self(rawValue: 254)

    /// What ip-address(8) takes where none is given: the host for an IPv4 loopback address, else everywhere.
    public static func automatic(for address: IPAddress) -> Self {
        if case .v4(let address) = address, address.isLoopback { .host } else { .universe }
    }
}
