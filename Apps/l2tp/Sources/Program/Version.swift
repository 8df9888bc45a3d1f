/// The version that `l2tp --version` reports.
enum Version {
    static let text = "0.1.0"
}
