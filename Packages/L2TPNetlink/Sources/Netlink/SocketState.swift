// Glibc alone lacks the kinds of sockets where the runtime is linked statically; libmnl.h includes <sys/socket.h>.
internal import CLibmnl
internal import Glibc
public import SystemPackage

/// What the kernel tells of a socket (socket(7)).
public enum SocketState {
    /// Whether a descriptor is a stream socket that listens (`SO_TYPE`, `SO_ACCEPTCONN`). The corresponding C function is
    /// `getsockopt`.
    ///
    /// - Throws: `Errno`; `EBADF` if nothing is open there, `ENOTSOCK` if it is no socket.
    public static func isListeningStream(_ descriptor: FileDescriptor) throws(Errno) -> Bool {
        guard try option(SO_TYPE, of: descriptor) == CInt(SOCK_STREAM.rawValue) else { return false }
        return try option(SO_ACCEPTCONN, of: descriptor) != 0
    }

    private static func option(_ option: CInt, of descriptor: FileDescriptor) throws(Errno) -> CInt {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        guard unsafe getsockopt(descriptor.rawValue, SOL_SOCKET, option, &value, &length) == 0 else {
            throw Errno(rawValue: errno)
        }
        return value
    }
}
