internal import PasswordHash

/// The users and the hashes of their passwords.
struct UserTable: Sendable {
    /// The hash of each user's password.
    let hashes: [String: BcryptHash]
    /// What the password of an unknown user is compared with: the costliest hash there is.
    let decoy: BcryptHash?
    /// A hash of each cost from that of the cheapest hash there is, up to that of the costliest.
    private let decoys: [BcryptHash]

    /// A table; an empty one lets anybody in.
    init(_ hashes: [String: BcryptHash]) {
        self.hashes = hashes
        let decoy = hashes.values.max { $0.cost < $1.cost }
        let lowest = hashes.values.lazy.map(\.cost).min()
        self.decoy = decoy
        decoys =
            if let decoy, let lowest { (lowest...decoy.cost).compactMap { decoy.with(cost: $0) } } else { [] }
    }

    /// Whether anybody may look.
    var isOpen: Bool { hashes.isEmpty }

    /// What is to be computed for a name.
    ///
    /// Each step of cost doubles the rounds: a hash, another one of the same cost, and one of each cost above it except the
    /// highest, are together as many rounds as that of the highest.
    func comparison(for user: String) -> PasswordComparison {
        guard let hash = hashes[user] else { return PasswordComparison(hash: nil, padding: decoys.suffix(1)) }
        let padding = decoys.dropLast().filter { $0.cost >= hash.cost }
        return PasswordComparison(hash: hash, padding: padding)
    }
}
