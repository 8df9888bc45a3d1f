import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import L2TPNetlink

@Suite("Events as a sequence", .timeLimit(.minutes(1)))
struct EventSequenceTests {
    let kernel = FakeKernel()

    private func change() throws {
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createSession(.ethernet(interface: "pw"))
    }

    @Test("begins with what there is, and goes on with what happens")
    func events() async throws {
        try change()
        let events = try L2TPEvents(kernel.connector)
        #expect(events.tunnels.map(\.id) == [TunnelID(3000)])
        #expect(events.sessions.map(\.id) == [SessionID(1000)])
        var client = try L2TPClient(kernel.connector)
        try client.deleteTunnel(TunnelID(3000))
        var iterator = events.makeAsyncIterator()
        guard case .tunnelDeleted(let tunnel, let sessions) = try await iterator.next()?.kind else {
            Issue.record("another event")
            return
        }
        #expect(tunnel.id == TunnelID(3000))
        #expect(sessions.map(\.id) == [SessionID(1000)])
    }

    @Test("ends when its task is cancelled while it waits")
    func cancellation() async throws {
        let events = try L2TPEvents(kernel.connector)
        let task = Task {
            var count = 0
            for try await _ in events { count += 1 }
            return count
        }
        task.cancel()
        #expect(try await task.value == 0)
    }

    @Test("ends with an error")
    func failure() async throws {
        let events = try L2TPEvents(kernel.connector)
        kernel.fail(.tunnelGet, with: .notPermitted)
        let tunnel = Tunnel(
            id: TunnelID(1), peerID: TunnelID(1), encapsulation: .ip, local: address("192.0.2.1"),
            peer: address("192.0.2.2"))
        kernel.sendForeign(L2TPNotification(.create, .tunnel(tunnel), requesterPortID: 7))
        do {
            for try await _ in events { Issue.record("an event") }
        } catch {
            #expect(error.operation == .monitor)
            #expect(error.reason == .notPermitted)
        }
    }

    @Test("is not to be had where it cannot be")
    func refusal() {
        kernel.behavior.isPrivileged = false
        #expect(throws: L2TPError.self) { _ = try L2TPEvents(kernel.connector) }
    }
}

@Suite("The channel between thread and task", .timeLimit(.minutes(1)))
struct EventChannelTests {
    private let event = L2TPEvent(.overrun, .notification)

    @Test("is full at its limit, and wakes the thread when there is room")
    func limit() async throws {
        let channel = EventChannel(wakeUp: try WakeUp())
        #expect(channel.state == .open)
        channel.put(Array(repeating: event, count: L2TPEvents.limit))
        #expect(channel.state == .full)
        #expect(try Readiness.wait(for: [channel.wakeUp.fileDescriptor], atMost: .zero) == [false])
        #expect(try await channel.next() == event)
        #expect(channel.state == .open)
        #expect(try Readiness.wait(for: [channel.wakeUp.fileDescriptor], atMost: .zero) == [true])
    }

    @Test("does not keep what has been taken, also when something always waits")
    func memory() async throws {
        let channel = EventChannel(wakeUp: try WakeUp())
        channel.put([event, event])
        for _ in 1...10 * L2TPEvents.limit {
            channel.put([event])
            #expect(try await channel.next() == event)
            #expect(channel.heldCount <= L2TPEvents.limit + 3)
        }
    }

    @Test("hands out what there is before the end, and the error once")
    func end() async throws {
        let channel = EventChannel(wakeUp: try WakeUp())
        channel.put([event])
        let failure = L2TPError(.monitor, .subsystem, .other, "example")
        channel.finish(failure)
        #expect(try await channel.next() == event)
        await #expect(throws: failure) { _ = try await channel.next() }
        #expect(try await channel.next() == nil)
    }

    @Test("lets the thread end when it is closed")
    func close() async throws {
        let channel = EventChannel(wakeUp: try WakeUp())
        channel.put([event])
        channel.close()
        #expect(channel.state == .closed)
        #expect(try Readiness.wait(for: [channel.wakeUp.fileDescriptor], atMost: .zero) == [true])
        #expect(try await channel.next() == nil)
    }
}
