import Dispatch
import Glibc
import SystemPackage

/// The environment variables of this process.
enum Environment {
    static subscript(name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}

/// The system calls that neither the libraries nor swift-system offer: all unsafe code of the tests.
enum SystemCalls {
    /// Runs `body` on a thread of its own inside a network namespace, or on this one without a path.
    static func inNamespace<Value>(_ path: String?, _ body: @escaping () throws -> Value) throws -> Value {
        guard let path else { return try body() }
        let namespace = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        let visit = Visit<Value> {
            try enter(namespace)
            return try body()
        }
        return try namespace.closeAfter {
            var thread = pthread_t()
            let argument = unsafe Unmanaged.passRetained(visit as AnyVisit).toOpaque()
            let code = unsafe pthread_create(
                &thread, nil,
                { argument in
                    if let argument = unsafe argument {
                        unsafe Unmanaged<AnyVisit>.fromOpaque(argument).takeRetainedValue().run()
                    }
                    return nil
                }, argument)
            guard code == 0 else { throw Errno(rawValue: code) }
            pthread_join(thread, nil)
            return try visit.result()
        }
    }

    /// Moves the calling thread into a network namespace.
    private static func enter(_ namespace: FileDescriptor) throws {
        // Swift's Glibc module lacks the function, which is a GNU extension.
        typealias Setns = @convention(c) (_ descriptor: CInt, _ kind: CInt) -> CInt
        guard let symbol = unsafe dlsym(dlopen(nil, RTLD_NOW), "setns") else { throw Errno.noFunction }
        let cloneNewNet: CInt = 0x4000_0000
        try check(unsafe unsafeBitCast(symbol, to: Setns.self)(namespace.rawValue, cloneNewNet))
    }

    /// Runs `body` like ``inNamespace(_:_:)``, on a thread without capabilities.
    static func unprivileged<Value>(in path: String, _ body: @escaping () throws -> Value) throws -> Value {
        try inNamespace(path) {
            try dropCapabilities()
            return try body()
        }
    }

    /// Takes every capability from the calling thread.
    private static func dropCapabilities() throws {
        // Swift's Glibc module lacks the function, which no header of glibc declares.
        typealias Capset = @convention(c) (UnsafeMutableRawPointer?, UnsafeRawPointer?) -> CInt
        guard let symbol = unsafe dlsym(dlopen(nil, RTLD_NOW), "capset") else { throw Errno.noFunction }
        // struct __user_cap_header_struct (version 3, this thread), and twice struct __user_cap_data_struct.
        var header: [UInt32] = [0x2008_0522, 0]
        let none = [UInt32](repeating: 0, count: 6)
        try check(unsafe unsafeBitCast(symbol, to: Capset.self)(&header, none))
    }

    /// Starts a program, found by PATH, with its standard streams.
    static func spawn(_ arguments: [String], input: FileDescriptor, output: FileDescriptor, errors: FileDescriptor)
        throws -> pid_t
    {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (number, file) in [input, output, errors].enumerated() {
            unsafe posix_spawn_file_actions_adddup2(&actions, file.rawValue, CInt(number))
        }
        var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
        unsafe words.append(nil)
        defer { unsafe words.forEach { unsafe free($0) } }
        var process = pid_t()
        // The threads of tests block signals, which a program would inherit.
        var attributes = posix_spawnattr_t()
        var signals = sigset_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let code = unsafe posix_spawnp(&process, arguments[0], &actions, &attributes, words, environ)
        guard code == 0 else { throw Errno(rawValue: code) }
        return process
    }

    /// Waits for a program's end; 128 and the signal's number if a signal ended it.
    static func wait(for process: pid_t) throws -> Int {
        var status: CInt = 0
        while unsafe waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw Errno(rawValue: errno) }
        }
        return status & 0x7f == 0 ? Int(status >> 8 & 0xff) : 128 + Int(status & 0x7f)
    }

    /// Asks a program to end (SIGTERM, or another signal).
    static func end(_ process: pid_t, by signal: CInt = SIGTERM) {
        Glibc.kill(process, signal)
    }

    /// The next frame of a packet socket; nil if none comes within the time.
    static func receive(from socket: FileDescriptor, milliseconds: Int32) throws -> [UInt8]? {
        var query = pollfd(fd: socket.rawValue, events: Int16(POLLIN), revents: 0)
        guard try check(unsafe poll(&query, 1, milliseconds)) > 0 else { return nil }
        return try read(from: socket)
    }

    /// What one call of read(2) gives; empty at the end of a file.
    static func read(from file: FileDescriptor) throws -> [UInt8] {
        try unsafe [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
            count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    /// What one call of pread(2) gives.
    static func read(from file: FileDescriptor, at offset: Int) throws -> [UInt8] {
        try unsafe [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
            count = try unsafe file.read(fromAbsoluteOffset: Int64(offset), into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    /// What tells the calling thread's network namespace from others.
    static func namespaceNumber() throws -> UInt64 {
        var status = stat()
        try check(unsafe stat("/proc/thread-self/ns/net", &status))
        return UInt64(status.st_ino)
    }

    /// Removes a file.
    static func removeFile(_ path: String) {
        unsafe unlink(path)
    }

    /// Waits.
    static func sleep(milliseconds: UInt32) {
        usleep(milliseconds * 1000)
    }

    /// Runs `background` on another thread while `body` runs on this one, and waits for both.
    static func during(_ background: @escaping @Sendable () -> Void, _ body: () throws -> Void) rethrows {
        let group = DispatchGroup()
        DispatchQueue.global().async(group: group, execute: background)
        defer { group.wait() }
        try body()
    }

    /// The result of a system call, or its error.
    @discardableResult
    static func check(_ result: CInt) throws -> CInt {
        guard result >= 0 else { throw Errno(rawValue: errno) }
        return result
    }
}

/// What the visiting thread runs; a class, for a C function pointer carries one untyped argument.
private class AnyVisit {
    func run() {}
}

private final class Visit<Value>: AnyVisit {
    private let body: () throws -> Value
    private var outcome: Result<Value, any Error>?

    init(_ body: @escaping () throws -> Value) {
        self.body = body
    }

    override func run() {
        outcome = Result { try body() }
    }

    func result() throws -> Value {
        guard let outcome else { throw Errno.ioError }
        return try outcome.get()
    }
}
