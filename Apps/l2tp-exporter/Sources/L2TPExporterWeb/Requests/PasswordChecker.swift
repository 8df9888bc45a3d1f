internal import NIOPosix
internal import PasswordHash

/// Tells whether users have given their passwords.
///
/// bcrypt is slow on purpose, so that it runs on threads that nobody waits for, and only once for a password that was
/// right: that is remembered as a keyed hash, which is worth nothing outside of this process.
actor PasswordChecker {
    /// What is made of credentials.
    enum Verdict {
        /// They are a user's.
        case accepted
        /// They are not.
        case rejected
        /// So many are being checked that there is no telling.
        case overloaded
    }

    /// Two hashes by SipHash under keys that were drawn at start.
    private struct Digest: Hashable {
        var first: Int
        var second: Int
    }

    /// As many passwords may be waiting or being checked.
    private let capacity: Int
    private let keys: [UInt64]
    /// The last right credentials of each user.
    private var verified: [String: Digest] = [:]
    /// Those that are being checked. Whoever brings the same waits for the same.
    private var running: [Digest: Task<Bool, Never>] = [:]
    /// How often bcrypt has run.
    private(set) var computations = 0

    /// A checker that remembers nothing yet.
    init(capacity: Int = 16) {
        self.capacity = capacity
        var generator = SystemRandomNumberGenerator()
        keys = (0..<4).map { _ in generator.next() }
    }

    /// Checks credentials. An unknown user costs as much time as a wrong password.
    func check(_ credentials: BasicCredentials, against table: UserTable) async -> Verdict {
        let hash = table.hashes[credentials.user]
        guard let compared = hash ?? table.decoy else { return .accepted }
        let digest = digest(credentials, hash)
        if hash != nil, let known = verified[credentials.user], Self.areEqual(known, digest) { return .accepted }
        let isRight: Bool
        if let task = running[digest] {
            isRight = await task.value
        } else {
            guard running.count < capacity else { return .overloaded }
            computations += 1
            let task = Task { await Self.compare(credentials.password, compared) }
            running[digest] = task
            isRight = await task.value
            running[digest] = nil
        }
        guard isRight, hash != nil else { return .rejected }
        verified[credentials.user] = digest
        verified = verified.filter { table.hashes[$0.key] != nil }
        return .accepted
    }

    private static func compare(_ password: [UInt8], _ hash: BcryptHash) async -> Bool {
        // It fails only when the process ends.
        (try? await NIOThreadPool.singleton.runIfActive { hash.matches(password) }) ?? false
    }

    private func digest(_ credentials: BasicCredentials, _ hash: BcryptHash?) -> Digest {
        func hashed(_ keys: ArraySlice<UInt64>) -> Int {
            var hasher = Hasher()
            for key in keys { hasher.combine(key) }
            hasher.combine(credentials)
            hasher.combine(hash)
            return hasher.finalize()
        }
        return Digest(first: hashed(keys[..<2]), second: hashed(keys[2...]))
    }

    private static func areEqual(_ left: Digest, _ right: Digest) -> Bool {
        (left.first ^ right.first) | (left.second ^ right.second) == 0
    }
}
