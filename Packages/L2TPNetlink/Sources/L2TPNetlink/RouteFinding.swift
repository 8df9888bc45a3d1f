internal import L2TPModel
internal import L2TPWire
internal import LinkControl
internal import SystemPackage

/// Why the kernel does not connect a tunnel to its peer, from the way it has for packets there.
struct RouteFinding: Hashable, Sendable {
    var explanation: String
    var remedy: String?

    private init(_ explanation: String, remedy: String? = nil) {
        self.explanation = explanation
        self.remedy = remedy
    }

    /// What stands between `local` and `peer`. `lookup` is what the kernel says of the way, nil if it does not
    /// say; `errno` is why it did not connect; `addresses` are nil if unknown.
    init(
        from local: IPAddress, to peer: IPAddress, refusedWith errno: Errno, _ lookup: RouteLookup?,
        among addresses: [PlacedAddress]?
    ) {
        // A route that refuses everything often stands behind the one that went with its interface.
        let hidesAnother = lookup == nil || lookup == .noRoute || lookup == .unreachable
        if hidesAnother, errno == .networkUnreachable || errno == .noRouteToHost,
            let down = addresses?.first(where: { $0.isDown(onTheWayFrom: local, to: peer) })
        {
            self.init(
                "there is no route to \(peer): \(down.sentence) but is down",
                remedy: "set it up: ip link set \(down.link.name) up")
            return
        }
        let list = peer.version == .v4 ? "ip route" : "ip -6 route"
        switch lookup {
        case .noRoute:
            let way = addresses?.first { $0.address.address == local && !$0.link.isLoopback }
            let link = way.map { " dev \($0.link.name)" } ?? ""
            self.init(
                "there is no route to \(peer)",
                remedy: "the kernel wants one when the tunnel is created: \(list) add \(peer) via ROUTER\(link)")
        case .unreachable: self.init(refusal: "calls \(peer) unreachable", list, peer)
        case .prohibited: self.init(refusal: "prohibits packets to \(peer)", list, peer)
        case .blackhole: self.init(refusal: "drops packets to \(peer) (blackhole)", list, peer)
        case .route(let route) where route.kind == .broadcast:
            self.init("\(peer) is a broadcast address")
        case .route, nil:
            self.init(errno, from: local, to: peer)
        }
    }

    private init(refusal: String, _ list: String, _ peer: IPAddress) {
        self.init("a route \(refusal)", remedy: "to see which: \(list) show table all match \(peer)")
    }

    /// Where nothing was found, what the number says.
    private init(_ errno: Errno, from local: IPAddress, to peer: IPAddress) {
        switch errno {
        case .permissionDenied:
            // connect(2) refuses broadcast addresses just as it does prohibited routes.
            self.init("the route to \(peer) is prohibited, or it is a broadcast address")
        case .invalidArgument:
            self.init("the kernel does not route from \(local) to \(peer); a blackhole route is refused like this")
        default:
            self.init("there is no route to \(peer)")
        }
        remedy = "to see the route: ip route get \(peer)"
    }
}
