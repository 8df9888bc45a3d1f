/// A line on standard error that says how far something is, when it takes its time and somebody watches.
public struct ProgressLine {
    private let write: ((String) -> Void)?
    private var shownSeconds: Int64 = 0

    /// A line that `write` puts on a terminal; nil if nobody watches.
    public init(write: ((String) -> Void)?) {
        self.write = write
    }

    /// Says anything, once a second from the first second on.
    public mutating func show(_ text: @autoclosure () -> String, elapsed: Duration) {
        let seconds = elapsed.components.seconds
        guard let write, seconds > shownSeconds else { return }
        shownSeconds = seconds
        write("\r\u{1b}[K\(text())")
    }

    /// Takes the line away again.
    public mutating func clear() {
        if shownSeconds > 0 { write?("\r\u{1b}[K") }
        shownSeconds = 0
    }
}
