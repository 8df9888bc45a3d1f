internal import Glibc
public import SystemPackage

/// How many descriptors the process may have open (`RLIMIT_NOFILE`).
public struct OpenFileLimit: Hashable, Sendable {
    /// What the kernel enforces.
    public var soft: UInt
    /// What the process may raise ``soft`` to.
    public var hard: UInt

    /// A limit from its parts.
    public init(soft: UInt, hard: UInt) {
        self.soft = soft
        self.hard = hard
    }

    /// The limit as it is now. The corresponding C function is `getrlimit`.
    ///
    /// - Throws: `Errno`.
    public static func current() throws(Errno) -> Self {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw Errno(rawValue: errno)
        }
        return Self(soft: limit.rlim_cur, hard: limit.rlim_max)
    }

    /// Makes this the limit of the process. The corresponding C function is `setrlimit`.
    ///
    /// - Throws: `Errno`; `EPERM` for a hard limit above the one that there is.
    public func apply() throws(Errno) {
        var limit = rlimit(rlim_cur: soft, rlim_max: hard)
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw Errno(rawValue: errno)
        }
    }

    /// Raises the soft limit to the hard one.
    ///
    /// Shells and systemd leave the soft limit at 1024 for programs that call `select`, and leave it to others to raise it.
    ///
    /// - Throws: `Errno`; the limit stays as it was then.
    public static func raise() throws(Errno) {
        var limit = try current()
        guard limit.soft < limit.hard else { return }
        limit.soft = limit.hard
        try limit.apply()
    }
}
