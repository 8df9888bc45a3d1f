import CommandLineSupport
import L2TPNetlink

extension ProgressLine {
    /// A line for those who watch the console.
    init(_ console: Console) {
        self.init(write: console.errorIsTerminal ? console.writeError : nil)
    }

    /// Says how far a deletion is, once a second from the first second on.
    mutating func show(_ progress: DeletionProgress) {
        show(
            "deleting \(progress.object)", elapsed: progress.elapsed, limit: progress.limit,
            remaining: progress.remainingInterfaces)
    }

    /// Says what is being done, how many interfaces are left, and how long it takes.
    mutating func show(_ action: String, elapsed: Duration, limit: Duration, remaining: Int) {
        let interfaces = remaining > 0 ? "\(remaining) interfaces left, " : ""
        let seconds = "\(elapsed.components.seconds) s of at most \(limit.components.seconds) s"
        show("\(action): \(interfaces)\(seconds)", elapsed: elapsed)
    }
}
