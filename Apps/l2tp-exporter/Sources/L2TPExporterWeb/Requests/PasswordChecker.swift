internal import NIOPosix
internal import PasswordHash

/// Tells whether users have given their passwords.
///
/// bcrypt is slow on purpose, so that it runs on threads of its own, and only once for a password that was right: that
/// is remembered as a keyed hash, which is worth nothing outside of this process. Who has to be computed waits for a turn;
/// clients take turns, so that one who tries out passwords keeps out nobody else.
actor PasswordChecker {
    /// What is made of credentials.
    enum Verdict {
        /// They are a user's.
        case accepted
        /// They are not.
        case rejected
        /// So many are waiting to be checked that there is no telling in time.
        case overloaded
    }

    /// Compares a password.
    typealias Compute = @Sendable (PasswordComparison, [UInt8]) async -> Bool

    /// Two hashes by SipHash under keys that were drawn at start.
    private struct Digest: Hashable {
        var first: Int
        var second: Int
    }

    /// The same credentials from the same client are checked once, however often they come meanwhile.
    private struct Key: Hashable {
        var client: ClientAddress
        var digest: Digest
    }

    private struct Job {
        var credentials: BasicCredentials
        var table: UserTable
        var waiters: [UInt64: CheckedContinuation<Verdict, Never>] = [:]
    }

    /// As many passwords are computed at a time: of what tries out passwords, no more of the processor is to be had.
    private static let threadCount = 2
    /// Nobody else's work waits behind that of bcrypt.
    private static let threads: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: threadCount)
        pool.start()
        return pool
    }()

    private let compute: Compute
    private let keys: [UInt64]
    /// The last right credentials of each user.
    private var verified: [String: Digest] = [:]
    private var jobs: [Key: Job] = [:]
    private var queue: FairQueue<ClientAddress, Key>
    private var running = 0
    private var lastWaiter: UInt64 = 0
    /// How often a password was compared.
    private(set) var computations = 0

    /// A checker that remembers nothing yet.
    ///
    /// - Parameters:
    ///   - capacity: As many passwords may wait to be computed.
    ///   - compute: Compares; returns only when it has.
    init(capacity: Int = 16, compute: @escaping Compute = PasswordChecker.compareOnThread) {
        self.compute = compute
        queue = FairQueue(capacity: capacity)
        var generator = SystemRandomNumberGenerator()
        keys = (0..<4).map { _ in generator.next() }
    }

    /// How many passwords wait for their turn.
    var waitingCount: Int { queue.count }

    /// Checks credentials. An unknown user costs as much time as a wrong password.
    ///
    /// - Parameters:
    ///   - credentials: What the client has given.
    ///   - client: Who takes turns with others.
    ///   - table: The users.
    ///   - deadline: When waiting is given up.
    /// - Returns: What is made of them.
    func check(
        _ credentials: BasicCredentials, of client: ClientAddress = ClientAddress(nil), against table: UserTable,
        until deadline: ContinuousClock.Instant? = nil
    ) async -> Verdict {
        guard !table.isOpen else { return .accepted }
        let digest = digest(credentials, table)
        if isVerified(credentials.user, digest, table) { return .accepted }
        let key = Key(client: client, digest: digest)
        if jobs[key] == nil {
            switch queue.add(key, of: client) {
            case .taken: break
            case .takenInPlace(of: let other): end(other, .overloaded)
            case .refused: return .overloaded
            }
            jobs[key] = Job(credentials: credentials, table: table)
        }
        lastWaiter += 1
        let waiter = lastWaiter
        let timer = deadline.map { deadline in
            Task {
                // Cancelled when the verdict is there.
                guard (try? await Task.sleep(until: deadline, clock: .continuous)) != nil else { return }
                expire(waiter, of: key)
            }
        }
        let verdict = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                jobs[key]?.waiters[waiter] = continuation
                startNext()
                // Whoever is cancelled later finds the waiter.
                if Task.isCancelled { expire(waiter, of: key) }
            }
        } onCancel: {
            // The client is gone.
            Task { await expire(waiter, of: key) }
        }
        timer?.cancel()
        return verdict
    }

    private func startNext() {
        while running < Self.threadCount, let (client, key) = queue.next() {
            guard let job = jobs[key] else {
                queue.end(of: client)
                continue
            }
            running += 1
            computations += 1
            let compute = compute
            Task {
                let isRight = await compute(job.table.comparison(for: job.credentials.user), job.credentials.password)
                finish(key, isRight)
            }
        }
    }

    private func finish(_ key: Key, _ isRight: Bool) {
        running -= 1
        queue.end(of: key.client)
        if isRight, let job = jobs[key] {
            verified[job.credentials.user] = key.digest
            verified = verified.filter { job.table.hashes[$0.key] != nil }
        }
        end(key, isRight ? .accepted : .rejected)
        startNext()
    }

    private func end(_ key: Key, _ verdict: Verdict) {
        for waiter in jobs.removeValue(forKey: key)?.waiters.values.map(\.self) ?? [] {
            waiter.resume(returning: verdict)
        }
    }

    /// Ends somebody's waiting. What nobody waits for any more need not be begun; what is begun may serve the next one.
    private func expire(_ waiter: UInt64, of key: Key) {
        guard let continuation = jobs[key]?.waiters.removeValue(forKey: waiter) else { return }
        continuation.resume(returning: .overloaded)
        guard jobs[key]?.waiters.isEmpty ?? false, queue.remove(of: key.client, where: { $0 == key }) else { return }
        jobs[key] = nil
    }

    private func isVerified(_ user: String, _ digest: Digest, _ table: UserTable) -> Bool {
        guard table.hashes[user] != nil, let known = verified[user] else { return false }
        return (known.first ^ digest.first) | (known.second ^ digest.second) == 0
    }

    private func digest(_ credentials: BasicCredentials, _ table: UserTable) -> Digest {
        func hashed(_ keys: ArraySlice<UInt64>) -> Int {
            var hasher = Hasher()
            for key in keys { hasher.combine(key) }
            hasher.combine(credentials)
            hasher.combine(table.hashes[credentials.user])
            return hasher.finalize()
        }
        return Digest(first: hashed(keys[..<2]), second: hashed(keys[2...]))
    }

    /// Compares on one of the threads for that.
    static let compareOnThread: Compute = { comparison, password in
        // It fails only when the process ends.
        (try? await threads.runIfActive { comparison.matches(password) }) ?? false
    }
}
