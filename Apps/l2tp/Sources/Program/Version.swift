/// The version that `l2tp --version` reports.
enum Version {
    static let text = "0.1.0"
    /// The line it prints.
    static var line: String { "l2tp \(text)" }
}
