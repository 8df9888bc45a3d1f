/// Builds a control message, AVP by AVP.
///
/// ```swift
/// var writer = ControlMessageWriter(header, type: .hello)
/// send(writer.bytes)
/// ```
///
/// ``bytes`` is a whole message at any time. A writer that is ``reset(_:type:)`` keeps its memory, so that building
/// one message after the other allocates nothing.
public struct ControlMessageWriter: Sendable {
    /// The message so far: a whole one, Length field included.
    @inlinable
    public var bytes: [UInt8] { message }

    /// The version of the protocol that its header tells.
    @inlinable
    public var version: ProtocolVersion { headerVersion }

    /// The message so far.
    @usableFromInline var message: [UInt8]
    /// Where the control header begins.
    @usableFromInline var start: Int
    @usableFromInline var headerVersion: ProtocolVersion

    /// What no AVP, or no message, can say.
    public enum ValidationError: Error, Hashable, Sendable, CustomStringConvertible {
        /// A value of `byteCount` bytes, where an AVP has room for 1017.
        case valueTooLong(AttributeType, byteCount: Int)
        /// A message of `byteCount` bytes, where the Length field reaches 65535.
        case messageTooLong(byteCount: Int)
        /// An AVP that is no Message Type at the start of a message, where every message has its own.
        case messageTypeMissing(AttributeType)

        /// One line: what is wrong, and what would be right.
        public var description: String {
            switch self {
            case .valueTooLong(let type, let byteCount):
                "a value of \(byteCount) bytes does not fit into AVP \(type); use 0…\(AVP.maximumValueByteCount) bytes"
            case .messageTooLong(let byteCount):
                "a control message of \(byteCount) bytes cannot be sent; use up to \(UInt16.max) bytes"
            case .messageTypeMissing(let type):
                "a control message cannot begin with AVP \(type); begin with Message Type"
            }
        }
    }

    /// Begins a message.
    ///
    /// - Parameters:
    ///   - header: Its header.
    ///   - type: What the message is; nil for a zero-length body (ZLB), or to append a vendor's Message Type first.
    @inlinable
    public init(_ header: ControlHeader, type: MessageType?) {
        message = []
        start = 0
        headerVersion = header.version
        reset(header, type: type)
    }

    /// Begins another message in the same memory.
    ///
    /// - Parameters:
    ///   - header: Its header.
    ///   - type: What the message is; nil for a zero-length body (ZLB), or to append a vendor's Message Type first.
    @inlinable
    public mutating func reset(_ header: ControlHeader, type: MessageType?) {
        message.removeAll(keepingCapacity: true)
        start = ControlMessage.headerOffset(over: header.encapsulation)
        headerVersion = header.version
        let capacity = header.encodedByteCount + AVP.headerByteCount + 2
        message.append(addingCapacity: capacity) { header.serialize(type, into: &$0) { _ in } }
    }

    /// Appends an AVP, with the M bit that its definition prefers in messages of the header's version.
    ///
    /// - Parameters:
    ///   - definition: What the AVP says.
    ///   - value: Its value.
    /// - Throws: ``ValidationError`` when the value or the message is too long, or Message Type does not come first; the
    ///   message is as it was then.
    @inlinable @inline(__always)
    public mutating func append<Value>(_ definition: AVPDefinition<Value>, _ value: Value) throws(ValidationError) {
        try append(definition, value, isMandatory: definition.mandatory(in: version).preferred)
    }

    /// Appends an AVP.
    ///
    /// - Parameters:
    ///   - definition: What the AVP says.
    ///   - value: Its value.
    ///   - isMandatory: The M bit.
    /// - Throws: ``ValidationError`` when the value or the message is too long, or Message Type does not come first; the
    ///   message is as it was then.
    @inlinable @inline(__always)
    public mutating func append<Value>(
        _ definition: AVPDefinition<Value>, _ value: Value, isMandatory: Bool
    ) throws(ValidationError) {
        // Of the definition, whose name is a string, nothing else goes further.
        try append(definition.type, isMandatory: isMandatory, value)
    }

    @inlinable
    mutating func append<Value: AVPValue>(
        _ type: AttributeType, isMandatory: Bool, _ value: Value
    ) throws(ValidationError) {
        let byteCount = value.encodedByteCount
        try checkRoom(for: type, byteCount: byteCount)
        message.append(addingCapacity: AVP.headerByteCount + byteCount) { output in
            AVP.serialize(value, of: type, isMandatory: isMandatory, into: &output)
        }
        updateLength()
    }

    /// Appends an AVP whose value is given as bytes, for example one of a vendor, or one whose value is hidden.
    ///
    /// - Parameters:
    ///   - type: What the AVP says.
    ///   - isMandatory: The M bit.
    ///   - isHidden: The H bit; the bytes are hidden already.
    ///   - value: The attribute value as it is on the wire.
    /// - Throws: ``ValidationError`` when the value or the message is too long, or Message Type does not come first; the
    ///   message is as it was then.
    @inlinable
    public mutating func append(
        _ type: AttributeType, isMandatory: Bool, isHidden: Bool = false, value: Span<UInt8>
    ) throws(ValidationError) {
        try checkRoom(for: type, byteCount: value.count, isHidden: isHidden)
        message.append(addingCapacity: AVP.headerByteCount + value.count) { output in
            AVP.serializeHeader(
                of: type, isMandatory: isMandatory, isHidden: isHidden, byteCount: value.count, into: &output)
            for index in value.indices { output.append(value[index]) }
        }
        updateLength()
    }

    /// Appends a copy of a parsed AVP, byte for byte but for reserved bits, whether its type is known or not.
    ///
    /// - Parameter avp: The AVP.
    /// - Throws: ``ValidationError`` when the message is too long, or Message Type does not come first; the message is as it
    ///   was then.
    @inlinable
    public mutating func append(_ avp: borrowing AVP) throws(ValidationError) {
        try append(avp.type, isMandatory: avp.isMandatory, isHidden: avp.isHidden, value: avp.value)
    }

    @inlinable @inline(__always)
    func checkRoom(for type: AttributeType, byteCount: Int, isHidden: Bool = false) throws(ValidationError) {
        guard byteCount <= AVP.maximumValueByteCount else { throw .valueTooLong(type, byteCount: byteCount) }
        let length = message.count - start + AVP.headerByteCount + byteCount
        guard length <= Int(UInt16.max) else { throw .messageTooLong(byteCount: length) }
        if message.count - start == ControlMessage.headerByteCount {
            // Whose vendor's it is does not matter.
            guard type.number == 0, byteCount == 2, !isHidden else { throw .messageTypeMissing(type) }
        }
    }

    /// Has the Length field say how long the message is.
    @inlinable @inline(__always)
    mutating func updateLength() {
        let length = UInt16(truncatingIfNeeded: message.count - start)
        let offset = start + 2
        var bytes = message.mutableSpan
        bytes.store(bigEndian: length, at: offset)
    }
}
