public import L2TPModel
internal import L2TPWire
internal import Netlink

/// Waits for a route.
extension LinkClient where Transport: ~Copyable {
    /// Waits until packets to a peer are sent, with a source address where one is given. It watches the kernel's
    /// notifications on transports of its own.
    ///
    /// Linux looks at the source for IPv4 only, and there it has to be on this host; whether an IPv6 address can be
    /// used is told by ``waitForAddress(_:on:atMost:)``. A route that refuses packets is waited out too.
    ///
    /// - Parameters:
    ///   - peer: The peer.
    ///   - source: The source address of the packets; nil leaves that to the kernel.
    ///   - limit: The longest time to wait.
    /// - Returns: The route, as ``route(to:from:)`` finds it.
    /// - Throws: ``LinkError``: `invalid` if the addresses have different IP versions, `timedOut` with what is missing.
    public func waitForRoute(
        to peer: IPAddress, from source: IPAddress? = nil, atMost limit: Duration
    ) throws(LinkError) -> Route {
        let object = LinkError.Object.route(to: peer.description)
        if let source, source.version != peer.version {
            throw LinkError(.wait, object, .invalid, "the source \(source) has another IP version")
        }
        let deadline = ContinuousClock.now + limit
        var watch: SurroundingsWatch<Transport>
        do throws(NetlinkError) {
            // Joined first: what changes while the route is looked up is notified.
            watch = try SurroundingsWatch(connector, of: peer.version)
        } catch {
            throw LinkError(.wait, object, error)
        }
        var client: Self
        do throws(NetlinkError) {
            client = try Self(connector)
        } catch {
            throw LinkError(.wait, object, error)
        }
        while true {
            let missing: String
            do throws(LinkError) {
                let lookup = try client.route(to: peer, from: source)
                if let route = lookup.route { return route }
                missing = lookup.refusal
            } catch {
                var error = error
                error.operation = .wait
                guard error.reason == .addressNotLocal else { throw error }
                missing = error.explanation
            }
            let left = deadline - .now
            guard left > .zero else { throw LinkError(.wait, object, .timedOut, "\(missing), after \(limit)") }
            do throws(NetlinkError) {
                _ = try watch.waitForNews(atMost: left)
            } catch {
                throw LinkError(.wait, object, error)
            }
        }
    }
}

extension RouteLookup {
    /// What stands against packets, in words.
    fileprivate var refusal: String {
        switch self {
        case .route: "there is one"
        case .noRoute: "there is none"
        case .unreachable: "a route says unreachable"
        case .prohibited: "a route says prohibit"
        case .blackhole: "a route says blackhole"
        }
    }
}
