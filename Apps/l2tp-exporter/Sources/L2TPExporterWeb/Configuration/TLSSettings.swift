internal import SystemPackage

/// How TLS is spoken.
struct TLSSettings: Hashable, Sendable {
    /// Which certificates of clients are asked for, by the names that Go and exporter-toolkit have given them.
    enum ClientVerification: String, Hashable, Sendable, CaseIterable, Comparable {
        /// None.
        case none = "NoClientCert"
        /// One that the client authority has signed, if the client has one.
        case ifGiven = "VerifyClientCertIfGiven"
        /// One that the client authority has signed.
        case required = "RequireAndVerifyClientCert"

        /// Whether the other one keeps out more clients.
        static func < (self: Self, other: Self) -> Bool { self.strictness < other.strictness }

        private var strictness: Int {
            switch self {
            case .none: 0
            case .ifGiven: 1
            case .required: 2
            }
        }
    }

    /// The oldest version of TLS that is spoken.
    enum Version: String, Hashable, Sendable, CaseIterable, Comparable {
        /// TLS 1.2 (RFC 5246).
        case version12 = "TLS12"
        /// TLS 1.3 (RFC 8446).
        case version13 = "TLS13"

        /// Whether the other one is newer.
        static func < (self: Self, other: Self) -> Bool { self == .version12 && other == .version13 }
    }

    /// The server's certificate, followed by those between it and the authority, in PEM.
    var certificateFile: FilePath
    /// The key of the certificate, in PEM and not encrypted.
    var keyFile: FilePath
    /// The certificates of authorities that sign clients' certificates, in PEM.
    var clientAuthorityFile: FilePath?
    /// Which certificates of clients are asked for.
    var clientVerification: ClientVerification = .none
    /// The oldest version that is spoken.
    var minimumVersion: Version = .version12
    /// Those files with the places where they are named.
    var namedFiles: [NamedFile] = []
}
