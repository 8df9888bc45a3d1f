internal import CLibmnl
internal import Glibc
public import SystemPackage

/// Signals as something to wait for beside other descriptors, instead of their usual effect (signalfd(2)).
///
/// The signals are blocked in the calling thread while the value exists. Where other threads may run, open it before
/// they are started: a thread that does not block a signal may still receive it.
public struct SignalDescriptor: ~Copyable {
    /// A signal. Open: the numbers are the system's.
    public struct Signal: RawRepresentable, Hashable, Sendable {
        /// The number (signal(7)).
        public var rawValue: CInt

        /// Wraps a number.
        public init(rawValue: CInt) {
            self.rawValue = rawValue
        }

        /// Ctrl-C (`SIGINT`).
        public static let interrupt = Self(rawValue: SIGINT)
        /// Ctrl-\ (`SIGQUIT`).
        public static let quit = Self(rawValue: SIGQUIT)
        /// A request to end (`SIGTERM`).
        public static let terminate = Self(rawValue: SIGTERM)
        /// The terminal is gone (`SIGHUP`).
        public static let hangUp = Self(rawValue: SIGHUP)
        /// Writing where nobody reads (`SIGPIPE`).
        public static let brokenPipe = Self(rawValue: SIGPIPE)
        /// Ctrl-Z (`SIGTSTP`).
        public static let terminalStop = Self(rawValue: SIGTSTP)
        /// Reading from a terminal that another job has (`SIGTTIN`); where it is taken, reading fails with `EIO`.
        public static let terminalInput = Self(rawValue: SIGTTIN)
        /// Writing to a terminal that another job has (`SIGTTOU`); where it is taken, writing goes on.
        public static let terminalOutput = Self(rawValue: SIGTTOU)
        /// The terminal has another size (`SIGWINCH`).
        public static let windowChange = Self(rawValue: SIGWINCH)
    }

    /// Becomes readable when a signal waits; see ``Readiness``.
    public let fileDescriptor: FileDescriptor
    private let previous: sigset_t

    /// Begins to take signals.
    ///
    /// Throws ``NetlinkError`` with operation `wait`.
    public init(_ signals: [Signal]) throws(NetlinkError) {
        var set = sigset_t()
        var previous = sigset_t()
        unsafe sigemptyset(&set)
        for signal in signals { unsafe sigaddset(&set, signal.rawValue) }
        let descriptor = unsafe signalfd(-1, &set, CInt(SFD_CLOEXEC | SFD_NONBLOCK))
        guard descriptor >= 0 else { throw NetlinkError(.wait, Errno(rawValue: errno)) }
        unsafe pthread_sigmask(SIG_BLOCK, &set, &previous)
        fileDescriptor = FileDescriptor(rawValue: descriptor)
        self.previous = previous
    }

    deinit {
        close(fileDescriptor.rawValue)
        var previous = previous
        unsafe pthread_sigmask(SIG_SETMASK, &previous, nil)
    }

    /// The next signal that has come; nil if none waits.
    public func next() -> Signal? {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard unsafe read(fileDescriptor.rawValue, &information, size) == size else { return nil }
        return Signal(rawValue: CInt(bitPattern: information.ssi_signo))
    }
}
