public import L2TPWire

/// Reads the values of a message's AVPs, hidden or not, from the first AVP to the last.
///
/// It remembers the random vector in force, which is the last one before the AVP in the message (RFC 2661 §4.3,
/// RFC 3931 §5.3):
///
/// ```swift
/// var revealer = AVPRevealer(HidingKey(secret, version: message.version))
/// var iterator = message.avps.makeIterator()
/// while let avp = iterator.next() { use(avp.type, try revealer.value(of: avp)) }
/// ```
public struct AVPRevealer: Sendable {
    /// What the values are hidden with.
    public let key: HidingKey
    /// The random vector in force; nil before the first one.
    public private(set) var randomVector: RandomVector?

    /// A revealer that has seen no AVP yet; make one for each message.
    ///
    /// - Parameter key: What the values are hidden with.
    public init(_ key: HidingKey) {
        self.key = key
    }

    /// The value of the next AVP, revealed if it is hidden.
    ///
    /// - Parameter avp: The AVP; those before it in the message have been here.
    /// - Returns: The attribute value.
    /// - Throws: `WireError` when it is hidden and cannot be revealed; go on with the next AVP, if you like.
    public mutating func value(of avp: borrowing AVP) throws(WireError) -> [UInt8] {
        guard avp.isHidden else {
            let value = [UInt8](parsing: avp.value)
            if avp.type == AVPDefinition.randomVector.type { randomVector = RandomVector(value) }
            return value
        }
        guard let randomVector else { throw WireError(.randomVectorMissing, at: avp.offset, in: "AVP \(avp.type)") }
        return try key.reveal(avp, randomVector: randomVector)
    }

    /// Reads the value of the next AVP, revealed if it is hidden.
    ///
    /// - Parameters:
    ///   - avp: The AVP; those before it in the message have been here.
    ///   - definition: How values of this type are read.
    /// - Returns: The value.
    /// - Throws: `WireError` when it cannot be revealed or is malformed; in a hidden value the offset is that of the
    ///   AVP, for its bytes are not those of the message.
    public mutating func decode<Value>(
        _ avp: borrowing AVP, as definition: AVPDefinition<Value>
    ) throws(WireError) -> Value {
        let bytes = try value(of: avp)
        guard avp.isHidden else { return try avp.decoded(as: definition) }
        do throws(WireError) {
            return try Value(parsing: bytes.span)
        } catch {
            throw WireError(error.code, at: avp.offset, in: definition.name)
        }
    }
}

extension AVPList {
    /// The value of the first AVP of a type, revealed if it is hidden, or nil when there is none.
    ///
    /// - Parameters:
    ///   - definition: The type, and how its values are read.
    ///   - key: What values are hidden with.
    /// - Returns: The value.
    /// - Throws: `WireError` when the value cannot be revealed or is malformed.
    public func value<Value>(
        of definition: AVPDefinition<Value>, revealedWith key: HidingKey
    ) throws(WireError) -> Value? {
        var revealer = AVPRevealer(key)
        var iterator = makeIterator()
        while let avp = iterator.next() {
            if avp.type == definition.type { return try revealer.decode(avp, as: definition) }
            if avp.type == AVPDefinition.randomVector.type { _ = try revealer.value(of: avp) }
        }
        return nil
    }
}
