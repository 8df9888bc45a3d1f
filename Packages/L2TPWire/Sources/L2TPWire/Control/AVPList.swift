/// A view of the AVPs of a control message, whose lengths have been checked once.
///
/// It borrows its bytes. Walk it with ``makeIterator()``, or look one up with ``first(_:)``.
public struct AVPList: ~Escapable {
    /// The AVPs, one behind the other, and what may follow the last one that is well-formed.
    @usableFromInline let bytes: Span<UInt8>
    /// The length of the AVPs that are well-formed.
    @usableFromInline let end: Int
    /// Where the first one lies, in bytes from the start of the datagram payload.
    @usableFromInline let offset: Int

    /// Checks that bytes are a sequence of AVPs and nothing else; no bytes are a list without AVPs.
    ///
    /// - Parameters:
    ///   - bytes: The AVPs.
    ///   - offset: Where they lie within the datagram payload, for the errors.
    /// - Throws: ``WireError`` at the first AVP whose length is impossible.
    @inlinable
    @_lifetime(copy bytes)
    public init(parsing bytes: Span<UInt8>, at offset: Int = 0) throws(WireError) {
        let end = Self.validPrefix(of: bytes)
        guard end == bytes.count else { throw Self.error(in: bytes, at: end).moved(by: offset) }
        self.bytes = bytes
        self.end = end
        self.offset = offset
    }

    /// Takes as many AVPs as there are before the first one that is malformed, which ``firstError`` tells.
    ///
    /// - Parameters:
    ///   - bytes: The AVPs.
    ///   - offset: Where they lie within the datagram payload, for the error.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(parsingPrefix bytes: Span<UInt8>, at offset: Int = 0) {
        self.bytes = bytes
        self.end = Self.validPrefix(of: bytes)
        self.offset = offset
    }

    /// Why the list ends before the bytes do; nil when it was parsed by ``init(parsing:at:)``.
    ///
    /// It is found when asked for: an error that is stored would make every view larger, and reading slower.
    public var firstError: WireError? {
        end == bytes.count ? nil : Self.error(in: bytes, at: end).moved(by: offset)
    }

    /// The length of the AVPs before the first malformed one.
    @inlinable @inline(__always)
    static func validPrefix(of bytes: Span<UInt8>) -> Int {
        var end = 0
        while bytes.count &- end >= AVP.headerByteCount {
            let length = Int(bytes.bigEndian(UInt16.self, at: end) & AVP.lengthMask)
            guard length >= AVP.headerByteCount, length <= bytes.count &- end else { return end }
            end &+= length
        }
        return end
    }

    /// Whether the AVPs fill all of the bytes.
    @inlinable
    var isWhole: Bool { end == bytes.count }

    /// What is wrong with the AVP at `start`.
    @usableFromInline
    static func error(in bytes: Span<UInt8>, at start: Int) -> WireError {
        guard bytes.count - start >= AVP.headerByteCount else {
            return WireError(.truncated, at: bytes.count, in: "AVP header")
        }
        let length = Int(bytes.bigEndian(UInt16.self, at: start) & AVP.lengthMask)
        return length < AVP.headerByteCount
            ? WireError(.lengthTooSmall, at: start, in: "AVP Length")
            : WireError(.avpTruncated, at: start, in: "AVP Length")
    }

    /// Whether there are none.
    @inlinable
    public var isEmpty: Bool { end == 0 }

    /// An iterator over the AVPs, in the order of the message.
    @inlinable @inline(__always)
    @_lifetime(copy self)
    public func makeIterator() -> Iterator { Iterator(bytes: bytes.extracting(first: end), offset: offset) }

    /// The first AVP of a type, or nil when there is none.
    ///
    /// Reserved bits are not looked at: that an AVP of L2TPv2 which has one set counts as unknown (RFC 2661 §4.1) says
    /// ``AVPRegistry/verdict(on:in:)``.
    @inlinable
    @_lifetime(copy self)
    public func first(_ type: AttributeType) -> AVP? {
        var iterator = makeIterator()
        while let avp = iterator.next() {
            if avp.type == type { return avp }
        }
        return nil
    }

    /// The value of the first AVP of a type, or nil when there is none; as with ``first(_:)``, whatever its reserved bits
    /// are.
    ///
    /// - Parameter definition: The type, and how its values are read.
    /// - Returns: The value.
    /// - Throws: ``WireError`` when the value is hidden or malformed.
    @inlinable
    public func value<Value>(of definition: AVPDefinition<Value>) throws(WireError) -> Value? {
        guard let avp = first(definition.type) else { return nil }
        return try avp.decoded(as: definition)
    }

    /// Walks the AVPs of a message; nothing can go wrong, since the lengths have been checked.
    public struct Iterator: ~Escapable {
        /// The AVPs, one behind the other.
        @usableFromInline let bytes: Span<UInt8>
        /// Where the next AVP begins.
        @usableFromInline var position = 0
        /// Where the first one lies, in bytes from the start of the datagram payload.
        @usableFromInline let offset: Int

        @inlinable @inline(__always)
        @_lifetime(copy bytes)
        init(bytes: Span<UInt8>, offset: Int) {
            self.bytes = bytes
            self.offset = offset
        }

        /// The next AVP, or nil after the last one.
        @inlinable @inline(__always)
        @_lifetime(copy self)
        public mutating func next() -> AVP? {
            let start = position
            guard start < bytes.count else { return nil }
            let word = bytes.bigEndian(UInt16.self, at: start)
            // No number here is greater than those of bytes in a datagram.
            position = start &+ Int(word & AVP.lengthMask)
            return AVP(checked: bytes.extracting(start..<position), word: word, at: offset &+ start)
        }
    }
}
