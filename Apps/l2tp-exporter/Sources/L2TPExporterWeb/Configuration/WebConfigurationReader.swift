internal import L2TPConfig
internal import PasswordHash
internal import SystemPackage
internal import Yams

/// Reads the web server's configuration file: YAML, with the keys of exporter-toolkit as far as this server has them.
struct WebConfigurationReader {
    private static let topKeys = ["tls_server_config", "basic_auth_users", "http_server_config"]
    private static let tlsKeys = [
        "cert_file", "key_file", "client_ca_file", "client_auth_type", "min_version", "max_version",
        "prefer_server_cipher_suites",
    ]
    /// Of HTTP, whether version 2 is spoken: it is not, which no client minds.
    private static let httpKeys = ["http2"]
    /// What exporter-toolkit has and this server has not, with what helps.
    private static let otherKeys = [
        "cert": "put the certificate into a file and name it with cert_file",
        "key": "put the key into a file and name it with key_file",
        "client_ca": "put the certificates into a file and name it with client_ca_file",
        "client_allowed_sans": "have an authority of its own sign the clients, and name it with client_ca_file",
        "cipher_suites": "leave it out: the TLS library offers no weak ones",
        "curve_preferences": "leave it out: the TLS library decides",
        "headers": "leave it out: there are no other headers",
        "rate_limit": "leave it out: concurrent scrapes share one reading of the kernel",
    ]

    private let file: String
    private let folder: FilePath
    private var problems: [String] = []

    private init(file: String, folder: FilePath) {
        self.file = file
        self.folder = folder
    }

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - text: The YAML document; an empty one is a configuration without TLS and users.
    ///   - file: The file's path, for messages; paths in it are relative to its folder.
    /// - Returns: The configuration. Files that it names have not been looked at.
    /// - Throws: ``WebConfigurationError`` with all that is wrong.
    static func read(_ text: String, file: FilePath) throws(WebConfigurationError) -> WebConfiguration {
        var reader = Self(file: file.string, folder: file.removingLastComponent())
        let root: Node?
        do {
            root = try compose(yaml: text)
        } catch {
            throw reader.syntaxError(error)
        }
        let configuration = root.map { reader.configuration($0) } ?? WebConfiguration()
        guard reader.problems.isEmpty else { throw WebConfigurationError(problems: reader.problems) }
        return configuration
    }

    private mutating func configuration(_ root: Node) -> WebConfiguration {
        var configuration = WebConfiguration()
        for (key, value) in entries(of: root, at: "the file", allowing: Self.topKeys) {
            switch key {
            case "tls_server_config": configuration.tls = tls(value)
            case "basic_auth_users": configuration.users = users(value)
            default:
                for (key, value) in entries(of: value, at: key, allowing: Self.httpKeys) {
                    checkBoolean(value, at: "http_server_config.\(key)")
                }
            }
        }
        return configuration
    }

    private static let optionalTLSKeys = [
        "client_ca_file", "client_auth_type", "min_version", "max_version", "prefer_server_cipher_suites",
    ]

    private mutating func tls(_ node: Node) -> TLSSettings? {
        var texts: [String: String] = [:]
        var places: [String: Node] = [:]
        for (key, value) in entries(of: node, at: "tls_server_config", allowing: Self.tlsKeys) {
            // As in exporter-toolkit, nothing is as good as no key: templates write such files.
            if Self.optionalTLSKeys.contains(key), Self.isEmpty(value) { continue }
            places[key] = value
            texts[key] = text(value, at: "tls_server_config.\(key)")
        }
        if let place = places["prefer_server_cipher_suites"] {
            checkBoolean(place, at: "tls_server_config.prefer_server_cipher_suites")
        }
        if let word = texts["max_version"], word != TLSSettings.Version.version13.rawValue,
            let place = places["max_version"]
        {
            fail(
                place,
                "tls_server_config.max_version: \"\(word)\" is not to be had: TLS13 is spoken with whoever can; leave it out"
            )
        }
        guard let certificate = texts["cert_file"], let key = texts["key_file"] else {
            for missing in ["cert_file", "key_file"] where places[missing] == nil {
                fail(node, "tls_server_config: \(missing) is missing; TLS needs a certificate and its key")
            }
            return nil
        }
        var settings = TLSSettings(certificateFile: path(certificate), keyFile: path(key))
        settings.clientAuthorityFile = texts["client_ca_file"].map(path)
        settings.namedFiles = ["cert_file", "key_file", "client_ca_file"].compactMap { key in
            guard let text = texts[key], let place = places[key] else { return nil }
            return NamedFile(key: key, path: path(text), location: location(place.mark))
        }
        if let word = texts["client_auth_type"], let place = places["client_auth_type"] {
            settings.clientVerification = clientVerification(word, place) ?? .none
        }
        if let word = texts["min_version"], let place = places["min_version"] {
            settings.minimumVersion = version(word, place) ?? .version12
        }
        let asksForCertificates = settings.clientVerification != .none
        if asksForCertificates, texts["client_ca_file"] == nil, let place = places["client_auth_type"] {
            fail(
                place, "tls_server_config.client_auth_type: client_ca_file is missing, which says who may sign clients")
        }
        if !asksForCertificates, texts["client_auth_type"] == nil, let place = places["client_ca_file"] {
            fail(
                place,
                "tls_server_config.client_ca_file: client_auth_type is missing, without which no client is asked for a "
                    + "certificate; RequireAndVerifyClientCert lets in those alone that have one")
        }
        return settings
    }

    private mutating func clientVerification(_ word: String, _ place: Node) -> TLSSettings.ClientVerification? {
        if let choice = TLSSettings.ClientVerification(rawValue: word) { return choice }
        let unverified = ["RequestClientCert", "RequireAnyClientCert"].contains(word)
        fail(
            place,
            "tls_server_config.client_auth_type: "
                + (unverified
                    ? "\(word) asks for a certificate that nobody verifies; RequireAndVerifyClientCert verifies it"
                    : wrongWord(word, among: TLSSettings.ClientVerification.allCases.map(\.rawValue))))
        return nil
    }

    private mutating func version(_ word: String, _ place: Node) -> TLSSettings.Version? {
        if let version = TLSSettings.Version(rawValue: word) { return version }
        fail(
            place,
            "tls_server_config.min_version: "
                + (["TLS10", "TLS11"].contains(word)
                    ? "\(word) is no longer to be spoken (RFC 8996); TLS12 or TLS13 is possible"
                    : wrongWord(word, among: TLSSettings.Version.allCases.map(\.rawValue))))
        return nil
    }

    private mutating func users(_ node: Node) -> [String: BcryptHash] {
        var users: [String: BcryptHash] = [:]
        for (name, value) in entries(of: node, at: "basic_auth_users", allowing: nil) {
            if name.isEmpty || name.contains(":") {
                fail(value, "basic_auth_users: a name is not empty and has no colon (RFC 7617)")
                continue
            }
            guard let hash = text(value, at: "basic_auth_users.\(name)") else { continue }
            do throws(BcryptHashError) {
                users[name] = try BcryptHash(hash)
            } catch {
                fail(value, "basic_auth_users.\(name): \(error)")
            }
        }
        if users.isEmpty, problems.isEmpty {
            // It is more likely half a file than the wish that nobody be asked.
            fail(node, "basic_auth_users: there is no user; leave the key out if nobody is to be asked for a password")
        }
        return users
    }

    /// Keys and values of a mapping; nothing for one that was left empty. Without a list of keys any is allowed.
    private mutating func entries(of node: Node, at subject: String, allowing keys: [String]?) -> [(String, Node)] {
        if case .scalar(let scalar) = node, scalar.style == .plain, Self.isEmpty(node) { return [] }
        guard case .mapping(let mapping) = node else {
            fail(node, "\(subject): keys with values are expected, each as \"key: value\"")
            return []
        }
        var entries: [(String, Node)] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                fail(key, "\(subject): a key is a single word")
                continue
            }
            guard keys?.contains(scalar.string) ?? true else {
                fail(key, "unknown key \"\(scalar.string)\"; \(advice(scalar.string, among: keys ?? []))")
                continue
            }
            entries.append((scalar.string, value))
        }
        return entries
    }

    /// Whether a value is left empty, or said to be nothing.
    private static func isEmpty(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.string.isEmpty || scalar.style == .plain && ["~", "null"].contains(scalar.string)
    }

    /// What changes nothing here has to be right nevertheless.
    private mutating func checkBoolean(_ node: Node, at subject: String) {
        if node.bool == nil, !Self.isEmpty(node) { fail(node, "\(subject): true or false is expected") }
    }

    /// The text of a scalar that is not empty.
    private mutating func text(_ node: Node, at subject: String) -> String? {
        guard case .scalar(let scalar) = node, !Self.isEmpty(node) else {
            fail(node, "\(subject): a text is expected")
            return nil
        }
        return scalar.string
    }

    private func path(_ text: String) -> FilePath {
        folder.pushing(FilePath(text))
    }

    private func advice(_ word: String, among known: [String]) -> String {
        if let other = Self.otherKeys[word] { return "exporter-toolkit has it, this server has not; \(other)" }
        if let nearest = Suggestion.nearest(to: word, among: known) { return "did you mean \"\(nearest)\"?" }
        return "the keys here are \(known.joined(separator: ", "))"
    }

    private func wrongWord(_ word: String, among known: [String]) -> String {
        let meant = known.first { $0.lowercased() == word.lowercased() } ?? Suggestion.nearest(to: word, among: known)
        let nearest = meant.map { "; did you mean \"\($0)\"?" } ?? ""
        return "\"\(word)\" is none of \(known.joined(separator: ", "))\(nearest)"
    }

    private mutating func fail(_ node: Node, _ message: String) {
        problems.append("\(location(node.mark)): error: \(message)")
    }

    private func location(_ mark: Mark?) -> SourceLocation {
        SourceLocation(file: file, position: mark.map { SourcePosition(line: $0.line, column: $0.column) })
    }

    private func syntaxError(_ error: any Error) -> WebConfigurationError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            WebConfigurationError(location(mark), "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            WebConfigurationError(
                location(context.mark), "duplicate key \(keys.map { "\"\($0)\"" }.joined(separator: ", "))")
        case .reader(let problem, _, _, _): WebConfigurationError(location(nil), "not YAML: \(problem)")
        default: WebConfigurationError(location(nil), "not YAML")
        }
    }
}
