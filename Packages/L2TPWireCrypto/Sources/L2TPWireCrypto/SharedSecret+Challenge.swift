public import L2TPWire

/// Authentication of a control connection of L2TPv2 (RFC 2661 §5.1.1): whoever knows the secret can answer a challenge.
extension SharedSecret {
    /// Length of a response in bytes: 16, as the Challenge Response AVP has it.
    public static let responseByteCount = 16

    /// The value of the Challenge Response AVP that answers a challenge (RFC 2661 §4.4.3, RFC 1994 §4.1).
    ///
    /// It is the MD5 of the number of the message type, the secret and the challenge. As the number is another one in
    /// each direction, a peer's response is not the answer to the same challenge sent back.
    ///
    /// - Parameters:
    ///   - challenge: The value of the peer's Challenge AVP.
    ///   - messageType: The message that the response goes into: SCCRP, which answers the challenge of the SCCRQ, or
    ///     SCCCN, which answers that of the SCCRP. Only the low eight bits of the number count.
    /// - Returns: The response.
    public func response(to challenge: [UInt8], in messageType: MessageType) -> [UInt8] {
        Hash.md5([UInt8(truncatingIfNeeded: messageType.rawValue)], bytes, challenge)
    }

    /// Whether a Challenge Response AVP answers a challenge of ours; the time taken does not depend on which bytes
    /// differ.
    ///
    /// - Parameters:
    ///   - response: The value of the peer's Challenge Response AVP.
    ///   - challenge: The value of our Challenge AVP.
    ///   - messageType: The message that the response came in: SCCRP or SCCCN.
    /// - Returns: Whether the peer knows the secret.
    public func accepts(response: [UInt8], to challenge: [UInt8], in messageType: MessageType) -> Bool {
        Hash.areEqual(response, self.response(to: challenge, in: messageType))
    }
}
