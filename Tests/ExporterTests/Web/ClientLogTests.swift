import Logging
import NIOCore
import NIOSSL
import Synchronization
import SystemPackage
import Testing

@testable import L2TPExporterWeb

@Suite("What the log says of clients that get nothing")
struct ClientLogTests {
    private let lines = Recorder<String>()

    private static let tls = "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n"
    private static let users = "basic_auth_users:\n  me: \(AuthenticationTests.secret)\n"

    /// Runs a body with a server that a configuration says how to be.
    private func run(
        _ text: String, _ level: Logger.Level = .info, _ adapt: (inout WebOptions) -> Void = { _ in },
        _ body: (WebServer, String) async throws -> Void
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
            let logger = RecordingLog.logger(lines, level)
            try await TestServer.run(StubResponder(), configure, logger: logger) { server, address in
                try await body(server, address)
            }
        }
    }

    /// The lines but for those about the server itself.
    private var clients: [String] { lines.elements.filter { !$0.contains("listening on") } }

    private func wait(forLines count: Int) async throws {
        while clients.count < count { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test("One line of each kind in a while, with the number of those left out; all for who wants every request")
    func limit() {
        let start = ContinuousClock.now
        let time = Mutex(start)
        let now: @Sendable () -> ContinuousClock.Instant = { time.withLock(\.self) }
        let all = Recorder<String>()
        let few = ClientLog(RecordingLog.logger(lines), interval: .seconds(60), now: now)
        let every = ClientLog(RecordingLog.logger(all, .debug), interval: .seconds(60), now: now)
        func tell(_ kind: ClientLog.Kind, _ text: String, after seconds: Int) {
            time.withLock { $0 = start + .seconds(seconds) }
            for log in [few, every] { log.tell(kind, text, client: "192.0.2.\(seconds)") }
        }
        tell(.wrongPassword, "a", after: 0)
        tell(.wrongPassword, "b", after: 1)
        tell(.noPassword, "c", after: 2)
        tell(.handshake(name: "x"), "d", after: 3)
        tell(.handshake(name: nil), "e", after: 4)
        tell(.wrongPassword, "f", after: 59)
        tell(.wrongPassword, "g", after: 60)
        tell(.wrongPassword, "h", after: 130)
        #expect(
            lines.elements == [
                "warning a client=192.0.2.0", "info c client=192.0.2.2", "info d client=192.0.2.3",
                "info e client=192.0.2.4", "warning g (2 more since this was last said) client=192.0.2.60",
                "warning h client=192.0.2.130",
            ])
        #expect(
            all.elements.filter { $0.hasPrefix("debug") } == ["debug b client=192.0.2.1", "debug f client=192.0.2.59"])
        #expect(all.elements.count == 8)
    }

    @Test("Wrong passwords are told with the user's name, if there is such a user, and never with the password")
    func passwords() async throws {
        try await run(Self.users, .debug) { _, address in
            for headers in [[], AuthenticationTests.wrong, AuthenticationTests.wrong, AuthenticationTests.right] {
                _ = try await TestClient.get(address, "/metrics?x", headers: headers)
            }
        }
        #expect(
            clients == [
                "debug GET /metrics?x 401 client=127.0.0.1",
                "info a client gives no name and password client=127.0.0.1",
                "debug GET /metrics?x 401 client=127.0.0.1",
                "warning a client gives a wrong password of user \"me\" client=127.0.0.1",
                "debug GET /metrics?x 401 client=127.0.0.1",
                "debug a client gives a wrong password of user \"me\" client=127.0.0.1",
                "debug GET /metrics?x 200 client=127.0.0.1",
            ])
        let others = ClientLogTests()
        try await others.run(Self.users) { _, address in
            _ = try await TestClient.get(address, "/", headers: AuthenticationTests.stranger)
        }
        #expect(others.clients == ["warning a client gives the name of no user client=127.0.0.1"])
    }

    @Test("Nothing is told of clients that are gone before they are answered", .timeLimit(.minutes(5)))
    func gone() async throws {
        // A cost that takes its time.
        let users = Self.users.replacing("$04$", with: "$12$")
        try await run(users, .debug) { server, address in
            let client = try await TestClient.connect(to: address)
            let header = AuthenticationTests.wrong.joined()
            try await client.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\(header)\r\n\r\n")
            try await Task.sleep(for: .milliseconds(20))
            await client.close()
            while server.connectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
        }
        #expect(clients.allSatisfy { !$0.hasPrefix("warning too many") && !$0.contains("client=unix") })
    }

    @Test("What is in force is said with each address; a configuration of nothing gets a warning")
    func listening() async throws {
        func said(_ text: String) async throws -> [String] {
            let log = ClientLogTests()
            try await log.run(text) { _, address in
                #expect(log.lines.elements.first?.hasPrefix("info listening on \(address), ") ?? false)
            }
            return log.lines.elements.map { line in
                guard let comma = line.firstIndex(of: ",") else {
                    return String(line.split(separator: "/").last ?? "")
                }
                return String(line[line.index(comma, offsetBy: 2)...])
            }
        }
        let client = "  client_ca_file: client-authority.pem\n  client_auth_type: "
        #expect(
            try await said("# Nothing.\n") == [
                "plain HTTP, no password", "web.yml sets up neither TLS nor passwords: whoever can connect may look",
            ])
        #expect(try await said(Self.users) == ["plain HTTP, passwords of 1 user"])
        #expect(try await said(Self.tls) == ["TLS, no password"])
        #expect(
            try await said(Self.tls + Self.users + "  you: \(AuthenticationTests.other)\n")
                == ["TLS, passwords of 2 users"])
        #expect(
            try await said(Self.tls + client + "RequireAndVerifyClientCert\n")
                == ["TLS with clients' certificates, no password"])
        #expect(
            try await said(Self.tls + client + "VerifyClientCertIfGiven\n")
                == ["TLS with clients' certificates if they have one, no password"])
    }

    @Test(
        "A request without TLS is told what is wrong, however long it is, and is the last", .timeLimit(.minutes(5)),
        arguments: [("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", 0), ("P", 0), ("GET /", 10_000), ("POST /", 4 << 20)])
    func plain(_ beginning: String, _ more: Int) async throws {
        let request = beginning + String(repeating: "x", count: more)
        // Nobody is left because of time.
        func adapt(_ options: inout WebOptions) {
            options.limits.requestTimeout = .seconds(3600)
            options.limits.lingerTimeout = .seconds(3600)
        }
        try await run(Self.tls, .info, adapt) { server, address in
            let client = try await TestClient.connect(to: address)
            let sending = Task { await client.trySend(request) }
            let text = await client.remainder()
            #expect(text.hasPrefix("HTTP/1.0 400 Bad Request\r\n"))
            #expect(
                text.hasSuffix(
                    "\r\n\r\nThis port speaks TLS: the address begins with https://, in Prometheus scheme: https\n"))
            #expect(TestResponse(Array(text.utf8), hasBody: true)?.status == 400)
            await sending.value
            while server.connectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
            // TLS is served as before.
            #expect(try await TestClient.get(address, "/metrics", tls: TestServer.clientTLS())?.status == 200)
        }
        #expect(
            clients == [
                "info a client speaks HTTP without TLS, which is spoken here: it needs https:// client=127.0.0.1"
            ])
    }

    @Test("Why a TLS handshake fails is told", .timeLimit(.minutes(5)))
    func handshakes() async throws {
        let configuration =
            Self.tls + "  min_version: TLS13\n  client_ca_file: client-authority.pem\n"
            + "  client_auth_type: RequireAndVerifyClientCert\n"
        var old = TLSConfiguration.makeClientConfiguration()
        old.certificateVerification = .none
        old.maximumTLSVersion = .tlsv12
        let distrustful = TLSConfiguration.makeClientConfiguration()
        let clients: [(NIOSSLContext, String)] = try [
            (
                NIOSSLContext(configuration: old),
                "the client speaks no version of TLS that min_version allows (UNSUPPORTED_PROTOCOL)"
            ),
            (
                NIOSSLContext(configuration: distrustful),
                "the client does not know the authority of the server's certificate: its ca_file? (TLSV1_ALERT_UNKNOWN_CA)"
            ),
            (
                TestServer.clientTLS(),
                "the client has no certificate, which client_auth_type demands (PEER_DID_NOT_RETURN_A_CERTIFICATE)"
            ),
            (
                TestServer.clientTLS(certificate: "stranger"),
                "the client's certificate is not valid, or not of an authority in client_ca_file (CERTIFICATE_VERIFY_FAILED)"
            ),
        ]
        try await run(configuration) { server, address in
            for (index, client) in clients.enumerated() {
                _ = try? await TestClient.get(address, "/metrics", tls: client.0)
                try await wait(forLines: index + 1)
            }
            // What is neither TLS nor a request; and somebody who goes.
            let noise = try await TestClient.connect(to: address)
            try await noise.send("\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}")
            _ = await noise.remainder()
            try await wait(forLines: clients.count + 1)
            let leaving = try await TestClient.connect(to: address)
            try await leaving.send("\u{16}\u{3}\u{1}")
            await leaving.close()
            try await wait(forLines: clients.count + 2)
            // Somebody who only looks whether the port is open.
            await (try await TestClient.connect(to: address)).close()
            while server.connectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
        }
        let reasons =
            clients.map(\.1) + [
                "what the client sends is not TLS (WRONG_VERSION_NUMBER)", "the client has gone, or has taken too long",
            ]
        #expect(self.clients == reasons.map { "info a TLS handshake has failed: \($0) client=127.0.0.1" })
    }

    @Test("Of the TLS library's errors the name is taken; what has none stays as it is")
    func reasons() {
        func failure(_ text: String) -> HandshakeFailure { HandshakeFailure(isEnd: false, description: text) }
        let error = "Error: 268435581 error:1000007d:SSL routines:OPENSSL_internal:REASON at /x/ssl.cc:123"
        let explained = failure(error.replacing("REASON", with: "WRONG_VERSION_NUMBER"))
        #expect(explained.name == "WRONG_VERSION_NUMBER")
        #expect(explained.reason == "what the client sends is not TLS (WRONG_VERSION_NUMBER)")
        #expect(
            failure(error.replacing("REASON", with: "BAD_PACKET_LENGTH")).reason.hasPrefix("the client has given up"))
        #expect(failure(error).name == nil)
        #expect(failure(error).reason == "REASON")
        #expect(failure("Error: something").reason == "Error: something")
        #expect(HandshakeFailure(ChannelError.eof) == nil)
        #expect(HandshakeFailure(NIOSSLError.uncleanShutdown) == nil)
        #expect(HandshakeFailure(NIOSSLError.handshakeFailed(.sslError([.eofDuringHandshake])))?.isEnd == true)
        #expect(HandshakeFailure(NIOSSLError.handshakeFailed(.sslError([])))?.isEnd == false)
    }
}
