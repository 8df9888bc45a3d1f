/// What a walk has read from the kernel.
public struct KernelReading: Sendable {
    /// Of each network namespace that was asked for and exists.
    public var namespaces: [NamespaceReading]

    /// A reading from its parts.
    public init(namespaces: [NamespaceReading]) {
        self.namespaces = namespaces
    }
}
