import L2TPConfig
import PasswordHash
import SystemPackage
import Testing

@testable import L2TPExporterWeb

@Suite("The web server's configuration")
struct WebConfigurationTests {
    private static let hash = "$2y$04$jgrax5LIxSVs0obqstv5LOR.8gZYPplbzAkkfZtPWnOV/5B2ZP5wK"

    private func read(_ text: String) throws(WebConfigurationError) -> WebConfiguration {
        try WebConfigurationReader.read(text, file: "/etc/l2tp/web.yml")
    }

    private func problems(_ text: String) -> [String] {
        do throws(WebConfigurationError) {
            _ = try read(text)
            return []
        } catch {
            return error.problems
        }
    }

    @Test("All keys")
    func complete() throws {
        let configuration = try read(
            """
            # A comment.
            tls_server_config:
              cert_file: server.pem
              key_file: /etc/ssl/private/server.key
              client_ca_file: ../ca.pem
              client_auth_type: RequireAndVerifyClientCert
              min_version: TLS13
            basic_auth_users:
              prometheus: \(Self.hash)
              123: "\(Self.hash)"
            """)
        func named(_ key: String, _ path: FilePath, _ line: Int, _ column: Int) -> NamedFile {
            let position = SourcePosition(line: line, column: column)
            return NamedFile(
                key: key, path: path, location: SourceLocation(file: "/etc/l2tp/web.yml", position: position))
        }
        let expected = TLSSettings(
            certificateFile: "/etc/l2tp/server.pem", keyFile: "/etc/ssl/private/server.key",
            clientAuthorityFile: "/etc/l2tp/../ca.pem", clientVerification: .required, minimumVersion: .version13,
            namedFiles: [
                named("cert_file", "/etc/l2tp/server.pem", 3, 14),
                named("key_file", "/etc/ssl/private/server.key", 4, 13),
                named("client_ca_file", "/etc/l2tp/../ca.pem", 5, 19),
            ])
        let hash = try BcryptHash(Self.hash)
        #expect(configuration == WebConfiguration(tls: expected, users: ["prometheus": hash, "123": hash]))
    }

    @Test(
        "What is not said is off",
        arguments: ["", "# nothing\n", "---\n"])
    func empty(_ text: String) throws {
        let configuration = try read(text)
        #expect(configuration.users.isEmpty)
        #expect(!text.isEmpty || configuration.tls == nil)
    }

    @Test(
        "Users that are announced are there",
        arguments: ["basic_auth_users:\n", "basic_auth_users: ~", "basic_auth_users: {}"])
    func noUsers(_ text: String) {
        #expect(throws: WebConfigurationError.self) { try read(text) }
    }

    @Test("TLS 1.2 is the oldest version unless something else is said")
    func defaults() throws {
        let tls = try #require(try read("tls_server_config: {cert_file: a, key_file: b}").tls)
        let expected = TLSSettings(
            certificateFile: "/etc/l2tp/a", keyFile: "/etc/l2tp/b", namedFiles: tls.namedFiles)
        #expect(tls == expected)
        #expect(tls.namedFiles.map(\.path) == ["/etc/l2tp/a", "/etc/l2tp/b"])
        #expect(tls.minimumVersion == .version12)
        #expect(tls.clientVerification == .none)
    }

    @Test("What changes nothing here may be there, and what is optional may be empty, as in exporter-toolkit")
    func harmless() throws {
        let text = """
            tls_server_config:
              cert_file: a
              key_file: b
              client_ca_file: ""
              client_auth_type:
              min_version: ~
              max_version: TLS13
              prefer_server_cipher_suites: true
            http_server_config:
              http2: false
            basic_auth_users:
            """
        var tls = try #require(try read(text.replacing("\nbasic_auth_users:", with: "")).tls)
        #expect(tls.namedFiles.map(\.key) == ["cert_file", "key_file"])
        tls.namedFiles = []
        #expect(tls == TLSSettings(certificateFile: "/etc/l2tp/a", keyFile: "/etc/l2tp/b"))
        #expect(problems(text).count == 1)
    }

    @Test(
        "What is wrong is told with its place and what would be right",
        arguments: [
            (
                "tls_sever_config: {}",
                ["1:1: error: unknown key \"tls_sever_config\"; did you mean \"tls_server_config\"?"]
            ),
            (
                "tls_server_config:\n  cert_file: a\n  key_file: b\n  certfile: c\n",
                ["4:3: error: unknown key \"certfile\"; did you mean \"cert_file\"?"]
            ),
            (
                "tls_server_config:\n  cert_file: a\n  key_file: b\n  cipher_suites: [x]\n",
                [
                    "4:3: error: unknown key \"cipher_suites\"; exporter-toolkit has it, this server has not; "
                        + "leave it out: the TLS library offers no weak ones"
                ]
            ),
            (
                "http_server_config:\n  http2: maybe\n  headers: {}\n",
                [
                    "3:3: error: unknown key \"headers\"; exporter-toolkit has it, this server has not; "
                        + "leave it out: there are no other headers",
                    "2:10: error: http_server_config.http2: true or false is expected",
                ]
            ),
            (
                "tls_server_config:\n  cert_file: ~\n  key_file: b\n  max_version: TLS12\n",
                [
                    "2:14: error: tls_server_config.cert_file: a text is expected",
                    "4:16: error: tls_server_config.max_version: \"TLS12\" is not to be had: TLS13 is spoken with whoever "
                        + "can; leave it out",
                ]
            ),
            (
                "tls_server_config:\n  cert_file: a\n",
                ["2:3: error: tls_server_config: key_file is missing; TLS needs a certificate and its key"]
            ),
            (
                "tls_server_config:\n  cert_file: a\n  key_file: b\n  min_version: TLS10\n",
                [
                    "4:16: error: tls_server_config.min_version: TLS10 is no longer to be spoken (RFC 8996); "
                        + "TLS12 or TLS13 is possible"
                ]
            ),
            (
                "tls_server_config:\n  cert_file: a\n  key_file: b\n  min_version: TLS14\n",
                [
                    "4:16: error: tls_server_config.min_version: \"TLS14\" is none of TLS12, TLS13"
                ]
            ),
            (
                "tls_server_config:\n  cert_file: a\n  key_file: b\n  min_version: tls12\n",
                [
                    "4:16: error: tls_server_config.min_version: \"tls12\" is none of TLS12, TLS13; did you mean \"TLS12\"?"
                ]
            ),
            (
                "tls_server_config:\n",
                [
                    "1:19: error: tls_server_config: cert_file is missing; TLS needs a certificate and its key",
                    "1:19: error: tls_server_config: key_file is missing; TLS needs a certificate and its key",
                ]
            ),
            (
                "tls_server_config:\n  cert_file: a\n  key_file: b\n  client_ca_file: c\n",
                [
                    "4:19: error: tls_server_config.client_ca_file: client_auth_type is missing, without which no client is "
                        + "asked for a certificate; RequireAndVerifyClientCert lets in those alone that have one"
                ]
            ),
            (
                "tls_server_config:\n  cert_file: a\n  key_file: b\n  client_auth_type: VerifyClientCertIfGiven\n",
                [
                    "4:21: error: tls_server_config.client_auth_type: client_ca_file is missing, which says who may sign "
                        + "clients"
                ]
            ),
            (
                "tls_server_config:\n  cert_file: a\n  key_file: b\n  client_auth_type: RequireAnyClientCert\n",
                [
                    "4:21: error: tls_server_config.client_auth_type: RequireAnyClientCert asks for a certificate that "
                        + "nobody verifies; RequireAndVerifyClientCert verifies it"
                ]
            ),
            (
                "basic_auth_users:\n  me: secret\n  \"\": x\n  a:b: y\n",
                [
                    "2:7: error: basic_auth_users.me: not a bcrypt hash, which begins with $2b$ (or $2a$, $2y$); "
                        + "htpasswd -nBC 12 USER makes one",
                    "3:7: error: basic_auth_users: a name is not empty and has no colon (RFC 7617)",
                    "4:8: error: basic_auth_users: a name is not empty and has no colon (RFC 7617)",
                ]
            ),
            (
                "basic_auth_users: [me]\n",
                ["1:19: error: basic_auth_users: keys with values are expected, each as \"key: value\""]
            ),
            ("basic_auth_users:\n  me: [x]\n", ["2:7: error: basic_auth_users.me: a text is expected"]),
            ("basic_auth_users:\n  ? [a]\n  : b\n", ["2:5: error: basic_auth_users: a key is a single word"]),
            ("word", ["1:1: error: the file: keys with values are expected, each as \"key: value\""]),
            ("a: b: c", ["1:5: error: not YAML: mapping values are not allowed in this context"]),
            ("\tx: 1", ["1:1: error: not YAML: found character that cannot start any token"]),
        ])
    func wrong(_ text: String, _ expected: [String]) {
        #expect(problems(text) == expected.map { "/etc/l2tp/web.yml:\($0)" })
    }

    @Test("A key that stands twice is refused")
    func duplicate() {
        let found = problems("basic_auth_users:\nbasic_auth_users:\n")
        #expect(found.count == 1)
        #expect(found.first?.contains("duplicate key \"basic_auth_users\"") == true)
    }

    @Test("Whatever the text, reading it ends with a result or an error")
    func hostile() {
        let document =
            "tls_server_config:\n  cert_file: &x a\n  key_file: *x\nbasic_auth_users: {me: \"\(Self.hash)\"}\n"
        for count in 0...document.count { _ = problems(String(document.prefix(count))) }
        for opening in ["[", "{", "- ", "? ", "a: {", "&a [*a, "] {
            #expect(!problems(String(repeating: opening, count: 20_000)).isEmpty)
        }
        #expect(!problems("a: *b").isEmpty)
        #expect(!problems("\u{0}").isEmpty)
    }

    @Test("Of a hash nothing is told")
    func secrecy() {
        #expect(!problems("basic_auth_users:\n  me: $2y$99$abcdefghijk\n").joined().contains("abcdefghijk"))
    }
}
