import Foundation
import L2TPExporterWeb
import Logging
import NIOSSL
import SystemPackage

/// Starts servers, and gives tests what those need.
enum TestServer {
    /// The folder of certificates and keys, which `make` there has made.
    static let certificates = FilePath(#filePath).removingLastComponent().removingLastComponent().appending(
        "Certificates")

    static var options: WebOptions {
        var options = WebOptions(
            listenAddresses: [.tcp(host: "127.0.0.1", port: 0)], name: "exporter <test>", version: "1.2.3",
            summary: "Tells \"how\" things are & why.")
        // Whatever would go on for ever is an error of the test.
        options.limits.drainTimeout = .seconds(30)
        // Nothing is said of time unless a test says it: the machine may be busy.
        options.limits.requestTimeout = .seconds(3600)
        options.limits.idleTimeout = .seconds(3600)
        options.limits.writeTimeout = .seconds(3600)
        options.limits.responseTimeout = .seconds(3600)
        return options
    }

    static var logger: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }

    /// Runs a body with a server, and shuts that down.
    static func run<Result>(
        _ responder: any ScrapeResponder = StubResponder(), _ adapt: (inout WebOptions) throws -> Void = { _ in },
        logger: Logger = logger, _ body: (WebServer, String) async throws -> Result
    ) async throws -> Result {
        var options = options
        try adapt(&options)
        let server = try await WebServer.start(options, responder: responder, logger: logger)
        do {
            let result = try await body(server, server.addresses[0])
            await server.shutDown()
            return result
        } catch {
            await server.shutDown()
            throw error
        }
    }

    /// Runs a body with a folder of its own, which is removed afterwards.
    static func withFolder<Result>(_ body: (FilePath) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "l2tp-web-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(FilePath(folder.path))
    }

    static func write(_ text: String, to path: FilePath) throws {
        try Data(text.utf8).write(to: URL(filePath: path.string))
    }

    static func copy(_ certificate: String, to path: FilePath) throws {
        try Data(contentsOf: URL(filePath: certificates.appending(certificate).string)).write(
            to: URL(filePath: path.string))
    }

    /// What a client speaks that trusts the servers' authority, and has a certificate of that name, if any.
    static func clientTLS(certificate: String? = nil) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(certificates.appending("server-authority.pem").string)
        if let certificate {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(
                certificates.appending("\(certificate).pem").string
            ).map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(file: certificates.appending("\(certificate).key").string, format: .pem))
        }
        return try NIOSSLContext(configuration: configuration)
    }
}
