import NIOSSL
import Netlink
import SystemPackage
import Testing

@testable import L2TPExporterWeb

@Suite("TLS")
struct TLSTests {
    private static let configuration = "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n"
    private static let clientKeys = "  client_ca_file: client-authority.pem\n  client_auth_type: "

    /// Runs a body with a server whose configuration stands in a folder with all certificates.
    private func run(
        _ text: String, _ adapt: (inout WebOptions) -> Void = { _ in },
        _ body: (WebServer, String, FilePath) async throws -> Void
    ) async throws {
        try await TestServer.withFolder { folder in
            for name in ["server.pem", "server.key", "client-authority.pem"] {
                try TestServer.copy(name, to: folder.appending(name))
            }
            let file = folder.appending("web.yml")
            try TestServer.write(text, to: file)
            func configure(_ options: inout WebOptions) {
                options.configurationFile = file
                adapt(&options)
            }
            try await TestServer.run(StubResponder(), configure) { server, address in
                try await body(server, address, folder)
            }
        }
    }

    /// Whether a client is served; not, if the connection ends before a response.
    private func isServed(_ address: String, _ tls: NIOSSLContext?) async -> Bool {
        guard let response = try? await TestClient.get(address, "/metrics", tls: tls) else { return false }
        return response.status == 200
    }

    private func expect(
        _ address: String, _ tls: NIOSSLContext?, isServed expected: Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let result = await isServed(address, tls)
        #expect(result == expected, sourceLocation: sourceLocation)
    }

    @Test("Served over TLS, and not without")
    func served() async throws {
        try await run(Self.configuration) { _, address, _ in
            try await expect(address, TestServer.clientTLS(), isServed: true)
            await expect(address, nil, isServed: false)
            var old = TLSConfiguration.makeClientConfiguration()
            old.trustRoots = .file(TestServer.certificates.appending("server-authority.pem").string)
            old.minimumTLSVersion = .tlsv1
            old.maximumTLSVersion = .tlsv11
            try await expect(address, NIOSSLContext(configuration: old), isServed: false)
            old.maximumTLSVersion = .tlsv12
            try await expect(address, NIOSSLContext(configuration: old), isServed: true)
        }
        try await run(Self.configuration + "  min_version: TLS13\n") { _, address, _ in
            var old = TLSConfiguration.makeClientConfiguration()
            old.trustRoots = .file(TestServer.certificates.appending("server-authority.pem").string)
            old.maximumTLSVersion = .tlsv12
            try await expect(address, NIOSSLContext(configuration: old), isServed: false)
            try await expect(address, TestServer.clientTLS(), isServed: true)
        }
    }

    @Test(
        "A client's certificate has to be of the authority",
        arguments: ["RequireAndVerifyClientCert", "VerifyClientCertIfGiven"])
    func clients(_ type: String) async throws {
        try await run(Self.configuration + Self.clientKeys + type + "\n") { _, address, _ in
            try await expect(address, TestServer.clientTLS(certificate: "client"), isServed: true)
            try await expect(address, TestServer.clientTLS(certificate: "stranger"), isServed: false)
            try await expect(address, TestServer.clientTLS(), isServed: type == "VerifyClientCertIfGiven")
        }
    }

    @Test("Who does not end the handshake in time is left, and who does not take leave", .timeLimit(.minutes(5)))
    func slowHandshake() async throws {
        func adaptRequest(_ options: inout WebOptions) {
            options.limits.requestTimeout = .milliseconds(300)
        }
        try await run(Self.configuration, adaptRequest) { _, address, _ in
            let silent = try await TestClient.connect(to: address)
            // The beginning of a record of the handshake.
            let slow = try await TestClient.connect(to: address)
            await slow.trySend("\u{16}\u{3}\u{1}\u{2}")
            #expect(await silent.remainder() == "")
            #expect(await slow.remainder() == "")
        }
        func adaptIdle(_ options: inout WebOptions) {
            options.limits.requestTimeout = .seconds(3600)
            options.limits.idleTimeout = .milliseconds(300)
        }
        try await run(Self.configuration, adaptIdle) { server, address, _ in
            // Where a machine stands still a connection may be idle for too long before it is deaf.
            for _ in 1...20 {
                let deaf = try await TestClient.connect(to: address, tls: try TestServer.clientTLS())
                await deaf.trySend("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                guard await deaf.response()?.status == 200, (try? await deaf.stopReading()) != nil,
                    server.connectionCount > 0
                else { continue }
                while server.connectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
                await deaf.close()
                return
            }
            Issue.record("no connection was open for long enough")
        }
    }

    @Test("A renewed certificate is given to new connections; open ones go on")
    func renewed() async throws {
        try await run(Self.configuration) { server, address, folder in
            let before = try await TestClient.connect(to: address, tls: try TestServer.clientTLS())
            try await before.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await before.response()?.status == 200)
            #expect(try await presented(address) == "server")
            // One of the two files alone does not fit the other.
            try TestServer.copy("renewed.pem", to: folder.appending("server.pem"))
            await server.reload()
            #expect(try await presented(address) == "server")
            try TestServer.copy("renewed.key", to: folder.appending("server.key"))
            await server.reload()
            #expect(try await presented(address) == "renewed")
            try await before.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await before.response()?.status == 200)
            await before.close()
        }
    }

    @Test(
        "Who was let in by another authority is ended, when its response is there", .timeLimit(.minutes(5)),
        arguments: [
            "  client_ca_file: other-authority.pem\n  client_auth_type: RequireAndVerifyClientCert\n",
            Self.clientKeys + "RequireAndVerifyClientCert\n  min_version: TLS13\n",
        ])
    func otherRequirements(_ settings: String) async throws {
        let gate = Gate()
        let responder = StubResponder("x 1\n", gate: gate)
        try await TestServer.withFolder { folder in
            for name in ["server.pem", "server.key", "client-authority.pem", "other-authority.pem"] {
                try TestServer.copy(name, to: folder.appending(name))
            }
            let file = folder.appending("web.yml")
            let before = Self.configuration + Self.clientKeys + "RequireAndVerifyClientCert\n"
            try TestServer.write(before, to: file)
            try await TestServer.run(responder, { $0.configurationFile = file }) { server, address in
                let tls = try TestServer.clientTLS(certificate: "client")
                let idle = try await TestClient.connect(to: address, tls: tls)
                try await idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(await idle.response()?.status == 200)
                let busy = try await TestClient.connect(to: address, tls: tls)
                try await busy.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
                await gate.waitForArrival()
                // The same again, in other words, ends nobody.
                try TestServer.write("# The same.\n" + before, to: file)
                await server.reload()
                try await idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(await idle.response()?.status == 200)
                try TestServer.write(Self.configuration + settings, to: file)
                await server.reload()
                #expect(await idle.remainder() == "")
                gate.open()
                #expect(await busy.response()?.text == "x 1\n")
                #expect(await busy.remainder() == "")
                if settings.contains("other-authority") {
                    await expect(address, tls, isServed: false)
                    try await expect(address, TestServer.clientTLS(certificate: "stranger"), isServed: true)
                }
            }
        }
    }

    @Test(
        "Who is let in by a file that is half written has to wait for a restart",
        arguments: [
            ("", "client_auth_type: RequireAndVerifyClientCert is not replaced by NoClientCert"),
            (
                Self.clientKeys + "VerifyClientCertIfGiven\n  min_version: TLS13\n",
                "client_auth_type: RequireAndVerifyClientCert is not replaced by VerifyClientCertIfGiven"
            ),
            (Self.clientKeys + "RequireAndVerifyClientCert\n", "min_version: TLS13 is not replaced by TLS12"),
        ])
    func weaker(_ settings: String, _ problem: String) async throws {
        try await TestServer.withFolder { folder in
            for name in ["server.pem", "server.key", "client-authority.pem"] {
                try TestServer.copy(name, to: folder.appending(name))
            }
            let file = folder.appending("web.yml")
            let strict = Self.clientKeys + "RequireAndVerifyClientCert\n  min_version: TLS13\n"
            try TestServer.write(Self.configuration + strict, to: file)
            let security = try WebSecurity(file: file)
            let before = security.current.requirements
            try TestServer.write(Self.configuration + settings, to: file)
            guard case .failed(let error) = security.update() else {
                Issue.record("the weaker configuration is current")
                return
            }
            #expect(
                error.problems == [
                    "\(file): error: tls_server_config.\(problem) while serving, nor anything else taken from the files; restart the exporter for that"
                ])
            #expect(security.current.requirements == before)
        }
    }

    /// Which of our certificates a server presents.
    private func presented(_ address: String) async throws -> String? {
        let client = try await TestClient.connect(to: address, tls: try TestServer.clientTLS())
        try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = await client.response()
        let certificate = try await client.peerCertificate()
        await client.close()
        return try ["server", "renewed"].first { name in
            let path = TestServer.certificates.appending("\(name).pem").string
            return try NIOSSLCertificate.fromPEMFile(path).first == certificate
        }
    }

    @Test("Files that are not what they should be are named")
    func unusable() async throws {
        func error(_ change: (FilePath) throws -> Void) async throws -> [String] {
            try await TestServer.withFolder { folder in
                for name in ["server.pem", "server.key", "client-authority.pem"] {
                    try TestServer.copy(name, to: folder.appending(name))
                }
                let file = folder.appending("web.yml")
                try TestServer.write(Self.configuration + Self.clientKeys + "RequireAndVerifyClientCert\n", to: file)
                try change(folder)
                do throws(WebConfigurationError) {
                    _ = try WebSecurity(file: file)
                    return []
                } catch {
                    return error.problems.map { $0.replacing(folder.string, with: "FOLDER") }
                }
            }
        }
        #expect(try await error { _ in } == [])
        #expect(
            try await error { try TestServer.write("", to: $0.appending("server.pem")) }
                == ["FOLDER/server.pem: error: no certificate in PEM"])
        #expect(
            try await error { try TestServer.copy("server.key", to: $0.appending("client-authority.pem")) }
                == ["FOLDER/client-authority.pem: error: no certificate in PEM"])
        #expect(
            try await error { try TestServer.write("x", to: $0.appending("server.key")) } == [
                "FOLDER/server.key: error: no private key in PEM, or one that is encrypted: the server cannot ask for its passphrase"
            ])
        #expect(
            try await error { try TestServer.copy("renewed.key", to: $0.appending("server.key")) }
                == ["FOLDER/server.key: error: not the key of the certificate in FOLDER/server.pem"])
        // The key is right, but TLS knows no such curve.
        #expect(
            try await error {
                try TestServer.copy("curve.pem", to: $0.appending("server.pem"))
                try TestServer.copy("curve.key", to: $0.appending("server.key"))
            }
            .map { $0.hasPrefix("FOLDER/server.pem: error: TLS has no use for this certificate: ") } == [true])
        #expect(
            try await error {
                try TestServer.write("tls_server_config: {cert_file: a, key_file: b}", to: $0.appending("web.yml"))
            } == [
                "FOLDER/web.yml:1:32: error: tls_server_config.cert_file: cannot open FOLDER/a: No such file or "
                    + "directory (ENOENT); a service of systemd may need LoadCredential= for it"
            ])
    }

    @Test("Changes of any file are seen without being told, failures told once")
    func watched() async throws {
        try await TestServer.withFolder { folder in
            for name in ["server.pem", "server.key"] { try TestServer.copy(name, to: folder.appending(name)) }
            let file = folder.appending("web.yml")
            try TestServer.write(Self.configuration, to: file)
            let security = try WebSecurity(file: file)
            func outcome(always: Bool = false) -> String {
                switch security.update(always: always) {
                case .unchanged: "unchanged"
                case .replaced: "replaced"
                case .failed(let error): error.problems.joined().replacing(folder.string, with: "FOLDER")
                }
            }
            #expect(outcome() == "unchanged")
            try TestServer.copy("renewed.pem", to: folder.appending("server.pem"))
            let mismatch = "FOLDER/server.key: error: not the key of the certificate in FOLDER/server.pem"
            #expect(outcome() == mismatch)
            #expect(outcome() == "unchanged")
            #expect(outcome(always: true) == mismatch)
            try TestServer.copy("renewed.key", to: folder.appending("server.key"))
            #expect(outcome() == "replaced")
            try TestServer.write("", to: file)
            #expect(
                outcome()
                    == "FOLDER/web.yml: error: tls_server_config: TLS is not switched off while serving, nor anything else taken from the files; restart the exporter for that"
            )
            #expect(security.current.tls != nil)
            try FileSystem.remove(file)
            #expect(outcome() == "cannot open FOLDER/web.yml: No such file or directory (ENOENT)")
            try TestServer.write(Self.configuration, to: file)
            #expect(outcome() == "replaced")
        }
    }
}
