/// A VLAN tag (IEEE 802.1Q §9).
public struct VLANTag: Hashable, Sendable, CustomStringConvertible {
    /// Which kind of tag it is: the tag protocol identifier (TPID).
    public var protocolID: EtherType
    /// The tag control information (TCI): priority, drop eligibility, VLAN identifier.
    public var control: UInt16

    /// A tag from its two numbers.
    ///
    /// - Parameters:
    ///   - protocolID: The tag protocol identifier (TPID).
    ///   - control: The tag control information (TCI).
    public init(protocolID: EtherType, control: UInt16) {
        self.protocolID = protocolID
        self.control = control
    }

    /// The VLAN identifier (VID), 0 to 4095; 0 for a tag that tells a priority only.
    public var id: Int { Int(control & 0x0fff) }
    /// The priority code point (PCP), 0 to 7.
    public var priority: Int { Int(control >> 13) }
    /// Whether the frame may be dropped first (DEI).
    public var isDropEligible: Bool { control & 0x1000 != 0 }

    /// The VLAN identifier.
    public var description: String { String(id) }
}

/// The VLAN tags of a frame, the outermost first; at most ``most``.
public struct VLANTags: Hashable, Sendable, RandomAccessCollection {
    /// How many tags are kept.
    public static let most = 4

    /// A tag in each 32 bits, the first in the lowest.
    private var storage: UInt128 = 0
    /// How many tags there are.
    public private(set) var count = 0

    /// No tags.
    public init() {}

    /// The position of the outermost tag.
    public var startIndex: Int { 0 }
    /// The position after the innermost tag.
    public var endIndex: Int { count }

    /// A tag, counted from the outermost, 0.
    public subscript(position: Int) -> VLANTag {
        precondition(indices.contains(position), "no VLAN tag \(position)")
        let word = UInt32(truncatingIfNeeded: storage >> UInt128(32 * position))
        return VLANTag(
            protocolID: EtherType(rawValue: UInt16(word >> 16)), control: UInt16(truncatingIfNeeded: word))
    }

    /// Adds a tag inside the others; returns whether there was room for it.
    mutating func append(_ tag: VLANTag) -> Bool {
        guard count < Self.most else { return false }
        storage |= UInt128(UInt32(tag.protocolID.rawValue) << 16 | UInt32(tag.control)) << UInt128(32 * count)
        count += 1
        return true
    }
}
