import L2TPNetlink

/// A line on standard error that says how far a deletion is, when it takes its time and somebody watches.
struct ProgressLine {
    private let console: Console
    private var shownSeconds: Int64 = 0

    init(_ console: Console) {
        self.console = console
    }

    /// Says how far a deletion is, once a second from the first second on.
    mutating func show(_ progress: DeletionProgress) {
        show(
            "deleting \(progress.object)", elapsed: progress.elapsed, limit: progress.limit,
            remaining: progress.remainingInterfaces)
    }

    /// Says anything, once a second from the first second on.
    mutating func show(_ text: String, elapsed: Duration) {
        let seconds = elapsed.components.seconds
        guard console.errorIsTerminal, seconds > shownSeconds else { return }
        shownSeconds = seconds
        console.writeError("\r\u{1b}[K\(text)")
    }

    /// Says what is being done, how many interfaces are left, and how long it takes.
    mutating func show(_ action: String, elapsed: Duration, limit: Duration, remaining: Int) {
        let interfaces = remaining > 0 ? "\(remaining) interfaces left, " : ""
        let seconds = "\(elapsed.components.seconds) s of at most \(limit.components.seconds) s"
        show("\(action): \(interfaces)\(seconds)", elapsed: elapsed)
    }

    /// Takes the line away again.
    mutating func clear() {
        if shownSeconds > 0 { console.writeError("\r\u{1b}[K") }
        shownSeconds = 0
    }
}
