internal import SystemPackage

/// The network namespace in which a socket is opened.
public enum NetworkNamespace: Hashable, Sendable {
    /// The namespace of the thread that first opens a socket with it.
    case current
    /// A namespace that `ip netns` named: a file in `/run/netns`.
    case named(String)
    /// A namespace by the path of its file, as `/proc/1234/ns/net`.
    case path(String)

    /// Where ip-netns(8) keeps the files of the namespaces it has named.
    private static let folder = "/run/netns"

    /// The names that ip-netns(8) has given to namespaces, sorted.
    public static var names: [String] { SystemFiles(root: "").names(in: folder) }

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
                throw NetlinkError(.enterNamespace, .invalidArgument, message: "\"\(name)\"")
            }
            return "\(Self.folder)/\(name)"
        }
    }
}
