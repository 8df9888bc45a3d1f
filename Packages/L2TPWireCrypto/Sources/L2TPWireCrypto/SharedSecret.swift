/// The password that two peers share to authenticate each other and to hide values (RFC 2661 §5.1.1, RFC 3931 §4.3).
///
/// It is never printed: its descriptions are the same for all secrets.
public struct SharedSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The bytes, of any number.
    let bytes: [UInt8]

    /// A secret of any bytes.
    ///
    /// - Parameter bytes: The secret as both peers have it, without an end mark.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A secret that is text, in UTF-8.
    ///
    /// - Parameter text: The secret as both peers have it.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// No secret, with which L2TPv3 messages are checked for integrity alone (RFC 3931 §4.3).
    public static let empty = Self([])

    /// Says what it is, and nothing of the bytes.
    public var description: String { "shared secret" }
    /// Says what it is, and nothing of the bytes.
    public var debugDescription: String { description }
    /// Shows no bytes.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
