/// What the value of an AVP means: the protocol to which the values of all attribute types conform, ours and an
/// embedder's own.
///
/// Conform to it to read and write an attribute that this module does not know, make an ``AVPDefinition`` of it,
/// and add that to an ``AVPRegistry``.
public protocol AVPValue: Hashable, Sendable {
    /// Reads a value that fills all of the bytes.
    ///
    /// - Parameter value: The attribute value, 0…1017 bytes, after it has been revealed if it was hidden.
    /// - Throws: ``WireError`` with offsets from the start of the value.
    init(parsing value: Span<UInt8>) throws(WireError)

    /// Length on the wire in bytes; an AVP has room for 0…1017.
    var encodedByteCount: Int { get }

    /// Appends the value in wire format: ``encodedByteCount`` bytes, for which there is room.
    ///
    /// Any other number of bytes is a slip in the conforming type, and ends the program: ``ControlMessageWriter`` would
    /// write a message that says something else.
    ///
    /// - Parameter output: Where to append.
    func serialize(into output: inout OutputSpan<UInt8>)

    /// The parts of the value in the order of the wire, for people.
    var fields: [AVPField] { get }

    /// The parts of the value in the order of the wire, with names that depend on the message, as those of a
    /// ``ResultCodeValue`` do; of other values they are ``fields``.
    ///
    /// - Parameter message: What the message with the AVP is; nil when that is not known.
    /// - Returns: The parts.
    func fields(in message: MessageType?) -> [AVPField]
}

extension AVPValue {
    /// The parts of the value, whatever the message is.
    public func fields(in message: MessageType?) -> [AVPField] { fields }
}

extension Span<UInt8> {
    /// Throws unless a value has exactly `count` bytes.
    func checkByteCount(_ count: Int, of field: String = WireError.wholeValue) throws(WireError) {
        try checkByteCount(atLeast: count, of: field)
        guard self.count == count else { throw WireError(.valueTooLong, at: count, in: field) }
    }

    /// Throws unless a value has at least `count` bytes.
    func checkByteCount(atLeast count: Int, of field: String = WireError.wholeValue) throws(WireError) {
        guard self.count >= count else { throw WireError(.valueTooShort, at: self.count, in: field) }
    }
}
