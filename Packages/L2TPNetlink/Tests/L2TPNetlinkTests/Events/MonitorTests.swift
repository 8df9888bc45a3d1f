import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("A monitor")
struct MonitorTests: MonitorSuite {
    let kernel = Self.makeKernel()

    @Test("knows what there was at its start, and reports nothing of it")
    func start() throws {
        try make()
        var monitor = try L2TPMonitor(kernel.connector)
        #expect(monitor.tunnels == kernel.tunnels)
        #expect(monitor.sessions == kernel.sessions)
        #expect(try monitor.next(within: .zero) == [])
    }

    @Test("subscribes before it reads")
    func subscription() throws {
        _ = try L2TPMonitor(kernel.connector)
        #expect(kernel.requests.map(\.step) == [.family, .sessionDump, .tunnelDump, .links])
    }

    @Test("reports creations")
    func creation() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        try make()
        #expect(
            try monitor.next(within: .seconds(60)) == [
                L2TPEvent(.tunnelCreated(try tunnel()), .notification),
                L2TPEvent(.sessionCreated(try session()), .notification),
            ])
        #expect(try monitor.next(within: .zero) == [])
        #expect(monitor.tunnels == kernel.tunnels)
        #expect(monitor.sessions == kernel.sessions)
    }

    @Test("reports a deletion once, with the last counters", arguments: [0, 3])
    func deletion(delay: Int) throws {
        try make()
        var monitor = try L2TPMonitor(kernel.connector)
        kernel.setStatistics(Statistics(transmitPackets: 7), of: SessionID(1000), in: TunnelID(3000))
        let (tunnel, session) = (try tunnel(), try session())
        kernel.behavior.deletionDelay = delay
        var client = try L2TPClient(kernel.connector)
        try client.deleteSession(session.id, in: tunnel.id, waitingAtMost: .zero)
        let events = try monitor.next(within: .seconds(60))
        #expect(events.map(\.kind) == [.sessionDeleted(session.with(transmitPackets: 7))])
        try client.deleteTunnel(tunnel.id, waitingAtMost: .zero)
        #expect(
            try monitor.next(within: .seconds(60)) == [L2TPEvent(.tunnelDeleted(tunnel, sessions: []), .notification)])
        #expect(try monitor.next(within: .milliseconds(20)) == [])
    }

    @Test("reports a deletion once that was asked for twice")
    func deletionTwice() throws {
        try make()
        var monitor = try L2TPMonitor(kernel.connector)
        let tunnel = try tunnel()
        let session = try session()
        kernel.behavior.deletionDelay = 5
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        for _ in 1...2 {
            try exchange.perform(L2TPCommand.tunnelDelete, [(9, UInt32(3000))])
        }
        #expect(
            try monitor.next(within: .seconds(60)).map(\.kind) == [.tunnelDeleted(tunnel, sessions: [session])])
        #expect(try monitor.next(within: .milliseconds(20)) == [])
    }

    @Test("tells sessions with their tunnel")
    func tunnelWithSessions() throws {
        try make([1000, 1001, 1002])
        var monitor = try L2TPMonitor(kernel.connector)
        let (tunnel, sessions) = (try tunnel(), kernel.sessions)
        var client = try L2TPClient(kernel.connector)
        try client.deleteTunnel(tunnel.id)
        #expect(
            try monitor.next(within: .seconds(60)) == [
                L2TPEvent(.tunnelDeleted(tunnel, sessions: sessions), .notification)
            ])
        #expect(try monitor.next(within: .milliseconds(20)) == [])
    }

    @Test("notices a closed socket by the interface that goes with it")
    func closedSocket() throws {
        let socket = kernel.openSocket(
            OpenSocket(.udp, local: address("192.0.2.1"), peer: address("192.0.2.2"), localPort: 1, peerPort: 1))
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        try exchange.perform(
            L2TPCommand.tunnelCreate, [(9, UInt32(1)), (10, UInt32(1)), (23, socket)], version: 3)
        var client = try L2TPClient(kernel.connector)
        try client.createSession(.ethernet(5, in: 1, interface: "pw"))
        var monitor = try L2TPMonitor(kernel.connector)
        let (tunnel, session) = (try tunnel(1), try session(5))
        kernel.closeSocket(socket)
        #expect(
            try monitor.next(within: .seconds(60)) == [
                L2TPEvent(.tunnelDeleted(tunnel, sessions: [session]), .linkRemoval)
            ])
    }

    @Test("finds by comparing what nothing tells of")
    func comparison() throws {
        let socket = kernel.openSocket(
            OpenSocket(.udp, local: address("192.0.2.1"), peer: address("192.0.2.2"), localPort: 1, peerPort: 1))
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        try exchange.perform(
            L2TPCommand.tunnelCreate, [(9, UInt32(1)), (10, UInt32(1)), (23, socket)], version: 3)
        var monitor = try L2TPMonitor(kernel.connector, comparingEvery: .milliseconds(20))
        let tunnel = try tunnel(1)
        kernel.closeSocket(socket)
        #expect(
            try monitor.next(within: .seconds(60)) == [
                L2TPEvent(.tunnelDeleted(tunnel, sessions: []), .resynchronization)
            ])
    }

    @Test("reports changed settings, each change, and none that changes nothing")
    func modification() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        try make()
        #expect(try monitor.next(within: .seconds(60)).count == 2)
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        let old = try session()
        var (sending, sendingInLNSMode) = (old, old)
        sending.sendsSequenceNumbers = true
        sendingInLNSMode.sendsSequenceNumbers = true
        sendingInLNSMode.lnsMode = true
        try exchange.modifySession(19, 1)
        #expect(
            try monitor.next(within: .seconds(60)) == [
                L2TPEvent(.sessionModified(from: old, to: sending), .notification)
            ])
        try exchange.modifySession(19, 1)
        #expect(try monitor.next(within: .milliseconds(5)) == [])
        try exchange.modifySession(20, 1)
        try exchange.modifySession(19, 0)
        try exchange.modifySession(20, 0)
        var inLNSMode = old
        inLNSMode.lnsMode = true
        #expect(
            try monitor.next(within: .seconds(60)).map(\.kind) == [
                .sessionModified(from: sending, to: sendingInLNSMode),
                .sessionModified(from: sendingInLNSMode, to: inLNSMode),
                .sessionModified(from: inLNSMode, to: old),
            ])
        #expect(monitor.sessions == [old])
    }

    @Test("goes on after a failure")
    func failure() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        try make()
        kernel.fail(.tunnelGet, with: .notPermitted)
        do throws(L2TPError) {
            _ = try monitor.next(within: .seconds(60))
            Issue.record("no error")
        } catch {
            #expect(error.operation == .monitor)
            #expect(error.reason == .notPermitted)
        }
        #expect(try monitor.next(within: .seconds(60)).count == 2)
    }

    @Test("needs its subscriptions", arguments: [NetlinkProtocol.generic, .route])
    func refusedSubscription(netlinkProtocol: NetlinkProtocol) {
        kernel.fail(.join(netlinkProtocol), with: .notPermitted)
        do throws(L2TPError) {
            _ = try L2TPMonitor(kernel.connector)
            Issue.record("no error")
        } catch {
            #expect(error.operation == .monitor)
            #expect(error.description.hasPrefix("cannot monitor L2TP: "))
        }
    }

    @Test("ends its wait for a wake-up, and when nobody reads any more")
    func wakeUp() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        let wakeUp = try WakeUp()
        wakeUp.signal()
        #expect(try monitor.next(wakingOn: wakeUp.fileDescriptor) == [])
        wakeUp.reset()
        let pipe = try FileDescriptor.pipe()
        #expect(try monitor.next(within: .milliseconds(5), orHangUpOf: pipe.writeEnd) == [])
        try pipe.readEnd.close()
        #expect(try monitor.next(orHangUpOf: pipe.writeEnd) == [])
        try pipe.writeEnd.close()
    }
}
