internal import L2TPModel
internal import L2TPWire
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

    /// What no lookup can work with; nil if there is nothing of it.
    static func problem(to peer: IPAddress, from source: IPAddress?) -> LinkError? {
        guard let source, source.version != peer.version else { return nil }
        return LinkError(
            .find, .route(to: peer.description), .invalid, "the source \(source) has another IP version")
    }

    /// What a refusal in place of a route means; throws ``LinkError`` where it is about something else.
    ///
    /// `ownAddresses` are those of this host; nil if they cannot be seen, or no source was asked for.
    static func meaning(
        of error: NetlinkError, to peer: IPAddress, from source: IPAddress?, ownAddresses: [InterfaceAddress]?
    ) throws(LinkError) -> Self {
        let object = LinkError.Object.route(to: peer.description)
        // Linux calls a source address that it does not have invalid, as it does a blackhole.
        if let source, error.operation == .request, let ownAddresses,
            !ownAddresses.contains(where: { $0.address == source })
        {
            throw LinkError(
                .find, object, .addressNotLocal, errno: error.errno, "source address \(source) is not on this host")
        }
        guard error.operation == .request, let outcome = Self(error.errno) else {
            throw LinkError(.find, object, error)
        }
        return outcome
    }
}
