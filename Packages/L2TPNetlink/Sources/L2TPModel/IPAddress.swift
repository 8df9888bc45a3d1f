public import L2TPWire

/// An IPv4 or IPv6 address.
public enum IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// An IPv4 address.
    case v4(IPv4Address)
    /// An IPv6 address.
    case v6(IPv6Address)

    /// An address in text form, IPv6 when it holds a colon; nil if it is neither.
    public init?(_ text: some StringProtocol) {
        if text.utf8.contains(UInt8(ascii: ":")) {
            guard let address = IPv6Address(text) else { return nil }
            self = .v6(address)
        } else {
            guard let address = IPv4Address(text) else { return nil }
            self = .v4(address)
        }
    }

    /// The version the address belongs to.
    public var version: IPVersion {
        switch self {
        case .v4: .v4
        case .v6: .v6
        }
    }

    /// The wildcard of a version: 0.0.0.0 or ::.
    public static func any(_ version: IPVersion) -> Self {
        switch version {
        case .v4: .v4(.any)
        case .v6: .v6(.any)
        }
    }

    /// Whether the address is the wildcard of its version.
    public var isAny: Bool { self == .any(version) }

    /// Whether the address is a multicast group.
    public var isMulticast: Bool {
        switch self {
        case .v4(let address): address.isMulticast
        case .v6(let address): address.isMulticast
        }
    }

    /// Dotted-quad form or the canonical text of RFC 5952.
    public var description: String {
        switch self {
        case .v4(let address): address.description
        case .v6(let address): address.description
        }
    }
}
