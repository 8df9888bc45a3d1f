/// What a ``Collector`` has to tell whoever keeps the log: each change once, not each scrape.
public enum CollectorEvent: Hashable, Sendable, CustomStringConvertible {
    /// Something cannot be read, or cannot be read for another reason than before.
    case failed(subject: String, problem: String)
    /// What could not be read can be read again.
    case recovered(subject: String)
    /// A scrape was answered without its metrics because reading took longer than so much.
    case late(Duration)

    /// The event as one line.
    public var description: String {
        switch self {
        case .failed(let subject, let problem): "cannot read \(subject): \(problem)"
        case .recovered(let subject): "\(subject): can be read again"
        case .late(let limit): "reading takes longer than a scrape waits, \(limit)"
        }
    }
}
