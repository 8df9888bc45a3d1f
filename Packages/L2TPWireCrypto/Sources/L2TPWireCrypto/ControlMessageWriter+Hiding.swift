public import L2TPWire

extension ControlMessageWriter {
    /// Appends a Random Vector AVP, which is in force for the hidden AVPs after it.
    ///
    /// - Parameter randomVector: A random vector, used for no other value of the same types.
    /// - Throws: `ControlMessageWriter.ValidationError` when it or the message is too long; the message is as it was
    ///   then.
    public mutating func append(_ randomVector: RandomVector) throws(ValidationError) {
        try append(.randomVector, randomVector.bytes)
    }

    /// Appends an AVP whose value is hidden, with the M bit that its definition prefers.
    ///
    /// - Parameters:
    ///   - definition: What the AVP says.
    ///   - value: Its value.
    ///   - key: What values are hidden with, for the version of the message.
    ///   - randomVector: The random vector that was appended last.
    ///   - padding: Random bytes, of which the number veils how long the value is.
    /// - Throws: ``HidingError`` when its definition forbids that the value is hidden, when the key is for another
    ///   version, or when there is no room for it; the message is as it was then.
    public mutating func append<Value>(
        hiding definition: AVPDefinition<Value>, _ value: Value, with key: HidingKey, randomVector: RandomVector,
        padding: [UInt8] = []
    ) throws(HidingError) {
        guard definition.mayBeHidden else { throw .mustNotBeHidden(definition.type) }
        guard (key.version == .v2) == (version == .v2) else { throw .keyOfOtherVersion(message: version) }
        let plain = [UInt8](capacity: value.encodedByteCount) { value.serialize(into: &$0) }
        do throws(ValidationError) {
            let hidden = try key.hide(plain.span, of: definition.type, randomVector: randomVector, padding: padding)
            try append(
                definition.type, isMandatory: definition.mandatory(in: version).preferred, isHidden: true,
                value: hidden.span)
        } catch {
            throw .unwritable(error)
        }
    }
}
