import Dispatch
import Glibc
import SystemPackage

/// System calls on sockets without the checks of the library.
extension SystemCalls {
    /// Opens a socket of the calling thread's namespace.
    static func openSocket(_ domain: CInt, _ kind: CInt, _ number: CInt) throws -> FileDescriptor {
        let descriptor = socket(domain, kind | CInt(SOCK_CLOEXEC.rawValue), number)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        return FileDescriptor(rawValue: descriptor)
    }

    /// The error number of bind(2) with those bytes; nil if it succeeds.
    static func bind(_ socket: FileDescriptor, to address: [UInt8]) -> Errno? {
        unsafe address.withUnsafeBytes { bytes in
            let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return unsafe Glibc.bind(socket.rawValue, pointer, socklen_t(bytes.count)) == 0
                ? nil : Errno(rawValue: errno)
        }
    }

    /// The error number of connect(2) with those bytes; nil if it succeeds.
    static func connect(_ socket: FileDescriptor, to address: [UInt8]) -> Errno? {
        unsafe address.withUnsafeBytes { bytes in
            let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return unsafe Glibc.connect(socket.rawValue, pointer, socklen_t(bytes.count)) == 0
                ? nil : Errno(rawValue: errno)
        }
    }

    /// The error number of getpeername(2); nil if it succeeds.
    static func peerNameError(_ socket: FileDescriptor) -> Errno? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return unsafe getpeername(socket.rawValue, pointer, &length)
        }
        return result == 0 ? nil : Errno(rawValue: errno)
    }

    /// The error number of setsockopt(2) with an `int`; nil if it succeeds.
    static func setOption(_ option: CInt, level: CInt, to value: CInt, of socket: FileDescriptor) -> Errno? {
        var value = value
        let length = socklen_t(MemoryLayout<CInt>.size)
        return unsafe setsockopt(socket.rawValue, level, option, &value, length) == 0 ? nil : Errno(rawValue: errno)
    }

    /// The error number of ioctl(2) with an `int`, by number; nil if it succeeds. Swift imports no variadic functions.
    static func control(_ descriptor: FileDescriptor, _ request: UInt, _ number: CInt) throws -> Errno? {
        var number = number
        return try control(descriptor, request, &number)
    }

    /// The error number of ioctl(2) with an `int` that the kernel may change; nil if it succeeds.
    private static func control(
        _ descriptor: FileDescriptor, _ request: UInt, _ number: inout CInt
    ) throws -> Errno? {
        typealias Ioctl =
            @convention(c) (_ descriptor: CInt, _ request: UInt, _ argument: UnsafeMutableRawPointer)
            -> CInt
        guard let symbol = unsafe dlsym(dlopen(nil, RTLD_NOW), "ioctl") else { throw Errno.noFunction }
        let ioctl = unsafe unsafeBitCast(symbol, to: Ioctl.self)
        let result = unsafe ioctl(descriptor.rawValue, request, &number)
        return result == 0 ? nil : Errno(rawValue: errno)
    }

    /// Ends a program at once.
    static func kill(_ process: pid_t) {
        _ = Glibc.kill(process, SIGKILL)
    }

    /// Runs `background` on another thread while `body` runs on this one, and waits for both.
    static func during(_ background: @escaping @Sendable () -> Void, _ body: () throws -> Void) rethrows {
        let group = DispatchGroup()
        DispatchQueue.global().async(group: group, execute: background)
        defer { group.wait() }
        try body()
    }
}

extension SystemCalls {
    /// The number of a PPPoX socket's PPP channel (`PPPIOCGCHAN`).
    static func pppChannel(of socket: FileDescriptor) throws -> CInt {
        var number: CInt = -1
        if let errno = try control(socket, 0x8004_7437, &number) { throw errno }
        return number
    }
}
