internal import NIOCore
internal import Synchronization

/// The different answers that are being sent, and to whom: so many bytes of them may there be.
///
/// Clients that are sent the same answer share its bytes; those that read slowly keep an old one alive.
final class ResponseMemory: Sendable {
    private struct Holding {
        var response: ScrapeResponse
        var channels: [ObjectIdentifier: any Channel]
    }

    /// The most bytes.
    private let limit: Int
    /// Knows which clients take nothing.
    private let registry: ConnectionRegistry
    /// The oldest first.
    private let holdings = Mutex<[Holding]>([])

    /// No answers yet.
    init(limit: Int, registry: ConnectionRegistry) {
        self.limit = limit
        self.registry = registry
    }

    /// How many bytes there are.
    var byteCount: Int { holdings.withLock { $0.reduce(0) { $0 + $1.response.body.readableBytes } } }

    /// An answer is to be sent. If that makes too many bytes, connections that are still sent other answers are closed: those
    /// first whose clients have taken nothing for longest, and of those who take it, those with the oldest answers.
    func begin(_ response: ScrapeResponse, on channel: any Channel) {
        let victims = holdings.withLock { holdings -> [any Channel] in
            if let index = holdings.firstIndex(where: { $0.response === response }) {
                holdings[index].channels[ObjectIdentifier(channel)] = channel
                return []
            }
            holdings.append(Holding(response: response, channels: [ObjectIdentifier(channel): channel]))
            var bytes = holdings.reduce(0) { $0 + $1.response.body.readableBytes }
            var victims: [any Channel] = []
            while bytes > limit, holdings.count > 1 {
                let victim = holdings.remove(at: slowest(of: holdings.dropLast()))
                bytes -= victim.response.body.readableBytes
                victims += victim.channels.values
            }
            return victims
        }
        for victim in victims { victim.pipeline.fireUserInboundEventTriggered(ConnectionTimeouts.Abortion()) }
    }

    /// Where the answer is that nobody has taken anything of for longest; the oldest if all are being taken.
    private func slowest(of holdings: ArraySlice<Holding>) -> Int {
        let now = NIODeadline.now()
        let progress = holdings.map { holding in
            holding.channels.keys.map { id in min(registry.waitingSince(id) ?? now, now) }.max() ?? now
        }
        return progress.indices.min { progress[$0] < progress[$1] } ?? 0
    }

    /// It has been sent, or cannot be.
    func end(_ response: ScrapeResponse, on channel: any Channel) {
        holdings.withLock { holdings in
            guard let index = holdings.firstIndex(where: { $0.response === response }) else { return }
            holdings[index].channels[ObjectIdentifier(channel)] = nil
            if holdings[index].channels.isEmpty { holdings.remove(at: index) }
        }
    }
}
