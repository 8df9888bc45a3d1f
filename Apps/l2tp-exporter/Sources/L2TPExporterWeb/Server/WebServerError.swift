internal import Netlink
public import SystemPackage

/// Why the server cannot start.
public enum WebServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kernel refuses to listen at an address.
    case listen(ListenAddress, Errno)
    /// An address's name cannot be looked up.
    case unknownHost(ListenAddress)
    /// Something that is no socket is in a Unix socket's place.
    case occupied(ListenAddress)
    /// A file or folder of a Unix socket cannot be dealt with; the text says which and why.
    case file(ListenAddress, String)
    /// A descriptor that was passed is no listening stream socket.
    case inherited(CInt)
    /// There is neither an address nor a descriptor.
    case nowhere
    /// The configuration cannot be used.
    case configuration(WebConfigurationError)

    /// What could not be done, why, and what helps, in one line.
    public var description: String {
        switch self {
        case .listen(let address, let errno):
            "cannot listen on \(address): \(errno.description) (\(errno.symbol))\(Self.remedy(address, errno))"
        case .unknownHost(let address):
            "cannot listen on \(address): the name has no address; give one of the host's addresses"
        case .occupied(let address): "cannot listen on \(address): the file there is no socket, and is left as it is"
        case .file(let address, let reason): "cannot listen on \(address): \(reason)"
        case .inherited(let descriptor):
            "descriptor \(descriptor) is no listening stream socket: the .socket unit needs ListenStream= and Accept=no"
        case .nowhere: "there is no address to listen on, and systemd has passed no socket"
        case .configuration(let error): error.description
        }
    }

    private static func remedy(_ address: ListenAddress, _ errno: Errno) -> String {
        switch (address, errno) {
        case (.tcp(_, let port), .addressInUse):
            ": another program has the port, or another instance of this one; ss -ltnp 'sport = :\(port)' shows which"
        case (.unix(let path), .addressInUse):
            ": another program answers there, or another instance of this one; ss -lxp src \(path) shows which"
        case (.tcp(_, let port), .permissionDenied) where port < 1024:
            ": ports below 1024 need CAP_NET_BIND_SERVICE, or a socket from systemd"
        case (.tcp, .addressNotAvailable):
            ": no interface of the host has this address; ip address shows those there are"
        case (.unix(let path), .noSuchFileOrDirectory): ": there is no folder \(path.removingLastComponent())"
        default: ""
        }
    }
}
