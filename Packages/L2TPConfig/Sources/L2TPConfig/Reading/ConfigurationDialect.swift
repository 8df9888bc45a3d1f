/// A way to write a configuration down. The module L2TPConfigTOML has the one of `/etc/l2tp`; others can be added
/// without a change here.
public protocol ConfigurationDialect: Sendable {
    /// What the file names of the dialect end with, without the dot.
    var fileExtension: String { get }

    /// Reads one file's text.
    ///
    /// All findings come at once; a text with errors still gives those tunnels that could be read, so that rules
    /// across files can be checked too.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: How to call the file in findings.
    ///   - secrets: Reads files that the text names, for `cookie_file`.
    /// - Returns: The values, the findings and the places.
    func read(_ text: String, file: String, secrets: any SecretReader) -> ConfigurationReading

    /// Writes a configuration so that reading it gives the same values. Cookies are written only if `withCookies`
    /// says so; without them a comment stands in their place.
    ///
    /// - Parameters:
    ///   - configuration: What to write.
    ///   - withCookies: Whether cookies are written.
    ///   - remarks: What to say about a part, as a comment beside it.
    /// - Returns: The text.
    func write(_ configuration: Configuration, withCookies: Bool, remarks: [ConfigurationPath: String]) -> String
}

/// Reads the files that a configuration names instead of a secret.
public protocol SecretReader: Sendable {
    /// The file's text, of at most 4096 bytes, and whether others than its owner can read it.
    ///
    /// Throws why it cannot be read, in words that follow «cannot be read: ».
    func read(_ path: String) throws(SecretError) -> (text: String, isReadableByOthers: Bool)
}

/// Why a file with a secret cannot be read.
public struct SecretError: Error, Hashable, Sendable {
    /// The reason, in words that follow «cannot be read: ».
    public var reason: String

    /// An error for a reason.
    public init(_ reason: String) {
        self.reason = reason
    }
}
