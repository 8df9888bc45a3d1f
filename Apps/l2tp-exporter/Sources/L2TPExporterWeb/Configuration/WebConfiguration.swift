internal import PasswordHash

/// What the web server's configuration file says.
struct WebConfiguration: Hashable, Sendable {
    /// How TLS is spoken; nil means that it is not.
    var tls: TLSSettings?
    /// The users and their passwords; if there is none, anybody may look.
    var users: [String: BcryptHash] = [:]
}
