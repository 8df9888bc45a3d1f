import L2TPWire
import L2TPWireCrypto

/// Reads the peer's router identifier from an SCCRQ of L2TPv3, once it is known to come from the peer.
///
/// - Parameters:
///   - datagram: The payload of a UDP datagram.
///   - secret: The secret that we share with the peer.
/// - Returns: The identifier, hidden or not, or nil when the message has none.
/// - Throws: `WireError` for bytes that are no control message, `MessageDigestError` for a message that is not
///   authentic.
func routerID(in datagram: [UInt8], secret: SharedSecret) throws -> UInt32? {
    let message = try ControlMessage(parsing: datagram.span, encapsulation: .udp)
    try MessageDigestKey(secret).verify(message, nonces: .none)
    return try message.avps.value(of: .routerID, revealedWith: HidingKey(secret, version: message.version))
}
