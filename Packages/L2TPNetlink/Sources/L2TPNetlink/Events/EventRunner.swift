internal import Netlink
internal import Synchronization

/// What the thread of ``L2TPEvents`` does.
final class EventRunner<Transport: NetlinkTransport & Sendable & ~Copyable>: Sendable {
    private let monitor: Mutex<L2TPMonitor<Transport>?>
    private let channel: EventChannel

    init(_ monitor: consuming L2TPMonitor<Transport>, _ channel: EventChannel) {
        self.monitor = Mutex(consume monitor)
        self.channel = channel
    }

    /// Hands events over until the channel is closed or something fails; then the sockets are closed.
    func run() {
        monitor.withLock { monitor in
            guard let taken = monitor.take() else { return }
            channel.finish(run(taken))
        }
    }

    private func run(_ monitor: consuming L2TPMonitor<Transport>) -> L2TPError? {
        var monitor = monitor
        let wakeUp = channel.wakeUp
        do throws(L2TPError) {
            while channel.isOpen {
                wakeUp.reset()
                switch channel.state {
                case .closed:
                    return nil
                case .full:
                    // Only the taker or the end wakes; meanwhile the kernel keeps what happens.
                    do throws(NetlinkError) {
                        _ = try Readiness.wait(for: [wakeUp.fileDescriptor])
                    } catch {
                        throw L2TPError(.monitor, .subsystem, error)
                    }
                case .open:
                    channel.put(try monitor.next(wakingOn: wakeUp.fileDescriptor))
                }
            }
            return nil
        } catch {
            return error
        }
    }
}
