internal import CLibmnl
public import SystemPackage

extension NetworkNamespace {
    /// The calling thread's own namespace.
    static let ownPath = "/proc/thread-self/ns/net"

    /// Hands an open file of the namespace to `body`, as `IFLA_NET_NS_FD` wants it, and closes it afterwards.
    ///
    /// Throws ``NetlinkError`` with operation `enterNamespace` if there is no such namespace (`EINVAL` if the file
    /// is none), and what `body` throws.
    public func withFileDescriptor<Value>(
        _ body: (FileDescriptor) throws(NetlinkError) -> Value
    ) throws(NetlinkError) -> Value {
        let path = try filePath() ?? Self.ownPath
        let file: FileDescriptor
        do {
            file = try Self.open(path)
        } catch {
            throw NetlinkError(.enterNamespace, error, message: path)
        }
        defer { try? file.close() }
        return try body(file)
    }

    /// Opens the file of a namespace.
    static func open(_ path: String) throws(Errno) -> FileDescriptor {
        let file: FileDescriptor
        do {
            // A FIFO must not hold us up.
            file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
        } catch {
            throw error as? Errno ?? .ioError
        }
        // ip-netns(8) makes a plain file first, and the namespace of it afterwards: take only the latter.
        guard L2TP_IS_NETWORK_NAMESPACE(file.rawValue) else {
            try? file.close()
            throw .invalidArgument
        }
        return file
    }
}
