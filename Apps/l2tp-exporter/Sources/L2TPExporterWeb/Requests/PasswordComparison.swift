internal import PasswordHash

/// What a password is compared with. It takes the same time for whatever name, be it a user's or nobody's.
struct PasswordComparison: Sendable {
    /// The user's hash; nil if there is no such user.
    let hash: BcryptHash?
    /// Hashes that nothing but time is spent on.
    let padding: [BcryptHash]

    /// How many rounds of bcrypt it takes.
    var rounds: Int { padding.reduce(hash.map { 1 << $0.cost } ?? 0) { $0 + 1 << $1.cost } }

    /// Whether a password is the user's.
    func matches(_ password: [UInt8]) -> Bool {
        let isRight = hash?.matches(password) ?? false
        for hash in padding { _ = hash.matches(password) }
        return isRight
    }
}
