import Netlink
import SystemPackage

/// Signals while a run must not end half-way: they are taken note of, and acted on where that leaves things whole.
protocol Signals: AnyObject {
    /// Whether the run was asked to end (SIGINT, SIGQUIT, SIGTERM).
    var isInterrupted: Bool { get }
    /// Whether the terminal is gone (SIGHUP).
    var isHungUp: Bool { get }
    /// Becomes readable when a signal has come.
    var fileDescriptor: FileDescriptor { get }
}

/// The signals of the process, from the creation of the value on. It is to be made before any thread is started.
///
/// The terminal's end (SIGHUP), a pipe without reader (SIGPIPE) and job control do nothing to a run. What has come by the
/// time the value ends is dropped with it: the process is not to end then of what the run has lived through.
final class ProcessSignals: Signals {
    /// All that would end or stop a run.
    static let all: [SignalDescriptor.Signal] = [
        .interrupt, .quit, .terminate, .hangUp, .brokenPipe, .terminalStop, .terminalInput, .terminalOutput,
    ]

    private let source: SignalDescriptor
    private var wasInterrupted = false
    private var wasHungUp = false

    /// Begins to take signals.
    init(_ signals: [SignalDescriptor.Signal] = all) throws(NetlinkError) {
        source = try SignalDescriptor(signals)
    }

    deinit {
        // Those that still wait would take effect as soon as they are no longer blocked.
        take()
    }

    var fileDescriptor: FileDescriptor { source.fileDescriptor }

    var isInterrupted: Bool {
        take()
        return wasInterrupted
    }

    var isHungUp: Bool {
        take()
        return wasHungUp
    }

    private func take() {
        while let signal = source.next() {
            switch signal {
            case .interrupt, .quit, .terminate: wasInterrupted = true
            case .hangUp: wasHungUp = true
            default: continue
            }
        }
    }
}
