import Netlink
import SystemPackage

/// Signals while a run must not end half-way: they are taken note of, and acted on where that leaves things whole.
protocol Signals: AnyObject {
    /// Whether the run was asked to end (SIGINT, SIGTERM).
    var isInterrupted: Bool { get }
}

/// The signals of the process, from the creation of the value on. It is to be made before any thread is started.
///
/// The terminal's end (SIGHUP), a pipe without reader (SIGPIPE) and job control do nothing to a run.
final class ProcessSignals: Signals {
    private let source: SignalDescriptor
    private var wasInterrupted = false
    private var wasHungUp = false

    /// Begins to take signals.
    init() throws(NetlinkError) {
        source = try SignalDescriptor([
            .interrupt, .terminate, .hangUp, .brokenPipe, .terminalStop, .terminalInput, .terminalOutput,
        ])
    }

    /// Becomes readable when a signal has come.
    var fileDescriptor: FileDescriptor { source.fileDescriptor }

    var isInterrupted: Bool {
        take()
        return wasInterrupted
    }

    /// Whether the terminal is gone.
    var isHungUp: Bool {
        take()
        return wasHungUp
    }

    private func take() {
        while let signal = source.next() {
            switch signal {
            case .interrupt, .terminate: wasInterrupted = true
            case .hangUp: wasHungUp = true
            default: continue
            }
        }
    }
}
