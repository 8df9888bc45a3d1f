import NIOCore
import NIOEmbedded
import Testing

@testable import L2TPExporterWeb

@Suite("Which connection has to go for another")
struct ConnectionRegistryTests {
    private let now = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func client(_ address: String) throws -> ClientAddress {
        ClientAddress(try SocketAddress(ipAddress: address, port: 1))
    }

    /// A connection for which the client waits.
    private func busy(_ registry: ConnectionRegistry, _ address: String) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: Ending())
        try channel.connect(to: SocketAddress(ipAddress: address, port: 1)).wait()
        #expect(registry.admit(channel, of: try client(address), now: now))
        registry.note(channel, waitingSince: nil)
        return channel
    }

    /// Ends the connection when it is told to.
    private final class Ending: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event is ConnectionTimeouts.Abortion { context.close(promise: nil) }
        }
    }

    @Test("Of those that wait for their clients the one that has waited longest, whoever has most")
    func longest() throws {
        let registry = ConnectionRegistry(capacity: 3)
        let channels = try (0..<3).map { _ in try busy(registry, "192.0.2.1") }
        registry.note(channels[0], waitingSince: now - .seconds(1))
        registry.note(channels[1], waitingSince: now - .seconds(2))
        _ = try busy(registry, "192.0.2.1")
        #expect(channels.map(\.isActive) == [true, false, true])
    }

    @Test("If none waits, the newest of the client that has most, for one that has fewer")
    func greediest() throws {
        let registry = ConnectionRegistry(capacity: 4)
        let one = try busy(registry, "192.0.2.1")
        let greedy = try (0..<3).map { _ in try busy(registry, "192.0.2.2") }
        let third = try busy(registry, "192.0.2.3")
        #expect(greedy.map(\.isActive) == [true, true, false])
        #expect(!registry.admit(EmbeddedChannel(), of: try client("192.0.2.2"), now: now))
        // With a second one, the first client would have as many as the greedy one.
        #expect(!registry.admit(EmbeddedChannel(), of: try client("192.0.2.1"), now: now))
        _ = try busy(registry, "192.0.2.4")
        #expect(greedy.map(\.isActive) == [true, false, false])
        #expect(!registry.admit(EmbeddedChannel(), of: try client("192.0.2.5"), now: now))
        #expect(one.isActive && third.isActive)
        #expect(registry.count == 4)
    }

    @Test("Of answers that are sent, those go first of which nobody takes anything")
    func memory() throws {
        let registry = ConnectionRegistry(capacity: 10)
        let memory = ResponseMemory(limit: 2500, registry: registry)
        func response() -> ScrapeResponse { ScrapeResponse(contentType: "", body: [UInt8](repeating: 0, count: 1000)) }
        let reading = try busy(registry, "192.0.2.1")
        memory.begin(response(), on: reading)
        var deaf: [EmbeddedChannel] = []
        for seconds in 1...5 as ClosedRange<Int64> {
            let channel = try busy(registry, "192.0.2.2")
            memory.begin(response(), on: channel)
            registry.note(channel, waitingSince: .now() - .seconds(10 - seconds))
            deaf.append(channel)
        }
        #expect(reading.isActive)
        #expect(deaf.map(\.isActive) == [false, false, false, false, true])
        // While all take what they are sent, the oldest goes.
        registry.note(deaf[4], waitingSince: nil)
        memory.begin(response(), on: try busy(registry, "192.0.2.3"))
        #expect(!reading.isActive)
        #expect(deaf[4].isActive)
    }
}
