/// Why a session ends (IANA "Result Code AVP (Attribute Type 1) Values", CDN; RFC 2661 §4.4.2, RFC 3931 §5.4.2 and the
/// RFCs named with the members).
public struct CallDisconnectResultCode: NamedNumber {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Loss of carrier, or the circuit was disconnected.
    public static let lossOfCarrier = Self(rawValue: 1)
    /// The error code tells the reason.
    public static let generalError = Self(rawValue: 2)
    /// Administrative reasons.
    public static let administrative = Self(rawValue: 3)
    /// Facilities are missing for the time being.
    public static let temporarilyNoFacilities = Self(rawValue: 4)
    /// Facilities are missing for good.
    public static let permanentlyNoFacilities = Self(rawValue: 5)
    /// Invalid destination (RFC 2661).
    public static let invalidDestination = Self(rawValue: 6)
    /// No carrier was detected (RFC 2661).
    public static let noCarrier = Self(rawValue: 7)
    /// A busy signal was detected (RFC 2661).
    public static let busy = Self(rawValue: 8)
    /// There was no dial tone (RFC 2661).
    public static let noDialTone = Self(rawValue: 9)
    /// The call was not established within the time allotted by the LAC (RFC 2661).
    public static let callTimeout = Self(rawValue: 10)
    /// The call was connected, but no appropriate framing was detected (RFC 2661).
    public static let noFraming = Self(rawValue: 11)
    /// The values of SDS do not agree (RFC 3308).
    public static let sdsMismatch = Self(rawValue: 12)
    /// The other side's tie breaker won (RFC 3931).
    public static let lostTie = Self(rawValue: 13)
    /// The pseudowire type is not supported (RFC 3931).
    public static let unsupportedPseudowireType = Self(rawValue: 14)
    /// Sequencing was required without a valid L2-specific sublayer (RFC 3931).
    public static let sequencingWithoutSublayer = Self(rawValue: 15)
    /// An error of the finite state machine, or a timeout (RFC 3931).
    public static let finiteStateMachineError = Self(rawValue: 16)
    /// The Frame Relay PVC was deleted permanently (RFC 4591).
    public static let frameRelayDeleted = Self(rawValue: 17)
    /// The Frame Relay PVC has been inactive for long (RFC 4591).
    public static let frameRelayInactive = Self(rawValue: 18)
    /// The lengths of the Frame Relay header do not agree (RFC 4591).
    public static let frameRelayHeaderMismatch = Self(rawValue: 19)
    /// The HDLC link was deleted permanently (RFC 4349).
    public static let hdlcDeleted = Self(rawValue: 20)
    /// The HDLC link has been inactive for long (RFC 4349).
    public static let hdlcInactive = Self(rawValue: 21)
    /// The other side cannot emulate OAM cells (RFC 4454).
    public static let oamEmulationNotSupported = Self(rawValue: 22)
    /// The interface MTUs do not agree (RFC 4667).
    public static let interfaceMTUMismatch = Self(rawValue: 23)
    /// There is no such forwarder (RFC 4667).
    public static let noSuchForwarder = Self(rawValue: 24)
    /// The forwarder may not be used (RFC 4667).
    public static let forwarderNotAuthorized = Self(rawValue: 25)
    /// A loop was detected (draft-ietf-l2tpext-tunnel-switching-06).
    public static let loopDetected = Self(rawValue: 26)
    /// The attachment circuit is bound to a different PE (RFC 6074).
    public static let boundToDifferentPE = Self(rawValue: 27)
    /// The attachment circuit is bound to a different remote attachment circuit (RFC 6074).
    public static let boundToDifferentCircuit = Self(rawValue: 28)
    /// The parameters of a TDM pseudowire were refused; the error code tells which (RFC 5611).
    public static let tdmParametersRefused = Self(rawValue: 30)
    /// Sequencing is not supported (RFC 6073).
    public static let sequencingNotSupported = Self(rawValue: 31)

    /// What the RFC says, in few words; nil for a number that this module does not know.
    public var name: String? {
        let number = Int(rawValue)
        return number < Self.names.count && !Self.names[number].isEmpty ? Self.names[number] : nil
    }

    /// The names, by number; empty where there is none.
    private static let names = [
        "", "loss of carrier or circuit disconnect", "disconnected for the reason in the error code",
        "administrative reasons", "facilities unavailable temporarily", "facilities unavailable permanently",
        "invalid destination", "no carrier detected", "busy signal detected", "no dial tone",
        "not established within the time allotted by the LAC", "no appropriate framing detected",
        "mismatching SDS value", "losing tie breaker", "unsupported PW type",
        "sequencing required without valid L2-Specific Sublayer", "finite state machine error or timeout",
        "FR PVC was deleted permanently", "FR PVC has been inactive for an extended period",
        "mismatched FR header length", "HDLC link was deleted permanently",
        "HDLC link has been inactive for an extended period", "OAM cell emulation not supported by the other LCCE",
        "mismatching interface MTU", "non-existent forwarder", "unauthorized forwarder", "loop detected",
        "attachment circuit bound to different PE", "attachment circuit bound to different remote attachment circuit",
        "", "TDM PW parameters refused", "sequencing not supported",
    ]
}
