/// How a pseudowire's connectivity can be verified (RFC 5085 §6.3.1, VCCV Capability).
public struct VCCVCapability: AVPValue {
    /// The control channels that the sender supports.
    public var controlChannels: ControlChannels
    /// The kinds of verification that the sender supports.
    public var verifications: Verifications

    /// Kinds of control channel (IANA "L2TPv3 Control Channel (CC) Types").
    public struct ControlChannels: OptionSet, Hashable, Sendable {
        /// The bits, most of them reserved; all are kept.
        public var rawValue: UInt8

        /// Wraps the bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// An L2-specific sublayer with its V bit set.
        public static let sublayerBit = Self(rawValue: 0x01)
    }

    /// Kinds of verification (IANA "L2TPv3 Connectivity Verification (CV) Types"; RFC 5085 §6.3.1, RFC 5885).
    public struct Verifications: OptionSet, Hashable, Sendable {
        /// The bits, some of them reserved; all are kept.
        public var rawValue: UInt8

        /// Wraps the bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// ICMP ping.
        public static let icmpPing = Self(rawValue: 0x01)
        /// BFD in IP and UDP, to detect faults.
        public static let bfdIP = Self(rawValue: 0x04)
        /// BFD in IP and UDP, to detect faults and to tell the status.
        public static let bfdIPWithStatus = Self(rawValue: 0x08)
        /// BFD without IP and UDP, to detect faults.
        public static let bfdRaw = Self(rawValue: 0x10)
        /// BFD without IP and UDP, to detect faults and to tell the status.
        public static let bfdRawWithStatus = Self(rawValue: 0x20)
    }

    /// A capability.
    public init(controlChannels: ControlChannels, verifications: Verifications) {
        self.controlChannels = controlChannels
        self.verifications = verifications
    }

    /// Reads both sets.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(2)
        self.init(
            controlChannels: ControlChannels(rawValue: value[0]), verifications: Verifications(rawValue: value[1]))
    }

    /// Length on the wire in bytes: 2.
    public var encodedByteCount: Int { 2 }

    /// Appends both sets.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(controlChannels.rawValue)
        output.append(verifications.rawValue)
    }

    /// Both sets as numbers.
    public var fields: [AVPField] {
        [
            AVPField("CC Types", byteCount: 1, .number(UInt64(controlChannels.rawValue), name: nil)),
            AVPField("CV Types", at: 1, byteCount: 1, .number(UInt64(verifications.rawValue), name: nil)),
        ]
    }
}
