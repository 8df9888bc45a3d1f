public import L2TPWire

extension ControlMessageWriter {
    /// Appends a Message Digest AVP whose digest is still zeros; ``MessageDigestKey/fillIn(_:encapsulation:nonces:)``
    /// computes it when the message is finished.
    ///
    /// It must be the first AVP that is appended, since it comes right after Message Type. A second one, of the other
    /// algorithm, may follow while the algorithm is being changed (RFC 3931 §5.4.1).
    ///
    /// - Parameter algorithm: How the digest will be computed.
    /// - Throws: `ControlMessageWriter.ValidationError` when the message is too long; it is as it was then.
    public mutating func appendMessageDigest(_ algorithm: DigestAlgorithm) throws(ValidationError) {
        let zeros = [UInt8](repeating: 0, count: algorithm.digestByteCount)
        try append(.messageDigest, MessageDigest(algorithm.type, digest: zeros))
    }

    /// The message with its digests.
    ///
    /// - Parameters:
    ///   - key: What the digests are computed with.
    ///   - encapsulation: What will carry the message.
    ///   - nonces: What the peers have chosen; not used for an SCCRQ, whose nonce is in the message.
    /// - Returns: The whole message, ready to be sent.
    /// - Throws: ``MessageDigestError`` when there is no place for a digest.
    public func authenticated(
        with key: MessageDigestKey, encapsulation: Encapsulation, nonces: AuthenticationNonces
    ) throws(MessageDigestError) -> [UInt8] {
        var message = bytes
        try key.fillIn(&message, encapsulation: encapsulation, nonces: nonces)
        return message
    }
}
