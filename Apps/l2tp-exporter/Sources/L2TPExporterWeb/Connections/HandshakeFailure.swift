internal import NIOSSL

/// Why a TLS handshake has failed.
struct HandshakeFailure: Hashable, Sendable {
    /// What is between the library's own words and the name of the reason.
    private static let marker = ":OPENSSL_internal:"
    private static let explanations = [
        "UNSUPPORTED_PROTOCOL": "the client speaks no version of TLS that min_version allows",
        "NO_SHARED_CIPHER": "the client speaks no cipher suite that is spoken here",
        "CERTIFICATE_VERIFY_FAILED": "the client's certificate is not valid, or not of an authority in client_ca_file",
        "PEER_DID_NOT_RETURN_A_CERTIFICATE": "the client has no certificate, which client_auth_type demands",
        "TLSV1_ALERT_UNKNOWN_CA": "the client does not know the authority of the server's certificate: its ca_file?",
        "SSLV3_ALERT_BAD_CERTIFICATE": "the client does not accept the server's certificate",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN": "the client does not accept the server's certificate",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED": "for the client, the server's certificate has expired: or has its clock?",
        // What OpenSSL says in TLS 1.3 before it encrypts cannot be told from noise.
        "BAD_PACKET_LENGTH": "the client has given up, mostly for not accepting the server's certificate",
        "WRONG_VERSION_NUMBER": "what the client sends is not TLS",
    ]

    /// Whether the connection has come to its end before the handshake.
    let isEnd: Bool
    /// The library's name for the reason, if it is one that is explained here. A client may bring about hundreds of others.
    let name: String?
    /// The reason in words, with the library's name for it.
    let reason: String

    /// Reads an error of NIOSSL; nil for one that is not of a handshake.
    init?(_ error: any Error) {
        guard case .handshakeFailed(let cause)? = error as? NIOSSLError else { return nil }
        guard case .sslError(let stack) = cause, let first = stack.first else {
            self.init(isEnd: false, description: "\(cause)")
            return
        }
        let isEnd = first == .eofDuringHandshake || first == .eofDuringAdditionalCertficiateChainValidation
        self.init(isEnd: isEnd, description: first.description)
    }

    /// Takes the name from `Error: 268435703 error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER at FILE:LINE`.
    init(isEnd: Bool, description: String) {
        let name = description.firstRange(of: Self.marker).map { marker in
            String(description[marker.upperBound...].prefix { $0 != " " })
        }
        let explanation = name.flatMap { Self.explanations[$0] }
        self.isEnd = isEnd
        self.name = explanation == nil ? nil : name
        reason =
            if isEnd {
                "the client has gone, or has taken too long"
            } else if let name {
                explanation.map { "\($0) (\(name))" } ?? name
            } else {
                description
            }
    }
}
