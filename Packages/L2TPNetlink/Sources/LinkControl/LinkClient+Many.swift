internal import CLibmnl
public import L2TPModel
public import Netlink
internal import SystemPackage

extension LinkClient where Transport: ~Copyable {
    /// The links of those names, in their order, nil where there is none. The kernel request is `RTM_GETLINK` for each,
    /// many under way at a time; unlike a list it does not care for other links that come and go. What the kernel had to
    /// drop is asked for again.
    ///
    /// Throws ``NetlinkError``, as does what follows.
    public mutating func links(named names: [String]) throws(NetlinkError) -> [Link?] {
        // What is too long to be a name nothing can have.
        let asked = names.indices.filter { names[$0].utf8.count < Int(IFNAMSIZ) }
        let found = try links(asked.count) { (index, client) throws(NetlinkError) in
            try client.link(named: names[asked[index]])
        } build: { (index, writer) throws(NetlinkError) in
            try Link.appendQuery(name: names[asked[index]], to: &writer)
        }
        var links = [Link?](repeating: nil, count: names.count)
        for (index, link) in zip(asked, found) { links[index] = link }
        return links
    }

    /// The links of those numbers, in their order, nil where there is none. The kernel request is `RTM_GETLINK`
    /// for each, many under way at a time.
    public mutating func links(indices: [UInt32]) throws(NetlinkError) -> [Link?] {
        try links(indices.count) { (index, client) throws(NetlinkError) in
            try client.link(index: indices[index])
        } build: { (index, writer) throws(NetlinkError) in
            try Link.appendQuery(index: indices[index], to: &writer)
        }
    }

    private mutating func links(
        _ count: Int,
        again: (Int, inout Self) throws(NetlinkError) -> Link?,
        build: (Int, inout NetlinkMessageWriter) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> [Link?] {
        var links = [Link?](repeating: nil, count: count)
        let outcomes = exchange.pipeline(
            NetlinkMessageType(rawValue: UInt16(RTM_GETLINK)), count: count, end: .reply,
            replyByteCount: NetlinkBatch.pageByteCount, build: build
        ) { (index, message) throws(NetlinkError) in
            links[index] = try Link(message)
        }
        for (index, outcome) in outcomes.enumerated() {
            switch outcome {
            case .succeeded where links[index] != nil:
                break
            case .failed(let error) where error.operation == .request && error.errno == .operationNotSupportedByDevice:
                break
            case .succeeded:
                throw .malformed("the kernel confirmed the request without an answer")
            case .unknown(let error) where error.errno == .noBufferSpace:
                links[index] = try again(index, &self)
            case .failed(let error), .unknown(let error), .notSent(let error):
                throw error
            }
        }
        return links
    }
}
