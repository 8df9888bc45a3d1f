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
    /// The oldest first.
    private let holdings = Mutex<[Holding]>([])

    /// No answers yet.
    init(limit: Int) {
        self.limit = limit
    }

    /// How many bytes there are.
    var byteCount: Int { holdings.withLock { $0.reduce(0) { $0 + $1.response.body.readableBytes } } }

    /// An answer is to be sent. If that makes too many bytes, the connections that are still sent the oldest answers are
    /// closed; never those of this one.
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
                let oldest = holdings.removeFirst()
                bytes -= oldest.response.body.readableBytes
                victims += oldest.channels.values
            }
            return victims
        }
        for victim in victims { victim.pipeline.fireUserInboundEventTriggered(ConnectionTimeouts.Abortion()) }
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
