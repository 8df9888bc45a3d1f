internal import L2TPConfig

/// Something found while the tables of a text are read, with its place as a path: lines and columns are made of it
/// later, and only if there is a finding.
struct SchemaFinding {
    /// What stands at the place.
    enum Anchor {
        case key
        case value
    }

    /// How bad it is.
    var severity: Diagnostic.Severity = .error
    /// What it is about.
    var path: ConfigurationPath
    /// Whose place is meant.
    var place: ConfigurationPath
    /// Whether that of the key or of the value.
    var anchor: Anchor
    /// What is wrong and what would be right, in one line.
    var message: String
}

extension String {
    /// A text of the user's in quotation marks, in one line and not too long.
    var quoted: String {
        let longest = 64
        guard unicodeScalars.count > longest else { return ConfigurationPath.quoted(self) }
        return ConfigurationPath.quoted(String(String.UnicodeScalarView(unicodeScalars.prefix(longest)))) + "…"
    }
}
