/// The path at which metrics are served.
public struct TelemetryPath: Hashable, Sendable, CustomStringConvertible {
    /// Where Prometheus looks unless it is told otherwise.
    public static let standard = Self(checked: "/metrics")
    /// These paths answer something else.
    private static let reserved = ["/-/healthy", "/-/ready"]

    /// The path, which begins with a slash.
    public let text: String

    private init(checked text: String) {
        self.text = text
    }

    /// Takes a path.
    ///
    /// - Parameter text: A slash and characters that may stand in a path as they are (RFC 3986, section 3.3). `/` is
    ///   possible: there is no landing page then.
    /// - Throws: ``TelemetryPathError``.
    public init(_ text: String) throws(TelemetryPathError) {
        guard text.utf8.first == UInt8(ascii: "/") else { throw .noSlash(text) }
        if let wrong = text.unicodeScalars.first(where: { !Self.isPathCharacter($0) }) { throw .character(wrong, text) }
        guard !Self.reserved.contains(text) else { throw .reserved(text) }
        self.text = text
    }

    /// The path.
    public var description: String { text }

    private static func isPathCharacter(_ character: Unicode.Scalar) -> Bool {
        switch character {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: "/-._~!$&'()*+,;=:@%".unicodeScalars.contains(character)
        }
    }
}

/// Why a text is no ``TelemetryPath``.
public enum TelemetryPathError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It does not begin with a slash.
    case noSlash(String)
    /// It has a character that cannot stand in a path.
    case character(Unicode.Scalar, String)
    /// The path answers something else.
    case reserved(String)

    /// What is wrong and what would be right, in one line.
    public var description: String {
        switch self {
        case .noSlash(let text): "path \"\(text)\" does not begin with a slash, as /metrics does"
        case .character(let character, let text):
            "path \"\(text)\" has \"\(character)\", which cannot stand in a path: write it as % and two hexadecimal digits"
        case .reserved(let text): "\(text) tells how the exporter is; metrics need another path, as /metrics"
        }
    }
}
