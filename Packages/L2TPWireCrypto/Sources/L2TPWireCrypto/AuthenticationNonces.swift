/// The random values that a message's digest is computed with: those of the Control Message Authentication Nonce AVPs
/// in SCCRQ and SCCRP (RFC 3931 §5.4.1).
///
/// They are named from the view of one message. RFC 3931 has "local" and "remote" from the view of its sender.
public struct AuthenticationNonces: Hashable, Sendable {
    /// The nonce that the message's sender has chosen; empty if it has none.
    public var sender: [UInt8]
    /// The nonce that the message's receiver has chosen; empty if it has none.
    public var receiver: [UInt8]

    /// A pair of nonces.
    ///
    /// - Parameters:
    ///   - sender: The value of the AVP that the message's sender has sent. Of an SCCRP it is in that message itself.
    ///   - receiver: The value of the AVP that the message's receiver has sent.
    public init(sender: [UInt8], receiver: [UInt8]) {
        self.sender = sender
        self.receiver = receiver
    }

    /// No nonces: what an SCCRQ is computed with, and messages that are checked for integrity alone.
    public static let none = Self(sender: [], receiver: [])

    /// The nonces for messages in the other direction.
    public var reversed: Self { Self(sender: receiver, receiver: sender) }
}
