internal import L2TPConfig
internal import NIOCore
internal import NIOSSL
internal import SystemPackage

/// Makes of ``TLSSettings``, and of what the files named there hold, what NIOSSL needs for connections.
enum TLSContext {
    /// Makes a context.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - bytes: What the files named there hold.
    /// - Returns: The context.
    /// - Throws: ``WebConfigurationError`` that names the file.
    static func make(
        _ settings: TLSSettings, bytes: [FilePath: [UInt8]]
    ) throws(WebConfigurationError) -> NIOSSLContext {
        let chain = try certificates(settings.certificateFile, bytes)
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(bytes: bytes[settings.keyFile] ?? [], format: .pem)
        } catch {
            throw problem(
                settings.keyFile,
                "no private key in PEM, or one that is encrypted: the server cannot ask for its passphrase")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        switch settings.minimumVersion {
        case .version12: configuration.minimumTLSVersion = .tlsv12
        case .version13: configuration.minimumTLSVersion = .tlsv13
        }
        if let file = settings.clientAuthorityFile, settings.clientVerification != .none {
            configuration.trustRoots = .certificates(try certificates(file, bytes))
            configuration.sendCANameList = true
            configuration.certificateVerification =
                settings.clientVerification == .required ? .noHostnameVerification : .optionalVerification
        }
        // A client that is to take leave and does not is left.
        configuration.shutdownTimeout = .seconds(1)
        configuration.applicationProtocols = ["http/1.1"]
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw problem(settings.keyFile, "not the key of the certificate in \(settings.certificateFile)")
        }
    }

    private static func certificates(
        _ file: FilePath, _ bytes: [FilePath: [UInt8]]
    ) throws(WebConfigurationError) -> [NIOSSLCertificate] {
        do {
            let certificates = try NIOSSLCertificate.fromPEMBytes(bytes[file] ?? [])
            guard !certificates.isEmpty else { throw problem(file, "no certificate in PEM") }
            return certificates
        } catch {
            throw problem(file, "no certificate in PEM")
        }
    }

    private static func problem(_ file: FilePath, _ message: String) -> WebConfigurationError {
        WebConfigurationError(SourceLocation(file: file.string), message)
    }
}
