/// A view of one attribute value pair of a control message (RFC 2661 §4.1, RFC 3931 §5.1).
///
/// It borrows its bytes. Reserved bits of its header are ignored, as RFC 3931 has it; in L2TPv2 an AVP that has one set
/// counts as one of an unknown type (RFC 2661 §4.1): see ``hasReservedBits`` and ``AVPRegistry/verdict(on:in:)``.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |M|H| rsvd  |      Length       |           Vendor ID           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |         Attribute Type        |  Attribute Value …
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public struct AVP: ~Escapable {
    /// Length of what stands before the value in bytes: 6.
    @inlinable
    public static var headerByteCount: Int { 6 }
    /// The greatest length of a value in bytes: 1017, as the Length field has ten bits and counts the header.
    @inlinable
    public static var maximumValueByteCount: Int { 0x03FF - headerByteCount }

    @inlinable
    static var mandatoryBit: UInt16 { 0x8000 }
    @inlinable
    static var hiddenBit: UInt16 { 0x4000 }
    @inlinable
    static var lengthMask: UInt16 { 0x03FF }
    static let reservedBits: UInt16 = 0x3C00

    /// Where its first byte lies, in bytes from the start of the datagram payload, counted from 0.
    public let offset: Int
    /// Header and value.
    public let bytes: Span<UInt8>

    /// The first two bytes: bits and length.
    @usableFromInline let word: UInt16

    /// The caller has checked that `bytes` is one whole AVP, which begins with `word`.
    @inlinable
    @_lifetime(copy bytes)
    init(checked bytes: Span<UInt8>, word: UInt16, at offset: Int) {
        self.bytes = bytes
        self.word = word
        self.offset = offset
    }

    /// The M bit: a receiver that does not know ``type`` must end the session or control connection that the
    /// message is about (RFC 2661 §4.2, RFC 3931 §5.2).
    @inlinable @inline(__always)
    public var isMandatory: Bool { word & Self.mandatoryBit != 0 }

    /// The H bit: ``value`` is hidden (RFC 2661 §4.3, RFC 3931 §5.3); the target L2TPWireCrypto reveals it.
    @inlinable @inline(__always)
    public var isHidden: Bool { word & Self.hiddenBit != 0 }

    /// Whether one of the four reserved bits between H bit and Length is set, which no sender may do.
    public var hasReservedBits: Bool { word & Self.reservedBits != 0 }

    /// What the AVP says.
    @inlinable @inline(__always)
    public var type: AttributeType {
        AttributeType(bytes.bigEndian(at: 4), vendorID: bytes.bigEndian(at: 2))
    }

    /// The attribute value, 0…1017 bytes as they are on the wire.
    @inlinable @inline(__always)
    public var value: Span<UInt8> {
        @_lifetime(copy self)
        get { bytes.extracting(droppingFirst: Self.headerByteCount) }
    }

    /// Reads the value.
    ///
    /// - Parameter definition: How values of this type are read; its own type is not compared with ``type``.
    /// - Returns: The value.
    /// - Throws: ``WireError`` when the value is hidden or malformed.
    @inlinable
    public func decoded<Value>(as definition: AVPDefinition<Value>) throws(WireError) -> Value {
        guard !isHidden else { throw WireError(.hidden, at: offset, in: definition.name) }
        do throws(WireError) {
            return try Value(parsing: value)
        } catch {
            throw error.within(definition.name).moved(by: offset + Self.headerByteCount)
        }
    }
}

extension AVP {
    /// Appends an AVP whose value fits into one, and for which there is room.
    @inlinable @inline(__always)
    static func serialize<Value: AVPValue>(
        _ value: Value, of type: AttributeType, isMandatory: Bool, into output: inout OutputSpan<UInt8>
    ) {
        let byteCount = value.encodedByteCount
        precondition(byteCount <= maximumValueByteCount, "the value does not fit into an AVP")
        precondition(output.freeCapacity >= headerByteCount + byteCount, "no room for the AVP")
        let end = output.count + headerByteCount + byteCount
        serializeHeader(of: type, isMandatory: isMandatory, isHidden: false, byteCount: byteCount, into: &output)
        value.serialize(into: &output)
        // A conforming type of somebody else's may err.
        precondition(output.count == end, "serialize(into:) appends other than encodedByteCount")
    }

    /// Appends the header of an AVP for which there is room, and whose value has `byteCount` bytes.
    @inlinable @inline(__always)
    static func serializeHeader(
        of type: AttributeType, isMandatory: Bool, isHidden: Bool, byteCount: Int, into output: inout OutputSpan<UInt8>
    ) {
        let bits = (isMandatory ? mandatoryBit : 0) | (isHidden ? hiddenBit : 0)
        // Room is asked for once.
        let start = output.count
        output.append(repeating: 0, count: headerByteCount)
        var bytes = output.mutableSpan
        bytes.store(bigEndian: bits | UInt16(truncatingIfNeeded: headerByteCount + byteCount), at: start)
        bytes.store(bigEndian: UInt32(type.vendorID) << 16 | UInt32(type.number), at: start + 2)
    }
}
