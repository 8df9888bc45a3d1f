/// The value of a Random Vector AVP, from which hidden values are computed (RFC 2661 §4.4.1, RFC 3931 §5.4.1).
///
/// A message has it before the AVPs that are hidden with it, in plain sight. The same one may not hide two different
/// values of one attribute type.
public struct RandomVector: Hashable, Sendable {
    /// The bytes on the wire, 0…1017; at least 16 are recommended.
    public var bytes: [UInt8]

    /// A random vector that is known.
    ///
    /// - Parameter bytes: The bytes on the wire.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A new random vector, from the system's cryptographic randomness.
    ///
    /// - Parameter byteCount: How many bytes; the RFCs recommend 16 or more.
    /// - Returns: A random vector that nobody can guess.
    public static func random(byteCount: Int = 16) -> Self {
        var generator = SystemRandomNumberGenerator()
        return Self((0..<byteCount).map { _ in UInt8.random(in: 0 ... .max, using: &generator) })
    }
}
