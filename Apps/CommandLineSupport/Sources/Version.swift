/// The version that every command reports.
public enum Version {
    /// Three numbers between dots.
    public static let text = "0.1.0"
}
