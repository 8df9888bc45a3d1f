/// Which L2-specific sublayer stands between the cookie and the payload of an L2TPv3 data message.
///
/// Both ends must agree: a mismatch shifts the payload by four bytes and no counter tells. The kernel
/// attribute is `L2TP_ATTR_L2SPEC_TYPE` (`enum l2tp_l2spec_type`), which Linux never reports back; the
/// AVP is L2-Specific Sublayer (RFC 3931 §5.4.4), with the same numbers.
public enum L2SpecificSublayer: UInt8, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// No sublayer, hence no sequence numbers. The kernel constant is `L2TP_L2SPECTYPE_NONE`.
    case none = 0
    /// The default sublayer of 4 bytes: the S bit and a 24-bit sequence number (RFC 3931 §4.6). The
    /// kernel constant is `L2TP_L2SPECTYPE_DEFAULT`.
    case `default` = 1

    /// Length on the wire in bytes: 0 or 4.
    @inlinable
    public var byteCount: Int {
        switch self {
        case .none: 0
        case .default: 4
        }
    }

    /// The word of ip-l2tp(8): `none` or `default`.
    public var description: String {
        switch self {
        case .none: "none"
        case .default: "default"
        }
    }
}
