internal import CLibmnl
internal import Glibc
internal import Synchronization
internal import SystemPackage

/// A network namespace, held from its first use on: sockets opened one after the other are in the same
/// namespace, even if its name has meanwhile been given to another or the caller has moved.
public final class PinnedNamespace: Sendable {
    private let namespace: NetworkNamespace
    private let pin = Mutex<FileDescriptor?>(nil)

    /// A holder of a namespace, which is found at the first use.
    public init(_ namespace: NetworkNamespace) {
        self.namespace = namespace
    }

    deinit {
        pin.withLock { pin in
            try? pin?.close()
            pin = nil
        }
    }

    /// Runs `body` inside the namespace and returns its result.
    ///
    /// If the calling thread is elsewhere, `body` runs on a thread of its own, which ends afterwards: the
    /// caller's thread never leaves its namespace, and nothing has to be switched back. Sockets opened in
    /// `body` stay in the namespace.
    ///
    /// Throws ``NetlinkError`` with operation `enterNamespace`, and what `body` throws.
    public func run<Value>(_ body: @escaping () throws(NetlinkError) -> Value) throws(NetlinkError) -> Value {
        guard let descriptor = try descriptor() else { return try body() }
        // Entering takes CAP_SYS_ADMIN, so it is not done without need.
        if isCurrent(descriptor) { return try body() }
        let visit = Visit<Value> { [name] in
            guard setns(descriptor.rawValue, L2TP_CLONE_NEWNET) == 0 else {
                return .failure(NetlinkError(.enterNamespace, Errno(rawValue: errno), message: name))
            }
            do throws(NetlinkError) {
                return .success(try body())
            } catch {
                return .failure(error)
            }
        }
        let code = visit.runOnThread()
        guard code == 0, let outcome = visit.outcome else {
            throw NetlinkError(.enterNamespace, code == 0 ? .ioError : Errno(rawValue: code), message: name)
        }
        return try outcome.get()
    }

    /// The namespace's name for messages.
    private var name: String {
        ((try? namespace.filePath()) ?? nil) ?? "of the calling thread"
    }

    /// The file that holds the namespace, opened when first needed; nil for the current namespace where
    /// there is no /proc to hold it by.
    private func descriptor() throws(NetlinkError) -> FileDescriptor? {
        let path = try namespace.filePath()
        let result: Result<FileDescriptor?, NetlinkError> = pin.withLock { pin in
            if let pin { return .success(pin) }
            do {
                let file = try NetworkNamespace.open(path ?? NetworkNamespace.ownPath)
                pin = file
                return .success(file)
            } catch {
                guard let path else { return .success(nil) }
                return .failure(NetlinkError(.enterNamespace, error as? Errno ?? .ioError, message: path))
            }
        }
        return try result.get()
    }

    /// Whether the calling thread is in the namespace.
    private func isCurrent(_ descriptor: FileDescriptor) -> Bool {
        var (held, own) = (stat(), stat())
        guard unsafe fstat(descriptor.rawValue, &held) == 0, unsafe stat(NetworkNamespace.ownPath, &own) == 0 else {
            return false
        }
        return (held.st_dev, held.st_ino) == (own.st_dev, own.st_ino)
    }
}

/// What a visiting thread runs; a class, for a C function pointer carries one untyped argument.
private class AnyVisit {
    func run() {}

    /// Runs it on a thread of its own and waits for that to end; 0 or the error number.
    func runOnThread() -> CInt {
        var thread = pthread_t()
        let argument = unsafe Unmanaged<AnyVisit>.passRetained(self).toOpaque()
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<AnyVisit>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, argument)
        if code == 0 {
            pthread_join(thread, nil)
        } else {
            unsafe Unmanaged<AnyVisit>.fromOpaque(argument).release()
        }
        return code
    }
}

private final class Visit<Value>: AnyVisit {
    private let body: () -> Result<Value, NetlinkError>
    private(set) var outcome: Result<Value, NetlinkError>?

    init(_ body: @escaping () -> Result<Value, NetlinkError>) {
        self.body = body
    }

    override func run() {
        outcome = body()
    }
}
