internal import Netlink
public import SystemPackage

/// Why a ``Textfile`` cannot be written.
public struct TextfileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file; nil means standard output.
    public var path: FilePath?
    /// The error number.
    public var errno: Errno

    /// An error from its parts.
    init(_ path: FilePath?, _ errno: Errno) {
        self.path = path
        self.errno = errno
    }

    /// What cannot be written, why, and what would help, in one line.
    public var description: String {
        guard let path else { return "cannot write to standard output: \(errno.description) (\(errno.symbol))" }
        let folder = path.removingLastComponent()
        let name = folder.isEmpty ? "." : folder.string
        let remedy =
            switch errno {
            case .noSuchFileOrDirectory:
                "; there is no folder \(name): it ought to be that of node_exporter's --collector.textfile.directory"
            case .permissionDenied, .notPermitted, .readOnlyFileSystem:
                "; the file is replaced as a whole, for which the folder \(name) has to be writable"
            default: ""
            }
        return "cannot write \(path): \(errno.description) (\(errno.symbol))\(remedy)"
    }
}
