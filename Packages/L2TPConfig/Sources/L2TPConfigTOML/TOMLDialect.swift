public import L2TPConfig
internal import TOMLKit

/// The dialect of `/etc/l2tp/*.toml`: TOML 1.0 with a table `[tunnel.NAME]` for each tunnel, in it
/// `[tunnel.NAME.session.NAME]` for each session, and in that `interface`. The keys are ip-l2tp(8)'s words; see
/// l2tp.toml(5).
public struct TOMLDialect: ConfigurationDialect {
    /// What the file names end with: `toml`.
    public let fileExtension = "toml"

    /// The dialect; it has no options.
    public init() {}

    /// Reads one file's text; see ``ConfigurationDialect/read(_:file:secrets:)``.
    ///
    /// Lines and columns are looked up only where there is a finding, or when ``ConfigurationReading/locate`` is
    /// asked.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: How to call the file in findings; relative paths in `cookie_file` are meant from its folder.
    ///   - secrets: Reads those files.
    /// - Returns: The values, the findings and the places.
    public func read(_ text: String, file: String, secrets: any SecretReader) -> ConfigurationReading {
        let entries: [TOMLNode.Entry]
        switch parse(text) {
        case .success(let parsed): entries = parsed
        case .failure(let problem):
            let location = SourceLocation(file: file, position: problem.position)
            return ConfigurationReading(
                configuration: Configuration(),
                diagnostics: [Diagnostic(.error, location, ConfigurationPath(), problem.message)])
        }
        var reader = SchemaReader(secrets: secrets, folder: Self.folder(of: file))
        reader.read(entries)
        let index = LazyPositions(text)
        var diagnostics: [Diagnostic] = []
        if !reader.findings.isEmpty {
            let positions = index.positions
            diagnostics = reader.findings.map { finding in
                let position =
                    switch finding.anchor {
                    case .key: positions.key(finding.place)
                    case .value: positions.value(finding.place)
                    }
                let location = SourceLocation(file: file, position: position ?? positions.nearest(finding.place))
                return Diagnostic(finding.severity, location, finding.path, finding.message)
            }
            diagnostics.sortByPlace()
        }
        var reading = ConfigurationReading(
            configuration: Configuration(tunnels: reader.tunnels), diagnostics: diagnostics,
            locate: { path in
                index.positions.nearest(path).map { SourceLocation(file: file, position: $0) }
            })
        reading.tunnelNames = reader.names
        reading.holdsSecrets = reader.holdsSecrets
        return reading
    }

    /// Writes a configuration; see `Configuration.toml(withCookies:remarks:)`.
    public func write(
        _ configuration: Configuration, withCookies: Bool, remarks: [ConfigurationPath: String]
    ) -> String {
        configuration.toml(withCookies: withCookies, remarks: remarks)
    }

    // MARK: - Syntax

    /// What is wrong with the syntax of a text.
    struct SyntaxProblem: Error {
        /// Where.
        var position: SourcePosition
        /// What, in one line.
        var message: String
    }

    /// The outermost table of a text.
    func parse(_ text: String) -> Result<[TOMLNode.Entry], SyntaxProblem> {
        do throws(TOMLPrecheck.Refusal) {
            try TOMLPrecheck.check(text.utf8.span)
        } catch {
            let position = TextLines(text).position(of: error.offset)
            return .failure(SyntaxProblem(position: position, message: error.message))
        }
        do {
            return .success(TOMLNode.entries(of: try TOMLTable(string: text)))
        } catch let error as TOMLParseError {
            let lines = TextLines(text)
            let begin = error.source.begin
            let position = lines.clamped(SourcePosition(line: begin.line, column: begin.column))
            let message = Self.message(error.description, atLineEnd: lines.isLineEnd(at: position))
            return .failure(SyntaxProblem(position: position, message: message))
        } catch {
            return .failure(SyntaxProblem(position: SourcePosition(line: 1, column: 1), message: "\(error)".quoted))
        }
    }

    /// TOMLKit's words for an error of syntax, in one line, without text that may be a cookie, and with a remedy where
    /// one is likely.
    private static func message(_ description: String, atLineEnd: Bool) -> String {
        let scalars = description.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        var message = String(String.UnicodeScalarView(scalars))
        let prefix = "Error while parsing "
        if message.hasPrefix(prefix) { message = "syntax error in \(message.dropFirst(prefix.count))" }
        let remedy = TOMLPrecheck.remedy
        if message.contains("is not representable") || message.contains("too long to identify type") {
            return "the number is too large; \(remedy)"
        }
        message = message.replacing("expected expected", with: "expected")
        let redefinition = "cannot redefine existing table '"
        if let place = message.firstRange(of: redefinition) {
            let name = message[place.upperBound...].prefix { $0 != "'" }
            return "the table \(name) stands further up: write its keys there, or give it another name"
        }
        // What TOML takes for a number, a time of day or nothing at all may be an address, a duration or a word.
        let values = ["floating-point", " time", "integer"]
        let subject = message.prefix { $0 != ":" }
        // An address as fd00::1 begins like false; True was meant to be true.
        let isWord = subject.hasSuffix("boolean") && (message.contains("saw 'f") || message.contains("saw 't"))
        if isWord || values.contains(where: subject.hasSuffix) || message.contains("could not determine value type") {
            return "\(message); \(remedy)"
        }
        if atLineEnd, message.contains("in string: ") || message.contains("in literal string: ") {
            return "syntax error in string: the quotation mark at its end is missing"
        }
        return message
    }

    private static func folder(of file: String) -> String {
        file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    }
}

extension ConfigurationLoader {
    /// A loader for TOML alone.
    public init() {
        self.init(dialects: [TOMLDialect()])
    }
}
