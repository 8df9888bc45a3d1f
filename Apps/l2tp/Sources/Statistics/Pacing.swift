import Netlink
import SystemPackage

/// The time of a program that does something again and again.
protocol Pacing {
    /// The time on a clock that is never set.
    var now: Duration { get }
    /// Waits until a time on that clock, or until something else is to be done.
    func wait(until time: Duration) -> Wakeup
}

/// Why a wait has ended.
enum Wakeup: Hashable {
    /// The time has come.
    case time
    /// The terminal has another size.
    case resized
    /// The program is to end.
    case ended
}

/// The time of the system. While it exists, Ctrl-C and requests to end only end the wait, so that the terminal can
/// be tidied up.
final class SystemPacing: Pacing {
    private let start = ContinuousClock.now
    private let signals: SignalDescriptor

    init() throws(NetlinkError) {
        signals = try SignalDescriptor([.interrupt, .terminate, .hangUp, .windowChange])
    }

    var now: Duration { ContinuousClock.now - start }

    func wait(until time: Duration) -> Wakeup {
        while true {
            var isResized = false
            while let signal = signals.next() {
                if signal != .windowChange { return .ended }
                isResized = true
            }
            if isResized { return .resized }
            let rest = time - now
            guard rest > .zero else { return .time }
            do {
                _ = try Readiness.wait(for: [signals.fileDescriptor], atMost: rest)
            } catch {
                return .ended
            }
        }
    }
}
