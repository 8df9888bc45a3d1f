internal import Glibc
internal import L2TPModel
internal import L2TPNetlink
internal import Netlink
internal import SystemPackage

/// What the error numbers of the system calls mean.
extension SocketError {
    /// An error number that means for every operation the same.
    init(_ operation: Operation, _ object: String, _ errno: Errno) {
        let (reason, explanation): (Reason, String) =
            switch errno {
            case .notPermitted, .permissionDenied: (.notPermitted, "not permitted")
            case .connectionRefused: (.refused, "nobody listens at the peer")
            case .networkUnreachable, .noRouteToHost: (.noRoute, "there is no route to the peer")
            case .socketNotConnected, Errno(rawValue: EDESTADDRREQ): (.notConnected, "it is not connected")
            default: (.other, errno.description)
            }
        self.init(operation, object, reason, errno: errno, explanation)
    }

    /// The error of a namespace that cannot be entered.
    init(_ object: String, _ error: NetlinkError) {
        let reason: Reason = [.notPermitted, .permissionDenied].contains(error.errno) ? .notPermitted : .namespace
        self.init(
            .open, object, reason, errno: error.errno,
            "cannot enter network namespace \(error.message ?? ""): \(error.errno.description)",
            remedy: reason == .notPermitted ? "it needs CAP_SYS_ADMIN: run as root" : nil)
    }

    /// The error of a protocol that a module would provide.
    static func opening(_ object: String, _ errno: Errno, module: KernelModule) -> Self {
        switch errno {
        case .protocolNotSupported, .addressFamilyNotSupported, .socketTypeNotSupported:
            let (explanation, remedy) = module.absence
            return Self(.open, object, .notSupported, errno: errno, explanation, remedy: remedy)
        default:
            return Self(.open, object, errno)
        }
    }

    /// The error of a tunnel's socket that could not be bound.
    static func binding(_ object: String, _ errno: Errno, to local: TunnelSocketAddress) -> Self {
        switch errno {
        case .addressNotAvailable:
            return Self(
                .bind, object, .addressNotLocal, errno: errno,
                "local address \(local.address) is not on this host, or not usable yet")
        case .addressInUse:
            return Self(.bind, object, .exists, errno: errno, "\(local) is taken by another socket")
        case .permissionDenied:
            return Self(.bind, object, .notPermitted, errno: errno, "\(local) needs a privilege")
        case .invalidArgument:
            return Self(.bind, object, .invalid, errno: errno, "\(local) cannot be bound here, or it is bound already")
        default:
            return Self(.bind, object, errno)
        }
    }

    /// The error of a tunnel's socket that could not be connected.
    static func connecting(_ object: String, _ errno: Errno, to peer: TunnelSocketAddress) -> Self {
        switch errno {
        case .networkUnreachable, .noRouteToHost:
            return Self(
                .connect, object, .noRoute, errno: errno, "there is no route to \(peer.address)",
                remedy: "the kernel wants a route now: ip route get \(peer.address)")
        case .permissionDenied:
            return Self(
                .connect, object, .noRoute, errno: errno,
                "the route to \(peer.address) is prohibited, or it is a broadcast address",
                remedy: "to see which: ip route get \(peer.address)")
        case .invalidArgument:
            return Self(
                .connect, object, .noRoute, errno: errno,
                "the kernel does not route from its local address to \(peer.address); a blackhole route is refused so",
                remedy: "to see the route: ip route get \(peer.address)")
        default:
            return Self(.connect, object, errno)
        }
    }
}
