/// For how long an address is valid, and preferred, from when it was read or is given on (`struct ifa_cacheinfo`;
/// RFC 4862 section 5.5.4).
public struct AddressLifetime: Hashable, Sendable {
    /// The time without an end (`INFINITY_LIFE_TIME`).
    public static let forever = UInt32.max

    /// For how many seconds the interface has it, from 1 (`ifa_valid`).
    public var valid: UInt32
    /// For how many seconds it is used as the source of what begins, not longer than it is valid (`ifa_prefered`). With
    /// 0 the address is deprecated (`IFA_F_DEPRECATED`): only what has begun goes on with it.
    public var preferred: UInt32

    /// A lifetime in seconds; one without an end unless told.
    public init(valid: UInt32 = Self.forever, preferred: UInt32 = Self.forever) {
        self.valid = valid
        self.preferred = preferred
    }

    /// Whether the interface loses the address when it is over.
    public var isFinite: Bool { valid != Self.forever }
}
