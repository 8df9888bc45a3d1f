/// The state of the circuit that a session is bound to (RFC 3931 §5.4.5, RFC 5641 §2).
public struct CircuitStatus: OptionSet, AVPValue, NamedBits {
    /// The bits, some of them reserved; all are kept.
    public var rawValue: UInt16

    /// Wraps the bits.
    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The A bit: the circuit is up; when it is clear, no data messages may be sent to the sender of this.
    public static let active = Self(rawValue: 0x0001)
    /// The N bit: the circuit is new; RFC 5641 deprecates it.
    public static let new = Self(rawValue: 0x0002)
    /// The R bit: the local attachment circuit cannot receive.
    public static let circuitReceiveFault = Self(rawValue: 0x0004)
    /// The T bit: the local attachment circuit cannot transmit.
    public static let circuitTransmitFault = Self(rawValue: 0x0008)
    /// The I bit: the sender cannot receive from its peer.
    public static let pseudowireReceiveFault = Self(rawValue: 0x0010)
    /// The E bit: the sender cannot transmit to its peer.
    public static let pseudowireTransmitFault = Self(rawValue: 0x0020)
    /// The S bit: the pseudowire is in standby mode.
    public static let standby = Self(rawValue: 0x0040)

    static let named: [(bit: Self, name: String)] = [
        (.standby, "Standby"), (.pseudowireTransmitFault, "Pseudowire Transmit Fault"),
        (.pseudowireReceiveFault, "Pseudowire Receive Fault"),
        (.circuitTransmitFault, "Circuit Transmit Fault"), (.circuitReceiveFault, "Circuit Receive Fault"),
        (.new, "New"),
        (.active, "Active"),
    ]

    /// The bits that have names.
    public var fields: [AVPField] { flags }
}
