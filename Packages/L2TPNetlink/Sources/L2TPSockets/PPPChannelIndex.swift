/// The number by which the kernel's PPP knows a channel in its network namespace.
public struct PPPChannelIndex: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number.
    public var rawValue: Int32

    /// Wraps a number.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The decimal number.
    public var description: String { String(rawValue) }
}
