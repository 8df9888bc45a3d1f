internal import Glibc
internal import SystemPackage

/// A thread of its own, for what blocks in the kernel and must not occupy the threads of tasks.
public enum DetachedThread {
    /// Runs `body` on a new thread, which ends with it.
    ///
    /// Throws ``NetlinkError`` with operation `wait` if there can be no further thread. The corresponding C
    /// function is `pthread_create`.
    public static func start(_ body: @escaping @Sendable () -> Void) throws(NetlinkError) {
        var thread = pthread_t()
        let argument = unsafe Unmanaged.passRetained(Body(body)).toOpaque()
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, argument)
        guard code == 0 else {
            unsafe Unmanaged<Body>.fromOpaque(argument).release()
            throw NetlinkError(.wait, Errno(rawValue: code))
        }
        pthread_detach(thread)
    }

    /// Lets the calling thread sleep, which must not be one of those of tasks. The corresponding C function is `usleep`.
    ///
    /// - Parameter duration: How long; a signal may end it earlier.
    public static func sleep(for duration: Duration) {
        // POSIX lets microseconds of a second and more be refused.
        usleep(useconds_t(min(max(duration / .microseconds(1), 0), 999_999)))
    }
}

/// What the thread runs; a class, for a C function pointer carries one untyped argument.
private final class Body {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}
