public import L2TPWire

/// What values of AVPs are hidden with, made from the shared secret (RFC 2661 §4.3, RFC 3931 §5.3).
///
/// L2TPv2 uses the secret itself, L2TPv3 a key derived from it. Hiding keeps a value from those who do not know the
/// secret; it does not tell whether a value, or the secret, is right.
public struct HidingKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Length of a block of MD5's output in bytes.
    static let blockByteCount = 16
    /// Length of the Length of Original Value field in bytes.
    static let lengthByteCount = 2

    /// What the peers speak.
    public let version: ProtocolVersion
    private let bytes: [UInt8]

    /// The key of a control connection.
    ///
    /// - Parameters:
    ///   - secret: The secret that the peers share.
    ///   - version: What they speak; any version but L2TPv2 is taken for L2TPv3.
    public init(_ secret: SharedSecret, version: ProtocolVersion) {
        self.version = version
        bytes = version == .v2 ? secret.bytes : Hash.hmacMD5(key: secret.bytes, [1])
    }

    /// Hides a value.
    ///
    /// - Parameters:
    ///   - value: The attribute value in plain sight, 0…1015 bytes less the padding.
    ///   - type: The attribute type of the AVP; only its number counts.
    ///   - randomVector: The value of the last Random Vector AVP before it in the message.
    ///   - padding: Random bytes, of which the number veils how long the value is.
    /// - Returns: The hidden value, two bytes longer than value and padding together.
    /// - Throws: `ControlMessageWriter.ValidationError` when that is more than an AVP has room for.
    public func hide(
        _ value: Span<UInt8>, of type: AttributeType, randomVector: RandomVector, padding: [UInt8] = []
    ) throws(ControlMessageWriter.ValidationError) -> [UInt8] {
        let byteCount = Self.lengthByteCount + value.count + padding.count
        guard byteCount <= AVP.maximumValueByteCount else {
            throw .valueTooLong(type, byteCount: byteCount)
        }
        var subformat: [UInt8] = []
        subformat.reserveCapacity(byteCount)
        subformat.append(UInt8(truncatingIfNeeded: value.count >> 8))
        subformat.append(UInt8(truncatingIfNeeded: value.count))
        for index in value.indices { subformat.append(value[index]) }
        subformat.append(contentsOf: padding)
        return transform(subformat, type, randomVector) { $1 }
    }

    /// Reveals the value of an AVP whose H bit is set.
    ///
    /// - Parameters:
    ///   - avp: The AVP.
    ///   - randomVector: The value of the last Random Vector AVP before it in the message.
    /// - Returns: The attribute value; with a wrong secret, bytes without meaning.
    /// - Throws: `WireError` when what comes out is no Hidden AVP Subformat, as with most wrong secrets.
    public func reveal(_ avp: borrowing AVP, randomVector: RandomVector) throws(WireError) -> [UInt8] {
        let hidden = avp.value
        let start = avp.offset + AVP.headerByteCount
        guard hidden.count >= Self.lengthByteCount else {
            throw WireError(.valueTooShort, at: start + hidden.count, in: "Length of Original Value")
        }
        let subformat = transform([UInt8](parsing: hidden), avp.type, randomVector) { hidden, _ in hidden }
        let length = Int(subformat[0]) << 8 | Int(subformat[1])
        guard length <= subformat.count - Self.lengthByteCount else {
            throw WireError(.originalValueTooLong, at: start, in: "Length of Original Value")
        }
        return Array(subformat[Self.lengthByteCount..<Self.lengthByteCount + length])
    }

    /// Combines each block with the hash of the one before; both directions do, but for which of a byte's two forms
    /// is the hidden one.
    ///
    /// - Parameters:
    ///   - input: The bytes to hide or to reveal.
    ///   - type: The attribute type.
    ///   - randomVector: What the first block is combined with, besides key and type.
    ///   - hidden: Picks the hidden one of the byte before and the byte after.
    /// - Returns: As many bytes.
    private func transform(
        _ input: [UInt8], _ type: AttributeType, _ randomVector: RandomVector, hidden: (UInt8, UInt8) -> UInt8
    ) -> [UInt8] {
        let number = [UInt8(truncatingIfNeeded: type.number >> 8), UInt8(truncatingIfNeeded: type.number)]
        var hash = Hash.md5(number, bytes, randomVector.bytes)
        var output: [UInt8] = []
        output.reserveCapacity(input.count)
        for start in stride(from: 0, to: input.count, by: Self.blockByteCount) {
            var block: [UInt8] = []
            for index in start..<min(start + Self.blockByteCount, input.count) {
                let byte = input[index] ^ hash[index - start]
                output.append(byte)
                block.append(hidden(input[index], byte))
            }
            hash = Hash.md5(bytes, block)
        }
        return output
    }

    /// Says what it is, and nothing of the bytes.
    public var description: String { "hiding key" }
    /// Says what it is, and nothing of the bytes.
    public var debugDescription: String { description }
    /// Shows no bytes.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension WireError.Code {
    /// A hidden AVP says that its value is longer than it has room for; the shared secret may be another one
    /// (RFC 2661 §4.3, RFC 3931 §5.3).
    public static let originalValueTooLong = Self(
        rawValue: "revealed value is longer than the AVP, secret may be wrong")
    /// A hidden AVP without a Random Vector AVP before it in the message (RFC 2661 §4.3, RFC 3931 §5.3).
    public static let randomVectorMissing = Self(rawValue: "no Random Vector precedes the hidden AVP")
}
