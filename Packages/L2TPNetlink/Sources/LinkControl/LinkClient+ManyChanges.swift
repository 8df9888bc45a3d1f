public import L2TPModel
internal import Netlink

/// Changes of many links.
extension LinkClient where Transport: ~Copyable {
    /// Changes many links, as ``change(_:_:)`` changes one, with many requests under way at a time.
    ///
    /// All are checked before the first is sent. The kernel carries them out in their order, and what it refuses of one
    /// does not keep the others from it. Where its answer is lost, the link is looked at, and what it does not show
    /// is asked for again.
    ///
    /// - Parameter changes: The links and what is to be different about each. A link may be there more than once.
    /// - Returns: For each, in their order, why it was not changed, as the single call would throw it; nil if it
    ///   was. With reason `unconfirmed` the kernel's answer is lost, and it may have been.
    public mutating func change(_ changes: [(link: Link, changes: LinkChanges)]) -> [LinkError?] {
        var errors = changes.map { (link, changes) -> LinkError? in
            changes.problem.map { LinkError(.change, .link(link.name), .invalid, $0) }
        }
        let asked = changes.indices.filter { errors[$0] == nil && !changes[$0].changes.isEmpty }
        let outcomes = exchange.pipeline(Self.setLink, count: asked.count) { (index, writer) throws(NetlinkError) in
            let (link, changes) = changes[asked[index]]
            try changes.append(to: &writer, linkIndex: link.index)
        }
        var lost: [Int] = []
        for (index, outcome) in zip(asked, outcomes) {
            let (link, changes) = changes[index]
            switch outcome {
            case .succeeded:
                break
            case .failed(let error):
                errors[index] = changes.diagnose(
                    error, on: look(at: link.index) ?? link, master: master(in: changes))
            case .notSent(let error):
                errors[index] = LinkError(.change, .link(link.name), error)
            case .unknown(let error):
                errors[index] = .unconfirmed(.change, .link(link.name), error)
                lost.append(index)
            }
        }
        if !lost.isEmpty { repeatLost(lost, of: asked.map { ($0, changes[$0].link, changes[$0].changes) }, &errors) }
        return errors
    }

    /// Asks again for the changes whose answers are lost, and after them for what had been changed later about the same
    /// links, so that the last wins.
    private mutating func repeatLost(
        _ lost: [Int], of asked: [(index: Int, link: Link, changes: LinkChanges)], _ errors: inout [LinkError?]
    ) {
        let isLost = Set(lost)
        var touched: Set<UInt32> = []
        for (index, link, changes) in asked {
            guard isLost.contains(index) || touched.contains(link.index) && errors[index] == nil else { continue }
            touched.insert(link.index)
            do throws(NetlinkError) {
                // A link that is gone has the change itself say so.
                let remaining = try self.link(index: link.index).map { changes.remaining(on: $0) } ?? changes
                errors[index] = linkFailure { (client) throws(LinkError) in try client.change(link, remaining) }
            } catch {
                // Nothing can be seen: what was lost stays so, and each further look may take its time to fail.
                return
            }
        }
    }

    /// What `body` throws; nil if nothing.
    mutating func linkFailure(_ body: (inout Self) throws(LinkError) -> Void) -> LinkError? {
        do throws(LinkError) {
            try body(&self)
            return nil
        } catch {
            return error
        }
    }
}
