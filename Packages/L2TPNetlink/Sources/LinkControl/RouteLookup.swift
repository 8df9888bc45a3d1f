internal import Netlink
internal import SystemPackage

/// What the kernel does with packets to a peer.
public enum RouteLookup: Hashable, Sendable {
    /// It sends them.
    case route(Route)
    /// It knows no route (`ENETUNREACH`).
    case noRoute
    /// A route says `unreachable` (`EHOSTUNREACH`).
    case unreachable
    /// A route says `prohibit` (`EACCES`).
    case prohibited
    /// A route says `blackhole` (`EINVAL` for IPv4).
    case blackhole

    /// The route; nil if packets are not sent.
    public var route: Route? {
        if case .route(let route) = self { route } else { nil }
    }

    /// What an answer with a route means: IPv6 describes the routes too that refuse.
    init(_ route: Route) {
        switch route.kind {
        case .unreachable: self = .unreachable
        case .prohibit: self = .prohibited
        case .blackhole: self = .blackhole
        default: self = .route(route)
        }
    }

    /// What an error number in place of a route means; nil if it is about something else.
    init?(_ errno: Errno) {
        switch errno {
        case .networkUnreachable: self = .noRoute
        case .noRouteToHost: self = .unreachable
        case .permissionDenied: self = .prohibited
        case .invalidArgument: self = .blackhole
        default: return nil
        }
    }
}
