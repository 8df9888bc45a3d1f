internal import Logging
internal import Synchronization

/// Tells of clients that get nothing, so that neither a scraper that is set up wrongly nor somebody who tries out passwords
/// fills the log: of each kind one line in a while, and all others for those who have asked for every request.
final class ClientLog: Sendable {
    /// Why a client gets nothing. Its kinds are few, whatever clients do.
    enum Kind: Hashable, Sendable {
        /// It speaks HTTP without TLS where TLS is spoken.
        case plainRequest
        /// It has gone before the end of the TLS handshake.
        case handshakeEnd
        /// The TLS handshake has failed, for a reason that has an explanation, by its name; nil for all others.
        case handshake(name: String?)
        /// It has given no password.
        case noPassword
        /// It has given a wrong password, or the name of nobody.
        case wrongPassword
        /// Too many passwords wait to be checked.
        case overloaded

        /// How important it is, the first time in a while. Clients that have never got anything are mostly no matter.
        var level: Logger.Level {
            switch self {
            case .plainRequest, .handshakeEnd, .handshake, .noPassword: .info
            case .wrongPassword, .overloaded: .warning
            }
        }
    }

    private struct Last {
        var instant: ContinuousClock.Instant
        /// How many have been left out since.
        var leftOut = 0
    }

    private let logger: Logger
    private let interval: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private let last = Mutex<[Kind: Last]>([:])

    /// A log in which nothing has been told.
    ///
    /// - Parameters:
    ///   - logger: Where lines go.
    ///   - interval: How long nothing more is told of a kind.
    ///   - now: The time.
    init(
        _ logger: Logger, interval: Duration = .seconds(60),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.logger = logger
        self.interval = interval
        self.now = now
    }

    /// Tells of a client.
    ///
    /// - Parameters:
    ///   - kind: Why it gets nothing.
    ///   - text: That as a sentence.
    ///   - client: The client's address.
    func tell(_ kind: Kind, _ text: String, client: String) {
        let now = now()
        // Nil if this one is left out.
        let leftOut: Int? = last.withLock { last in
            if let previous = last[kind], previous.instant + interval > now {
                last[kind]?.leftOut += 1
                return nil
            }
            return last.updateValue(Last(instant: now), forKey: kind)?.leftOut ?? 0
        }
        let metadata: Logger.Metadata = ["client": "\(client)"]
        guard let leftOut else { return logger.debug("\(text)", metadata: metadata) }
        let others = leftOut > 0 ? " (\(leftOut) more since this was last said)" : ""
        logger.log(level: kind.level, "\(text)\(others)", metadata: metadata)
    }

    /// Tells of something that is no failure, to those who have asked for every request.
    func debug(_ text: String, client: String) {
        logger.debug("\(text)", metadata: ["client": "\(client)"])
    }
}
