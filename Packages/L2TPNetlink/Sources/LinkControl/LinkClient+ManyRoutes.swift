internal import CLibmnl
public import L2TPModel
internal import Netlink
internal import SystemPackage

/// The ways to many peers.
extension LinkClient where Transport: ~Copyable {
    /// Looks up the routes that packets to many peers take, as ``route(to:from:)`` looks up one, with many requests
    /// under way at a time. What the kernel had to drop is asked for again.
    ///
    /// - Parameter peers: The peers, each with the source address of the packets; nil leaves that to the kernel.
    /// - Returns: For each, in their order, what the kernel does with packets, or what the single call would throw.
    public mutating func routes(
        to peers: [(peer: IPAddress, source: IPAddress?)]
    ) -> [Result<RouteLookup, LinkError>] {
        let problems = peers.map { RouteLookup.problem(to: $0.peer, from: $0.source) }
        let asked = peers.indices.filter { problems[$0] == nil }
        var found = [Route?](repeating: nil, count: asked.count)
        let outcomes = exchange.pipeline(
            NetlinkMessageType(rawValue: UInt16(RTM_GETROUTE)), count: asked.count, end: .reply,
            replyByteCount: Route.longestReplyByteCount
        ) { (index, writer) throws(NetlinkError) in
            let (peer, source) = peers[asked[index]]
            try Route.appendLookup(of: peer, from: source, to: &writer)
        } reply: { (index, message) throws(NetlinkError) in
            found[index] = try Route(message)
        }
        let mtus = linkMTUs(Set(found.compactMap { $0?.linkIndex }))
        // Only to explain refusals.
        let isRefused = outcomes.contains {
            if case .failed(let error) = $0 { error.operation == .request } else { false }
        }
        let own = isRefused && peers.contains { $0.source != nil } ? try? addresses() : nil
        var lookups: [Result<RouteLookup, LinkError>] = problems.map { problem in
            problem.map { .failure($0) } ?? .success(.noRoute)
        }
        for (place, (index, outcome)) in zip(asked, outcomes).enumerated() {
            let (peer, source) = peers[index]
            lookups[index] = Result { () throws(LinkError) in
                switch outcome {
                case .succeeded:
                    guard let route = found[place] else {
                        let error = NetlinkError.malformed("the kernel confirmed the request without an answer")
                        throw LinkError(.find, .route(to: peer.description), error)
                    }
                    return RouteLookup(route.withPathMTU(linkMTU: route.linkIndex.flatMap { mtus[$0] }))
                case .unknown(let error) where error.errno == .noBufferSpace:
                    return try self.route(to: peer, from: source)
                case .failed(let error), .unknown(let error), .notSent(let error):
                    return try RouteLookup.meaning(of: error, to: peer, from: source, ownAddresses: own)
                }
            }
        }
        return lookups
    }

    /// The MTUs of links by their numbers; without those that are gone or cannot be read.
    private mutating func linkMTUs(_ indices: Set<UInt32>) -> [UInt32: UInt32] {
        let indices = Array(indices)
        guard let links = try? links(indices: indices) else { return [:] }
        return Dictionary(zip(indices, links).compactMap { index, link in link.map { (index, $0.mtu) } }) { $1 }
    }
}

extension Route {
    /// The longest answer to a lookup in bytes: header, attributes and metrics take some 200.
    static let longestReplyByteCount = 512
}
