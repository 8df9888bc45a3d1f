internal import CLibmnl
internal import Glibc
internal import SystemPackage

/// The network namespace in which a socket is opened.
public enum NetworkNamespace: Hashable, Sendable {
    /// The namespace of the calling thread.
    case current
    /// A namespace that `ip netns` named: a file in `/run/netns`.
    case named(String)
    /// A namespace by the path of its file, as `/proc/1234/ns/net`.
    case path(String)

    /// The path of the namespace's file; nil for the current one. A name that is none (empty, `.`,
    /// `..`, or with a slash) throws `EINVAL`.
    public func filePath() throws(NetlinkError) -> String? {
        switch self {
        case .current:
            return nil
        case .path(let path):
            return path
        case .named(let name):
            guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else {
                throw NetlinkError(.enterNamespace, .invalidArgument, message: "\"\(name)\" is not a name")
            }
            return "/run/netns/\(name)"
        }
    }

    /// Runs `body` inside the namespace and returns its result.
    ///
    /// It runs on a thread of its own, which ends afterwards: the caller's thread never leaves its
    /// namespace, and nothing has to be switched back. Sockets opened in `body` stay in the namespace.
    func run<Value>(_ body: @escaping () throws(NetlinkError) -> Value) throws(NetlinkError) -> Value {
        guard let path = try filePath() else { return try body() }
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        } catch {
            throw NetlinkError(.enterNamespace, error as? Errno ?? .ioError, message: path)
        }
        defer { try? descriptor.close() }
        let visit = Visit<Value> {
            guard setns(descriptor.rawValue, L2TP_CLONE_NEWNET) == 0 else {
                return .failure(NetlinkError(.enterNamespace, Errno(rawValue: errno), message: path))
            }
            do throws(NetlinkError) {
                return .success(try body())
            } catch {
                return .failure(error)
            }
        }
        var thread = pthread_t()
        let argument = unsafe Unmanaged.passRetained(visit).toOpaque()
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<AnyVisit>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, argument)
        guard code == 0 else {
            unsafe Unmanaged<AnyVisit>.fromOpaque(argument).release()
            throw NetlinkError(.enterNamespace, Errno(rawValue: code), message: path)
        }
        pthread_join(thread, nil)
        guard let outcome = visit.outcome else {
            throw NetlinkError(.enterNamespace, .ioError, message: path)
        }
        return try outcome.get()
    }
}

/// What the visiting thread runs; a class, for a C function pointer carries one untyped argument.
private class AnyVisit {
    func run() {}
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
