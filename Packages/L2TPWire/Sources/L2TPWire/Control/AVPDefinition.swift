/// An attribute type with everything that a program must know about it: what its values are, and the rules for its
/// header.
///
/// The module's definitions are static members, so a value is read with `message.avps.value(of: .hostName)` and
/// written with `writer.append(.hostName, "lac.example")`. An embedder adds those of its own in the same way:
///
/// ```swift
/// extension AVPDefinition where Value == UInt32 {
///     static var example: Self {
///         Self(AttributeType(1, vendorID: 32473), "Example", versions: .v3, mandatory: .must(false), hiding: true)
///     }
/// }
/// ```
public struct AVPDefinition<Value: AVPValue>: Sendable {
    /// Vendor ID and number.
    public let type: AttributeType
    /// What the RFC calls it, without the word AVP, for example `Host Name`.
    @inlinable
    public var name: String { String(describing: literalName) }
    // A literal is nothing that would have to be released each time that a definition is mentioned.
    @usableFromInline let literalName: StaticString
    /// The versions of the protocol whose control messages may have it. For information: an AVP of the other version
    /// counts as known, as in an SCCRQ that is to be understood by either (RFC 3931 §4.7.3).
    public let versions: ProtocolVersions
    /// What its definition says of the M bit; where the versions differ, this is L2TPv3.
    public let mandatory: MandatoryBit
    /// What RFC 2661 says of the M bit, where RFC 3931 says something else.
    @usableFromInline let mandatoryInV2: MandatoryBit?
    /// Whether its definition allows that the value is hidden.
    public let mayBeHidden: Bool
    /// Whether the value in clear is a secret, as a cookie or a password: not to be printed or logged unasked.
    public let isSecret: Bool

    /// A definition.
    ///
    /// - Parameters:
    ///   - type: Vendor ID and number.
    ///   - name: What its definition calls it, without the word AVP.
    ///   - versions: The versions of the protocol whose control messages may have it.
    ///   - mandatory: What its definition says of the M bit.
    ///   - mandatoryInV2: What its definition says of the M bit in L2TPv2, or nil if that is the same.
    ///   - hiding: Whether its definition allows that the value is hidden.
    ///   - isSecret: Whether the value in clear is a secret.
    @inlinable
    public init(
        _ type: AttributeType, _ name: StaticString, versions: ProtocolVersions, mandatory: MandatoryBit,
        mandatoryInV2: MandatoryBit? = nil, hiding: Bool, isSecret: Bool = false
    ) {
        self.type = type
        literalName = name
        self.versions = versions
        self.mandatory = mandatory
        self.mandatoryInV2 = mandatoryInV2
        self.mayBeHidden = hiding
        self.isSecret = isSecret
    }

    /// What its definition says of the M bit in messages of a version.
    ///
    /// AVPs of L2TPv3 stand in messages of L2TPv2 only where a peer asks which of the two we speak, and have the M bit
    /// clear there (RFC 3931 §4.7.3).
    @inlinable
    public func mandatory(in version: ProtocolVersion) -> MandatoryBit {
        guard version == .v2 else { return mandatory }
        return versions.contains(.v2) ? mandatoryInV2 ?? mandatory : .must(false)
    }
}

extension AVPDefinition {
    /// Appends an AVP in wire format, with the M bit that the definition prefers.
    ///
    /// - Precondition: `output` has room for the AVP: 6 bytes and those of the value, which are 1017 at most.
    /// - Parameters:
    ///   - value: The value.
    ///   - version: The version of the protocol of the message.
    ///   - output: Where to append, for example in ``ControlHeader/serialize(_:into:avps:)``.
    @inlinable @inline(__always)
    public func serialize(_ value: Value, in version: ProtocolVersion, into output: inout OutputSpan<UInt8>) {
        serialize(value, isMandatory: mandatory(in: version).preferred, into: &output)
    }

    /// Appends an AVP in wire format.
    ///
    /// - Precondition: `output` has room for the AVP: 6 bytes and those of the value, which are 1017 at most.
    /// - Parameters:
    ///   - value: The value.
    ///   - isMandatory: The M bit.
    ///   - output: Where to append, for example in ``ControlHeader/serialize(_:into:avps:)``.
    @inlinable @inline(__always)
    public func serialize(_ value: Value, isMandatory: Bool, into output: inout OutputSpan<UInt8>) {
        // Inlined, so that of a definition that is known beforehand only its number is left, without its name.
        AVP.serialize(value, of: type, isMandatory: isMandatory, into: &output)
    }
}

/// What the definition of an attribute type says of the M bit (RFC 2661 §4.2, RFC 3931 §5.2).
public enum MandatoryBit: Hashable, Sendable {
    /// The M bit must have this value.
    case must(Bool)
    /// The M bit should have this value, and a receiver accepts the other one.
    ///
    /// RFC 3931 leaves it to the sender of nearly all AVPs: a peer that would fall back to L2TPv2 clears it (§4.7.3).
    case should(Bool)

    /// The value to send.
    @inlinable
    public var preferred: Bool {
        switch self {
        case .must(let value), .should(let value): value
        }
    }

    /// Whether a received M bit is as the definition has it.
    public func allows(_ isMandatory: Bool) -> Bool {
        switch self {
        case .must(let value): isMandatory == value
        case .should: true
        }
    }
}

/// Versions of the protocol.
public struct ProtocolVersions: OptionSet, Hashable, Sendable {
    /// A bit for each version.
    public var rawValue: UInt8

    /// Wraps the bits.
    @inlinable
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// L2TPv2 (RFC 2661).
    @inlinable
    public static var v2: Self { Self(rawValue: 1) }
    /// L2TPv3 (RFC 3931).
    @inlinable
    public static var v3: Self { Self(rawValue: 2) }
    /// Both.
    @inlinable
    public static var all: Self { [.v2, .v3] }

    /// Whether a version is among them.
    public func includes(_ version: ProtocolVersion) -> Bool {
        switch version {
        case .v2: contains(.v2)
        case .v3: contains(.v3)
        default: false
        }
    }
}
