/// Sessions of L2TPv2 that join or leave a multicast session (RFC 4045 §6.2).
public struct OutgoingSessions: AVPValue, ExpressibleByArrayLiteral {
    /// The identifiers in the order of the wire, 0…508 of them; a sender lists at least one.
    public var sessionIDs: [UInt16]

    /// A list.
    public init(_ sessionIDs: [UInt16]) {
        self.sessionIDs = sessionIDs
    }

    /// A list.
    public init(arrayLiteral sessionIDs: UInt16...) {
        self.init(sessionIDs)
    }

    /// Reads identifiers of two bytes each.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        guard value.count.isMultiple(of: 2) else {
            throw WireError(.valueTooShort, at: value.count, in: "Session ID \(value.count / 2)")
        }
        sessionIDs = stride(from: 0, to: value.count, by: 2).map { value.bigEndian(at: $0) }
    }

    /// Length on the wire in bytes: two a session.
    public var encodedByteCount: Int { 2 * sessionIDs.count }

    /// Appends the identifiers.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        for id in sessionIDs { output.append(bigEndian: id) }
    }

    /// The identifiers, as one list.
    public var fields: [AVPField] {
        [AVPField(byteCount: encodedByteCount, .list(sessionIDs.map { .number(UInt64($0), name: nil) }))]
    }
}
