internal import L2TPConfig
internal import NIOSSL
internal import Netlink
internal import PasswordHash
internal import Synchronization
internal import SystemPackage

/// Who may connect, and how: what the configuration file and the files that it names say at present.
///
/// Each new connection, and each request, takes what is current then; connections that have not met what is required
/// by then are ended by the server. What cannot be used changes nothing.
final class WebSecurity: Sendable {
    /// What connections and requests take.
    struct Snapshot: Sendable, CustomStringConvertible {
        /// For new connections; nil means without TLS.
        var tls: NIOSSLContext?
        /// What TLS requires of clients.
        var requirements: Requirements?
        /// Who may look.
        var users = UserTable([:])

        /// Whether whoever can connect may look, and others may read along.
        var isOpen: Bool { tls == nil && users.isOpen }

        /// What is in force, as `TLS, passwords of 2 users`.
        var description: String {
            let count = users.hashes.count
            let passwords = count == 0 ? "no password" : "passwords of \(count) user\(count == 1 ? "" : "s")"
            guard tls != nil else { return "plain HTTP, \(passwords)" }
            let certificates =
                switch requirements?.verification {
                case .required: " with clients' certificates"
                case .ifGiven: " with clients' certificates if they have one"
                case .some(.none), nil: ""
                }
            return "TLS\(certificates), \(passwords)"
        }

        /// What would let in more clients than before, which a file that somebody is just writing may look like; nil if
        /// nothing would.
        fileprivate func weakness(insteadOf before: Self) -> String? {
            if (tls == nil) != (before.tls == nil) {
                return "tls_server_config: TLS is not switched \(tls == nil ? "off" : "on")"
            }
            if users.hashes.isEmpty, !before.users.hashes.isEmpty {
                return "basic_auth_users: passwords are not switched off"
            }
            guard let requirements, let old = before.requirements else { return nil }
            if requirements.verification < old.verification {
                return "tls_server_config.client_auth_type: \(old.verification.rawValue) is not replaced by "
                    + requirements.verification.rawValue
            }
            if requirements.minimumVersion < old.minimumVersion {
                return "tls_server_config.min_version: \(old.minimumVersion.rawValue) is not replaced by "
                    + requirements.minimumVersion.rawValue
            }
            return nil
        }
    }

    /// What a client has to show when it connects, and not again.
    struct Requirements: Equatable, Sendable {
        var verification: TLSSettings.ClientVerification
        /// The certificates of the authorities, if certificates are asked for.
        var authorities: [UInt8]
        var minimumVersion: TLSSettings.Version
    }

    /// What became of an update.
    enum Outcome {
        /// All files are as they were when last read.
        case unchanged
        /// What they say is current from now on. With other requirements, those who are connected have not met them.
        case replaced(hasOtherRequirements: Bool)
        /// They cannot be used; what was current remains.
        case failed(WebConfigurationError)
    }

    /// A configuration is a few lines; a chain of certificates, a few thousand bytes.
    private static let longestFile = 1 << 20

    private let file: FilePath?
    private let snapshot: Mutex<Snapshot>
    /// Of the contents of all files when last read, usable or not. Held while they are read: one reads at a time, and
    /// nobody who takes the snapshot waits for the disk.
    private let fingerprint: Mutex<Int>

    /// Reads the configuration for the first time.
    ///
    /// - Parameter file: The file; nil for neither TLS nor users.
    /// - Throws: ``WebConfigurationError``.
    init(file: FilePath?) throws(WebConfigurationError) {
        self.file = file
        guard let file else {
            snapshot = Mutex(Snapshot())
            fingerprint = Mutex(0)
            return
        }
        let contents = Self.contents(of: file)
        snapshot = Mutex(try Self.snapshot(contents))
        fingerprint = Mutex(contents.fingerprint)
    }

    /// What is current.
    var current: Snapshot { snapshot.withLock { $0 } }

    /// Reads the files again. Waits for the disk.
    ///
    /// - Parameter always: Whether files that are as they were are read as if they had changed, to tell again what is wrong.
    /// - Returns: What became of it.
    func update(always: Bool = false) -> Outcome {
        guard let file else { return .unchanged }
        return fingerprint.withLock { fingerprint in
            let contents = Self.contents(of: file)
            guard always || contents.fingerprint != fingerprint else { return .unchanged }
            fingerprint = contents.fingerprint
            do throws(WebConfigurationError) {
                let replacement = try Self.snapshot(contents)
                if let weakness = replacement.weakness(insteadOf: current) {
                    throw WebConfigurationError(
                        SourceLocation(file: file.string),
                        "\(weakness) while serving, nor anything else taken from the files; restart the exporter for that"
                    )
                }
                let hasOtherRequirements = replacement.requirements != current.requirements
                snapshot.withLock { $0 = replacement }
                return .replaced(hasOtherRequirements: hasOtherRequirements)
            } catch {
                return .failed(error)
            }
        }
    }

    /// What was read: the configuration, and the files that it names.
    private struct Contents {
        var file: FilePath
        var configuration: Result<WebConfiguration, WebConfigurationError>
        var bytes: [FilePath: Result<[UInt8], WebConfigurationError>] = [:]
        var fingerprint = 0
    }

    private static func contents(of file: FilePath) -> Contents {
        var hasher = Hasher()
        let bytes = read(file, &hasher)
        var contents = Contents(
            file: file,
            configuration: bytes.flatMap { bytes in
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    return .failure(WebConfigurationError(SourceLocation(file: file.string), "the text is not UTF-8"))
                }
                return Result { () throws(WebConfigurationError) in try WebConfigurationReader.read(text, file: file) }
            })
        if case .success(let configuration) = contents.configuration, let tls = configuration.tls {
            for named in tls.namedFiles { contents.bytes[named.path] = read(named.path, at: named, &hasher) }
        }
        contents.fingerprint = hasher.finalize()
        return contents
    }

    /// What a file holds; `place` is where it is named.
    private static func read(
        _ file: FilePath, at place: NamedFile? = nil, _ hasher: inout Hasher
    ) -> Result<[UInt8], WebConfigurationError> {
        hasher.combine(file)
        do throws(FileError) {
            let bytes = try FileSystem.read(file, atMost: longestFile)
            hasher.combine(bytes)
            return .success(bytes)
        } catch {
            hasher.combine(error)
            return .failure(place?.failure(error) ?? WebConfigurationError(problems: ["\(error)"]))
        }
    }

    private static func snapshot(_ contents: Contents) throws(WebConfigurationError) -> Snapshot {
        let configuration = try contents.configuration.get()
        var snapshot = Snapshot(users: UserTable(configuration.users))
        if let tls = configuration.tls {
            var bytes: [FilePath: [UInt8]] = [:]
            for file in tls.namedFiles.map(\.path) { bytes[file] = try contents.bytes[file]?.get() }
            snapshot.tls = try TLSContext.make(tls, bytes: bytes)
            let authorities = tls.clientVerification == .none ? nil : tls.clientAuthorityFile.flatMap { bytes[$0] }
            snapshot.requirements = Requirements(
                verification: tls.clientVerification, authorities: authorities ?? [],
                minimumVersion: tls.minimumVersion)
        }
        return snapshot
    }
}
