internal import PasswordHash

/// The users and the hashes of their passwords.
struct UserTable: Sendable {
    /// The hash of each user's password.
    let hashes: [String: BcryptHash]
    /// What the password of an unknown user is compared with, so that it takes as long: the costliest hash there is.
    let decoy: BcryptHash?

    /// A table; an empty one lets anybody in.
    init(_ hashes: [String: BcryptHash]) {
        self.hashes = hashes
        decoy = hashes.values.max { $0.cost < $1.cost }
    }

    /// Whether anybody may look.
    var isOpen: Bool { hashes.isEmpty }
}
