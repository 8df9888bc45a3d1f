internal import Glibc
public import SystemPackage

/// Waits until one of several descriptors can be read.
public enum Readiness {
    /// Waits, for `limit` at most, forever without one; returns for each descriptor, in their order, whether
    /// reading it would not block. All are false when the time is over.
    ///
    /// The descriptors in `outputs` come after them: true where nobody reads what is written there any more.
    ///
    /// Throws ``NetlinkError`` with operation `wait`. The corresponding C function is `poll`.
    public static func wait(
        for descriptors: [FileDescriptor], orHangUpOf outputs: [FileDescriptor] = [], atMost limit: Duration? = nil
    ) throws(NetlinkError) -> [Bool] {
        var queries = descriptors.map { pollfd(fd: $0.rawValue, events: Int16(POLLIN), revents: 0) }
        // Without events asked for, poll(2) tells errors and hang-ups alone.
        queries += outputs.map { pollfd(fd: $0.rawValue, events: 0, revents: 0) }
        let deadline = limit.map { ContinuousClock.now + $0 }
        while true {
            let milliseconds = deadline.map(Self.milliseconds) ?? -1
            let count = unsafe poll(&queries, nfds_t(queries.count), milliseconds)
            if count > 0 || (count == 0 && milliseconds < CInt.max) { return queries.map { $0.revents != 0 } }
            guard count == 0 || errno == EINTR else { throw NetlinkError(.wait, Errno(rawValue: errno)) }
        }
    }

    /// Rounded up, so that a wait does not end before its time.
    private static func milliseconds(until deadline: ContinuousClock.Instant) -> CInt {
        let (seconds, attoseconds) = max(deadline - .now, .zero).components
        let fraction = Int64((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
        return CInt(clamping: min(seconds, Int64(CInt.max)) * 1000 + fraction)
    }
}
