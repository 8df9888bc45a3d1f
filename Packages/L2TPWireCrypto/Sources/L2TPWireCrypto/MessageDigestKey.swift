public import L2TPWire

/// What the digests of L2TPv3 control messages are computed with, made from the shared secret (RFC 3931 §4.3, §5.4.1).
///
/// A message carries one digest, or two while secret or algorithm are being changed. To accept a message under either
/// of two secrets, verify it with one key after the other.
public struct MessageDigestKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let bytes: [UInt8]

    /// The key of a control connection.
    ///
    /// - Parameter secret: The secret that the peers share.
    public init(_ secret: SharedSecret) {
        bytes = Hash.hmacMD5(key: secret.bytes, [2])
    }

    /// The key of peers that share no secret: with ``AuthenticationNonces/none``, a digest then tells only whether the
    /// message has been damaged (RFC 3931 §4.3).
    public static let integrityCheck = Self(.empty)

    /// Checks that a message comes from a peer who knows the secret, and has not been changed.
    ///
    /// Do so before you use anything else in it. Of two digests one must be right. The time taken does not depend on
    /// which bytes of a digest differ.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - nonces: What the peers have chosen; not used for an SCCRQ, whose nonce is in the message.
    /// - Throws: ``MessageDigestError``; drop the message then.
    public func verify(_ message: borrowing ControlMessage, nonces: AuthenticationNonces) throws(MessageDigestError) {
        let fields = try MessageDigestField.fields(of: message)
        let nonces = Self.nonces(nonces, for: message.messageType)
        let bytes = [UInt8](parsing: message.bytes)
        let cleared = Self.cleared(bytes, fields)
        for field in fields {
            guard let algorithm = field.algorithm else { continue }
            if Hash.areEqual(Array(bytes[field.digest]), digest(of: cleared, algorithm, nonces)) { return }
        }
        let types = fields.compactMap { $0.algorithm == nil ? $0.type : nil }
        if let unknown = types.first, types.count == fields.count { throw .unsupported(unknown) }
        throw .wrong
    }

    /// Writes the digests into a message that is finished otherwise; any change after that makes them wrong.
    ///
    /// A message that is sent again with another Nr needs new ones.
    ///
    /// - Parameters:
    ///   - message: The message, with one or two Message Digest AVPs after Message Type; see
    ///     `ControlMessageWriter.appendMessageDigest(_:)`.
    ///   - encapsulation: What will carry it.
    ///   - nonces: What the peers have chosen; not used for an SCCRQ, whose nonce is in the message.
    /// - Throws: ``MessageDigestError`` when there is no place for a digest; the message is as it was then.
    public func fillIn(
        _ message: inout [UInt8], encapsulation: Encapsulation, nonces: AuthenticationNonces
    ) throws(MessageDigestError) {
        let (fields, type) = try Self.digestFields(of: message, encapsulation)
        let nonces = Self.nonces(nonces, for: type)
        // What stands before the control header is not part of the message (RFC 3931 §5.4.1).
        let start = encapsulation == .ip ? 4 : 0
        let cleared = Self.cleared(Array(message[start...]), fields)
        for field in fields {
            guard let algorithm = field.algorithm else { continue }
            let digest = digest(of: cleared, algorithm, nonces)
            message.replaceSubrange(start + field.digest.lowerBound..<start + field.digest.upperBound, with: digest)
        }
    }

    private static func digestFields(
        of message: [UInt8], _ encapsulation: Encapsulation
    ) throws(MessageDigestError) -> ([MessageDigestField], MessageType?) {
        let parsed: ControlMessage
        do throws(WireError) {
            parsed = try ControlMessage(parsing: message.span, encapsulation: encapsulation)
        } catch {
            throw .malformed(error)
        }
        let fields = try MessageDigestField.fields(of: parsed)
        if let unknown = fields.first(where: { $0.algorithm == nil }) { throw .unsupported(unknown.type) }
        return (fields, parsed.messageType)
    }

    /// The first message of a control connection is computed without nonces: there is one only, and it is in there.
    private static func nonces(_ nonces: AuthenticationNonces, for type: MessageType?) -> AuthenticationNonces {
        type == .startControlConnectionRequest ? .none : nonces
    }

    /// The message with zeros in place of all digests.
    private static func cleared(_ message: [UInt8], _ fields: [MessageDigestField]) -> [UInt8] {
        var cleared = message
        for field in fields { for index in field.digest { cleared[index] = 0 } }
        return cleared
    }

    private func digest(
        of cleared: [UInt8], _ algorithm: DigestAlgorithm, _ nonces: AuthenticationNonces
    ) -> [UInt8] {
        switch algorithm {
        case .hmacMD5: Hash.hmacMD5(key: bytes, nonces.sender, nonces.receiver, cleared)
        case .hmacSHA1: Hash.hmacSHA1(key: bytes, nonces.sender, nonces.receiver, cleared)
        }
    }

    /// Says what it is, and nothing of the bytes.
    public var description: String { "message digest key" }
    /// Says what it is, and nothing of the bytes.
    public var debugDescription: String { description }
    /// Shows no bytes.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
