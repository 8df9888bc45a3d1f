/// What an IP packet carries (IANA "Assigned Internet Protocol Numbers").
public struct IPProtocol: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number.
    public var rawValue: UInt8

    /// Wraps a number.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// IPv6 hop-by-hop options (RFC 8200 §4.3).
    public static let hopByHopOptions = Self(rawValue: 0)
    /// TCP.
    public static let tcp = Self(rawValue: 6)
    /// UDP.
    public static let udp = Self(rawValue: 17)
    /// The IPv6 routing header (RFC 8200 §4.4).
    public static let routing = Self(rawValue: 43)
    /// The IPv6 fragment header (RFC 8200 §4.5).
    public static let fragment = Self(rawValue: 44)
    /// ESP, whose payload is encrypted (RFC 4303).
    public static let esp = Self(rawValue: 50)
    /// The authentication header (RFC 4302).
    public static let authentication = Self(rawValue: 51)
    /// Nothing follows (RFC 8200 §4.7).
    public static let noNextHeader = Self(rawValue: 59)
    /// IPv6 destination options (RFC 8200 §4.6).
    public static let destinationOptions = Self(rawValue: 60)

    /// The number.
    public var description: String { String(rawValue) }
}
