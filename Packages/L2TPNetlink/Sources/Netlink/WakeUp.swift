internal import CLibmnl
internal import Glibc
public import SystemPackage

/// Wakes a thread that waits for descriptors with ``Readiness``: its own becomes readable (eventfd(2)).
public final class WakeUp: Sendable {
    /// Readable from ``signal()`` on until ``reset()``.
    public let fileDescriptor: FileDescriptor

    /// A wake-up that has not been signalled.
    ///
    /// Throws ``NetlinkError`` with operation `wait`.
    public init() throws(NetlinkError) {
        let descriptor = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else { throw NetlinkError(.wait, Errno(rawValue: errno)) }
        fileDescriptor = FileDescriptor(rawValue: descriptor)
    }

    deinit {
        try? fileDescriptor.close()
    }

    /// Makes the descriptor readable; may be called from any thread, and more than once.
    public func signal() {
        eventfd_write(fileDescriptor.rawValue, 1)
    }

    /// Makes the descriptor unreadable again.
    public func reset() {
        var count: UInt64 = 0
        _ = unsafe eventfd_read(fileDescriptor.rawValue, &count)
    }
}
