/// The attribute types that a program knows, for programs that read AVPs whose types they learn from the message.
///
/// Start from ``standard`` and add your own:
///
/// ```swift
/// var registry = AVPRegistry.standard
/// registry.add(.example)
/// ```
public struct AVPRegistry: Sendable {
    /// A definition whose values may be of any type.
    public struct Entry: Sendable {
        /// Vendor ID and number.
        public let type: AttributeType
        /// What the RFC calls it, without the word AVP.
        public let name: String
        /// The versions of the protocol whose control messages may have it. For information: an AVP of the other version
        /// counts as known, as in an SCCRQ that is to be understood by either (RFC 3931 §4.7.3).
        public let versions: ProtocolVersions
        /// What its definition says of the M bit; where the versions differ, this is L2TPv3.
        public let mandatory: MandatoryBit
        private let mandatoryInV2: MandatoryBit
        /// Whether its definition allows that the value is hidden.
        public let mayBeHidden: Bool
        /// Whether the value in clear is a secret, as a cookie or a password: not to be printed or logged unasked.
        public let isSecret: Bool
        private let parse: @Sendable (Span<UInt8>) throws(WireError) -> any AVPValue

        init<Value>(_ definition: AVPDefinition<Value>) {
            type = definition.type
            name = definition.name
            versions = definition.versions
            mandatory = definition.mandatory
            mandatoryInV2 = definition.mandatory(in: .v2)
            mayBeHidden = definition.mayBeHidden
            isSecret = definition.isSecret
            let name = definition.name
            parse = { value throws(WireError) in
                do throws(WireError) {
                    return try Value(parsing: value)
                } catch {
                    throw error.within(name)
                }
            }
        }

        /// What its definition says of the M bit in messages of a version.
        public func mandatory(in version: ProtocolVersion) -> MandatoryBit {
            version == .v2 ? mandatoryInV2 : mandatory
        }

        /// Reads a value.
        ///
        /// - Parameter value: The attribute value, after it has been revealed if it was hidden.
        /// - Returns: The value, of the type that the definition names.
        /// - Throws: ``WireError`` with offsets from the start of the value.
        public func decode(_ value: Span<UInt8>) throws(WireError) -> any AVPValue { try parse(value) }
    }

    /// What a receiver has to do about an AVP (RFC 2661 §4.1 and §4.2, RFC 3931 §5.2).
    public enum Verdict: Hashable, Sendable {
        /// The type is known: its value counts.
        case recognized
        /// The type is unknown and the M bit clear: go on as if the AVP were not there.
        case ignored
        /// The type is unknown and the M bit set: end the session or control connection that the message is about,
        /// with error code 8.
        case unrecognizedMandatory
    }

    private var entries: [AttributeType: Entry] = [:]

    /// A registry that knows nothing.
    public init() {}

    /// Adds a definition; one of the same type that was there before is replaced.
    public mutating func add<Value>(_ definition: AVPDefinition<Value>) {
        entries[definition.type] = Entry(definition)
    }

    /// What is known of a type, or nil.
    public subscript(type: AttributeType) -> Entry? { entries[type] }

    /// Everything that is known, in the order of vendors and numbers.
    public var allEntries: [Entry] {
        entries.values.sorted { ($0.type.vendorID, $0.type.number) < ($1.type.vendorID, $1.type.number) }
    }

    /// What a receiver has to do about an AVP.
    ///
    /// - Parameters:
    ///   - avp: The AVP.
    ///   - version: The version of its message: in L2TPv2 an AVP with a reserved bit set counts as unknown
    ///     (RFC 2661 §4.1), in L2TPv3 such bits are ignored (RFC 3931 §5.1).
    /// - Returns: What is to be done.
    public func verdict(on avp: borrowing AVP, in version: ProtocolVersion = .v3) -> Verdict {
        if entries[avp.type] != nil, version != .v2 || !avp.hasReservedBits { return .recognized }
        return avp.isMandatory ? .unrecognizedMandatory : .ignored
    }
}
