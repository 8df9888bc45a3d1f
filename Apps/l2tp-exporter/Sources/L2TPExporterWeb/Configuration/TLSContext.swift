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
            throw contextProblem(settings, error)
        }
    }

    /// What is wrong with files each of which can be read.
    private static func contextProblem(_ settings: TLSSettings, _ error: any Error) -> WebConfigurationError {
        switch error as? NIOSSLError {
        case .failedToLoadPrivateKey:
            problem(settings.keyFile, "not the key of the certificate in \(settings.certificateFile)")
        case .failedToLoadCertificate:
            problem(
                settings.certificateFile,
                "TLS has no use for this certificate: it needs a key of RSA, Ed25519 or ECDSA with P-256, P-384 or P-521, "
                    + "and a key usage, if any, with digitalSignature")
        default: problem(settings.certificateFile, "cannot be used for TLS: \(error)")
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
