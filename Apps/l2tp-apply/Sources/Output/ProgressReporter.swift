import CommandLineSupport
import L2TPApply
import Logging

/// Says how far a run is: in a line that is written anew where somebody watches, elsewhere what is waited for.
final class ProgressReporter {
    private let log: Logger
    private let now: () -> Duration
    private let begin: Duration
    private let isWatched: Bool
    private var line: ProgressLine
    private var current: ApplyProgress?
    private var lastWait: (text: String, time: Duration)?

    /// A wait is told this long after it began, and again after each such while.
    private static let interval = Duration.seconds(5)
    private static let patience = Duration.seconds(1)

    /// A reporter that begins now.
    init(_ console: Console, _ log: Logger, now: @escaping () -> Duration) {
        self.log = log
        self.now = now
        begin = now()
        let isWatched = console.errorIsTerminal
        self.isWatched = isWatched
        let write: ((String) -> Void)? = isWatched ? { console.writeError($0) } : nil
        line = ProgressLine(write: write)
    }

    /// Takes note of what is being done.
    func show(_ progress: ApplyProgress) {
        current = progress
        tell()
    }

    /// Says again what is being done, if it is time to; called now and then.
    func tell() {
        guard let current else { return }
        let time = now()
        let elapsed = time - begin
        // The kernel may take a minute until the numbers change.
        line.show("\(current.text) (\(elapsed.components.seconds) s)", elapsed: elapsed)
        guard !isWatched, case .waiting(let things) = current.activity, elapsed >= Self.patience else { return }
        let text = things.joined(separator: ", ")
        if let last = lastWait, last.text == text, time - last.time < Self.interval { return }
        lastWait = (text, time)
        log.info("waiting for \(text)")
    }

    /// Takes the line away.
    func end() {
        current = nil
        line.clear()
    }
}

extension ApplyProgress {
    /// `creating sessions: 12 of 500`.
    fileprivate var text: String {
        let what =
            switch activity {
            case .waiting(let things): "waiting for \(things.joined(separator: ", "))"
            case .modifying: "modifying sessions"
            case .deleting: "deleting"
            case .creatingTunnels: "creating tunnels"
            case .creatingSessions: "creating sessions"
            case .settingUpInterfaces: "setting up interfaces"
            case .undoing: "rolling back"
            }
        return totalCount > 0 ? "\(what): \(doneCount) of \(totalCount)" : what
    }
}
