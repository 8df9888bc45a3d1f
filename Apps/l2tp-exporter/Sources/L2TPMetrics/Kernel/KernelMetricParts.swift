/// What a ``KernelSource`` exports.
public struct KernelMetricParts: OptionSet, Hashable, Sendable {
    /// The bits.
    public var rawValue: UInt8

    /// Parts from their bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The infos and counters of tunnels.
    public static let tunnels = Self(rawValue: 1)
    /// The infos and counters of sessions.
    public static let sessions = Self(rawValue: 2)
    /// State and MTU of the interfaces of sessions; the reader must follow interfaces.
    public static let interfaces = Self(rawValue: 4)
    /// Everything.
    public static let all: Self = [.tunnels, .sessions, .interfaces]
}
