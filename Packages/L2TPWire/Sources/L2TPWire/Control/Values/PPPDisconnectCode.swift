/// The reason why a PPP session ended (IANA "PPP Disconnect Cause Codes"; RFC 3145 §3).
public struct PPPDisconnectCode: NamedNumber {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Nothing is known.
    public static let noInformation = Self(rawValue: 0)
    /// An administrator ended it.
    public static let administrative = Self(rawValue: 1)
    /// The LNS does not negotiate LCP again, and the LAC did not tell what it had negotiated.
    public static let renegotiationDisabled = Self(rawValue: 2)
    /// LCP Terminate-Request was sent.
    public static let normal = Self(rawValue: 3)

    /// What the RFC says, in few words; nil for a number that this module does not know.
    public var name: String? {
        let number = Int(rawValue)
        return number < Self.names.count ? Self.names[number] : nil
    }

    /// The names, by number.
    private static let names = [
        "no information available", "administrative disconnect", "LCP renegotiation at LNS disabled",
        "normal disconnection, LCP Terminate-Request sent", "compulsory encryption refused", "LCP: FSM timeout",
        "no recognizable LCP packets were received", "LCP: magic number error, link possibly looped back",
        "LCP: Echo Request timeout", "unexpected Endpoint-Discriminator for existing MP bundle",
        "unexpected MRRU for existing MP bundle", "unexpected Short-Sequence-Number option for existing MP bundle",
        "compulsory call-back refused", "authentication: FSM timeout",
        "unexpected authenticated name for existing MP bundle", "authentication protocol unacceptable",
        "authentication failed", "NCP: FSM timeout", "no NCPs available", "NCP: no acceptable addresses",
        "NCP: user may not use any addresses",
    ]
}
