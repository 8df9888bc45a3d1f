/// Makes one configuration of all files, with everything that is to be said about it.
public struct ConfigurationLoader: Sendable {
    /// The ways to write a configuration that are known, by their file extensions; the first reads all other files.
    public var dialects: [any ConfigurationDialect]

    /// A loader for those dialects.
    public init(dialects: [any ConfigurationDialect]) {
        self.dialects = dialects
    }

    /// Reads files, merges them in the order of their names, and checks the rules across tables.
    ///
    /// All findings come at once, in the order of the files and places, file-wide ones behind the others of their
    /// file. A tunnel has all its sessions in one file; of two tunnels of the same name the first is kept.
    ///
    /// - Parameters:
    ///   - files: The files; of those with the same name the first counts.
    ///   - secrets: Reads files that these name, for `cookie_file`.
    /// - Returns: The values of all files, the findings and the places.
    public func load(_ files: [ConfigurationFile], secrets: any SecretReader) -> ConfigurationReading {
        var seen: Set<String> = []
        let files = files.filter { seen.insert($0.name).inserted }.sorted { $0.name < $1.name }
        let readings = files.map { read($0, secrets: secrets) }

        var merged = Merged(readings, of: files)
        let rank = Dictionary(files.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
        merged.addFindingsAcrossTables()
        if merged.names.isEmpty, merged.diagnostics.allSatisfy({ $0.severity != .error }) {
            merged.diagnostics.append(
                Diagnostic(
                    .warning, SourceLocation(file: files.first?.name ?? "no file"), ConfigurationPath(),
                    "no tunnel is configured: nothing is to exist"))
        }
        // By places first, then by files, which keeps the order of places.
        merged.diagnostics.sortByPlace()
        let keyed = merged.diagnostics.enumerated().map { (rank[$0.element.location.file] ?? .max, $0.offset) }
        var reported: Set<Diagnostic> = []
        let ordered = keyed.sorted { $0 < $1 }.map { merged.diagnostics[$0.1] }
        var result = ConfigurationReading(
            configuration: merged.configuration, diagnostics: ordered.filter { reported.insert($0).inserted },
            locate: merged.locate)
        result.tunnelNames = merged.names
        result.holdsSecrets = readings.contains(where: \.holdsSecrets)
        return result
    }

    private func read(_ file: ConfigurationFile, secrets: any SecretReader) -> ConfigurationReading {
        if let position = file.invalidEncoding {
            let location = SourceLocation(file: file.name, position: position)
            let finding = Diagnostic(.error, location, ConfigurationPath(), "the text is not UTF-8 from here on")
            return ConfigurationReading(configuration: Configuration(), diagnostics: [finding])
        }
        let named = dialects.first { file.name.hasSuffix(".\($0.fileExtension)") }
        guard let dialect = named ?? dialects.first else { return ConfigurationReading(configuration: Configuration()) }
        var reading = dialect.read(file.text, file: file.name, secrets: secrets)
        if file.isReadableByOthers, reading.holdsSecrets {
            reading.diagnostics.append(
                Diagnostic(
                    .warning, SourceLocation(file: file.name), ConfigurationPath(),
                    "readable by others and holds cookies; chmod 600 it"))
        }
        return reading
    }
}

/// What several files hold together.
private struct Merged {
    var configuration = Configuration()
    var names: [String] = []
    var diagnostics: [Diagnostic] = []
    let locate: @Sendable (ConfigurationPath) -> SourceLocation?

    /// Puts the readings of files together, in their order.
    init(_ readings: [ConfigurationReading], of files: [ConfigurationFile]) {
        var homes: [String: Int] = [:]
        for (index, reading) in readings.enumerated() {
            diagnostics += reading.diagnostics
            for name in reading.tunnelNames {
                guard let home = homes[name] else {
                    homes[name] = index
                    names.append(name)
                    continue
                }
                // Keys that differ in their encoding only, as é in one scalar or two, are the same name too.
                let path = ConfigurationPath(["tunnel", name])
                let first = readings[home].locate(path) ?? SourceLocation(file: files[home].name)
                let place = reading.locate(path) ?? SourceLocation(file: files[index].name)
                diagnostics.append(
                    Diagnostic(.error, place, path, "another tunnel has the same name; the other is at \(first)"))
            }
            for tunnel in reading.configuration.tunnels where homes[tunnel.name] == index {
                configuration.tunnels.append(tunnel)
            }
        }
        if readings.count > 1 { configuration.tunnels.sort { $0.name < $1.name } }
        names.sort()
        let (homesOfTunnels, places) = (homes, readings.map(\.locate))
        locate = { path in
            guard path.keys.count >= 2, let home = homesOfTunnels[path.keys[1]] else { return nil }
            return places[home](path)
        }
    }

    /// Adds what the rules across tables find.
    ///
    /// Left out are warnings about a part of which something could not be read, or whose key may be misspelt: they
    /// could be about what was meant to be there.
    mutating func addFindingsAcrossTables() {
        let doubtful = DoubtfulParts(diagnostics)
        for finding in configuration.findings() {
            if finding.severity == .warning, doubtful.concern(finding) { continue }
            let place = locate(finding.path) ?? SourceLocation(file: "")
            let other = finding.related.flatMap(locate).map { "; the other is at \($0)" } ?? ""
            diagnostics.append(Diagnostic(finding.severity, place, finding.path, finding.message + other))
        }
    }
}

/// The tunnels and sessions with errors.
private struct DoubtfulParts {
    private var tunnels: Set<String> = []
    private var tunnelsOrTheirSessions: Set<String> = []
    private var sessions: Set<ConfigurationPath> = []

    init(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics where diagnostic.severity == .error && diagnostic.path.keys.count >= 2 {
            let keys = diagnostic.path.keys
            tunnelsOrTheirSessions.insert(keys[1])
            if keys.count >= 4, keys[2] == "session" {
                sessions.insert(ConfigurationPath(Array(keys[..<4])))
            } else {
                tunnels.insert(keys[1])
            }
        }
    }

    /// Whether a finding is about one of them.
    func concern(_ finding: Finding) -> Bool {
        [finding.path, finding.related].contains { path in
            guard let keys = path?.keys, keys.count >= 2 else { return false }
            guard keys.count >= 4, keys[2] == "session" else { return tunnelsOrTheirSessions.contains(keys[1]) }
            return tunnels.contains(keys[1]) || sessions.contains(ConfigurationPath(Array(keys[..<4])))
        }
    }
}
