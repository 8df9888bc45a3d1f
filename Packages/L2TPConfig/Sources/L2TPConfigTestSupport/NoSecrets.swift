public import L2TPConfig

/// For configurations that name no files of cookies: none can be read.
public struct NoSecrets: SecretReader {
    /// A reader that reads nothing.
    public init() {}

    /// Throws always.
    public func read(_ path: String) throws(SecretError) -> (text: String, isReadableByOthers: Bool) {
        throw SecretError("this test reads no other files")
    }
}
