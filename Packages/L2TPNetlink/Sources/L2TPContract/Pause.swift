internal import Glibc

/// Waiting for the kernel's own work.
enum Pause {
    /// Ten milliseconds.
    static func ten() {
        usleep(10_000)
    }
}
