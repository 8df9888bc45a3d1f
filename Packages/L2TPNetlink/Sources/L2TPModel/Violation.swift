/// One thing that is wrong with a specification.
public struct Violation: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, by ip-l2tp(8)'s word: `tunnel_id`, `local`, `seq`, …
    public var field: String
    /// Why it is wrong and what would be right, in one line.
    public var message: String

    /// A violation from its parts.
    public init(field: String, message: String) {
        self.field = field
        self.message = message
    }

    /// `field: message`.
    public var description: String { "\(field): \(message)" }
}
