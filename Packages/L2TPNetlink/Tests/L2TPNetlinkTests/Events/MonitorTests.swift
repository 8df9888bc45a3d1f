import Glibc
import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("A monitor")
struct MonitorTests {
    let kernel: FakeKernel

    init() {
        kernel = FakeKernel()
        // So that what a test sets is what is reported.
        kernel.behavior.lacksDiscardCounters = true
    }

    /// A kernel with tunnel 3000 and session 1000 in it.
    private func make(_ sessions: [UInt32] = [1000]) throws {
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        for id in sessions { try client.createSession(.ethernet(id, interface: "pw\(id)")) }
    }

    private func tunnel(_ id: UInt32 = 3000) throws -> Tunnel {
        try #require(kernel.tunnels.first { $0.id == TunnelID(id) })
    }

    private func session(_ id: UInt32 = 1000) throws -> Session {
        try #require(kernel.sessions.first { $0.id == SessionID(id) })
    }

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
            try monitor.next(within: .seconds(2)) == [
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
        let events = try monitor.next(within: .seconds(5))
        #expect(events.map(\.kind) == [.sessionDeleted(session.with(transmitPackets: 7))])
        try client.deleteTunnel(tunnel.id, waitingAtMost: .zero)
        #expect(
            try monitor.next(within: .seconds(5)) == [L2TPEvent(.tunnelDeleted(tunnel, sessions: []), .notification)])
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
            try monitor.next(within: .seconds(5)).map(\.kind) == [.tunnelDeleted(tunnel, sessions: [session])])
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
            try monitor.next(within: .seconds(2)) == [
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
            try monitor.next(within: .seconds(2)) == [
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
            try monitor.next(within: .seconds(2)) == [
                L2TPEvent(.tunnelDeleted(tunnel, sessions: []), .resynchronization)
            ])
    }

    @Test("reports changed settings, each change, and none that changes nothing")
    func modification() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        try make()
        #expect(try monitor.next(within: .seconds(2)).count == 2)
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        let old = try session()
        var (sending, sendingInLNSMode) = (old, old)
        sending.sendsSequenceNumbers = true
        sendingInLNSMode.sendsSequenceNumbers = true
        sendingInLNSMode.lnsMode = true
        try exchange.modifySession(19, 1)
        #expect(
            try monitor.next(within: .seconds(2)) == [
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
            try monitor.next(within: .seconds(2)).map(\.kind) == [
                .sessionModified(from: sending, to: sendingInLNSMode),
                .sessionModified(from: sendingInLNSMode, to: inLNSMode),
                .sessionModified(from: inLNSMode, to: old),
            ])
        #expect(monitor.sessions == [old])
    }

    @Test("reports nothing of other namespaces' objects")
    func foreign() throws {
        try make()
        var monitor = try L2TPMonitor(kernel.connector)
        var other = try tunnel()
        other.id = TunnelID(9)
        var session = try session()
        session.tunnelID = TunnelID(9)
        for action in [L2TPNotification.Action.create, .modify] {
            kernel.sendForeign(L2TPNotification(action, .tunnel(other), requesterPortID: 77))
            kernel.sendForeign(L2TPNotification(action, .session(session), requesterPortID: 77))
        }
        #expect(try monitor.next(within: .milliseconds(5)) == [])
        kernel.sendForeign(L2TPNotification(.delete, .tunnel(other), requesterPortID: 77))
        #expect(try monitor.next(within: .milliseconds(5)) == [])
        #expect(monitor.foreignNotificationCount == 5)
        #expect(monitor.tunnels == kernel.tunnels)
    }

    /// Port identifiers are unique in one namespace only: there may be another requester of that one here.
    @Test("passes nothing over in silence because a requester of that number was seen elsewhere")
    func knownElsewhere() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        try make([])
        var other = try tunnel()
        #expect(try monitor.next(within: .seconds(2)).count == 1)
        other.id = TunnelID(9)
        kernel.sendForeign(L2TPNotification(.create, .tunnel(other), requesterPortID: 77))
        #expect(try monitor.next(within: .milliseconds(5)) == [])
        let brief = [L2TPNotification.Action.create, .delete].map {
            L2TPNotification($0, .tunnel(other), requesterPortID: 77)
        }
        for notification in brief { kernel.sendForeign(notification) }
        #expect(try monitor.next(within: .seconds(2)).map(\.kind) == brief.map { .unattributed($0) })
        #expect(monitor.foreignNotificationCount == 1)
    }

    @Test("is not misled by another namespace's object with the same identifiers")
    func twin() throws {
        try make()
        var monitor = try L2TPMonitor(kernel.connector)
        let (tunnel, session) = (try tunnel(), try session())
        for action in [L2TPNotification.Action.create, .modify, .delete, .create] {
            kernel.sendForeign(L2TPNotification(action, .session(session), requesterPortID: 77))
        }
        kernel.sendForeign(L2TPNotification(.create, .tunnel(tunnel), requesterPortID: 77))
        #expect(try monitor.next(within: .milliseconds(50)) == [])
        #expect(monitor.tunnels == [tunnel])
        #expect(monitor.sessions == [session])
    }

    @Test("says of what came and went that it cannot tell whose it was")
    func unattributed() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        try make([])
        let tunnel = try tunnel()
        var client = try L2TPClient(kernel.connector)
        try client.deleteTunnel(tunnel.id)
        let kinds = try monitor.next(within: .seconds(2)).map(\.kind)
        #expect(kinds.count == 2)
        for kind in kinds {
            guard case .unattributed(let notification) = kind else {
                Issue.record("\(kind)")
                continue
            }
            #expect(notification.object == .tunnel(tunnel))
        }
    }

    @Test("takes what came and went for its own if its requester has been seen to be here")
    func requester() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        #expect(try monitor.next(within: .seconds(2)).count == 1)
        try client.createTunnel(.udp(1, port: 1))
        let tunnel = try tunnel(1)
        try client.deleteTunnel(tunnel.id)
        #expect(
            try monitor.next(within: .seconds(2)) == [
                L2TPEvent(.tunnelCreated(tunnel), .requester),
                L2TPEvent(.tunnelDeleted(tunnel, sessions: []), .notification),
            ])
    }

    @Test("does not trust a requester that is in two namespaces")
    func sharedPortIdentifier() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        let port = kernel.lastRequesterPortID
        #expect(try monitor.next(within: .seconds(2)).count == 1)
        var other = try tunnel()
        other.id = TunnelID(9)
        kernel.sendForeign(L2TPNotification(.create, .tunnel(other), requesterPortID: port))
        #expect(try monitor.next(within: .seconds(2)).count == 1)
        try client.createTunnel(.udp(1, port: 1))
        try client.deleteTunnel(TunnelID(1))
        let kinds = try monitor.next(within: .seconds(2)).map(\.kind)
        #expect(kinds.count == 2)
        for kind in kinds {
            if case .unattributed = kind { continue }
            Issue.record("\(kind)")
        }
    }

    @Test("knows a tunnel that came and went by its session's interface")
    func briefTunnel() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        try make()
        let (tunnel, session) = (try tunnel(), try session())
        var client = try L2TPClient(kernel.connector)
        try client.deleteTunnel(tunnel.id)
        #expect(
            try monitor.next(within: .seconds(2)) == [
                L2TPEvent(.tunnelCreated(tunnel), .requester),
                L2TPEvent(.sessionCreated(session), .notification),
                L2TPEvent(.tunnelDeleted(tunnel, sessions: [session]), .notification),
            ])
    }

    @Test("tells rounds apart that are alike, however late it reads")
    func rounds() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        for _ in 1...5 {
            try make()
            var exchange = Exchange(over: try kernel.connector.open(.generic))
            try exchange.modifySession(19, 1)
            var client = try L2TPClient(kernel.connector)
            try client.deleteTunnel(TunnelID(3000))
        }
        try make()
        var kinds: [String] = []
        for event in try monitor.next(within: .seconds(2)) {
            switch event.kind {
            case .tunnelCreated: kinds.append("+t")
            case .sessionCreated: kinds.append("+s")
            case .sessionModified: kinds.append("~s")
            case .tunnelDeleted(_, let sessions): kinds.append("-t\(sessions.count)")
            default: kinds.append("?")
            }
        }
        let round = ["+t", "+s", "~s", "-t1"]
        #expect(
            kinds.filter { $0 != "?" && $0 != "~s" } == Array(repeating: ["+t", "+s", "-t1"], count: 5).flatMap { $0 }
                + ["+t", "+s"])
        #expect(kinds.filter { $0 == "~s" || $0 == "?" }.count == 5)
        #expect(kinds.count == 5 * round.count + 2)
        #expect(monitor.sessions == kernel.sessions)
    }

    @Test("knows a session that came and went by its interface")
    func briefSession() throws {
        try make()
        var monitor = try L2TPMonitor(kernel.connector)
        var client = try L2TPClient(kernel.connector)
        try client.createSession(.ethernet(5, interface: "brief"))
        let session = try session(5)
        try client.deleteSession(session.id, in: session.tunnelID)
        #expect(
            try monitor.next(within: .seconds(2)) == [
                L2TPEvent(.sessionCreated(session), .notification),
                L2TPEvent(.sessionDeleted(session), .notification),
            ])
    }

    @Test("reports a session that gave way to one alike")
    func replacement() throws {
        try make()
        var monitor = try L2TPMonitor(kernel.connector)
        let session = try session()
        var client = try L2TPClient(kernel.connector)
        try client.deleteSession(session.id, in: session.tunnelID)
        try client.createSession(.ethernet(1000, interface: "pw1000"))
        #expect(
            try monitor.next(within: .seconds(2)).map(\.kind) == [.sessionDeleted(session), .sessionCreated(session)])
        #expect(try monitor.next(within: .milliseconds(20)) == [])
    }

    @Test("reports an overrun once, and what has changed")
    func overrun() throws {
        try make()
        var monitor = try L2TPMonitor(kernel.connector)
        let gone = try session()
        var client = try L2TPClient(kernel.connector)
        kernel.behavior.losesNotifications = true
        try client.createTunnel(.udp(1, port: 1))
        try client.createSession(.ethernet(5, in: 1, interface: "pw"))
        try client.deleteSession(gone.id, in: gone.tunnelID)
        kernel.behavior.losesNotifications = false
        var events: [L2TPEvent] = []
        for _ in 1...10 where monitor.sessions != kernel.sessions { events += try monitor.next(within: .seconds(1)) }
        #expect(
            events == [
                L2TPEvent(.overrun, .notification),
                L2TPEvent(.tunnelCreated(try tunnel(1)), .resynchronization),
                L2TPEvent(.sessionCreated(try session(5)), .resynchronization),
                L2TPEvent(.sessionDeleted(gone), .resynchronization),
            ])
        #expect(monitor.tunnels == kernel.tunnels)
    }

    /// Notifies the group of tunnel 3000 so often, and changes nothing.
    private func announce(_ count: Int) throws {
        let notification = L2TPNotification(.modify, .tunnel(try tunnel()), requesterPortID: 77)
        for _ in 0..<count { kernel.sendForeign(notification) }
    }

    /// What is queued before a loss must be taken before all is compared: until then the kernel drops without a word.
    @Test("misses nothing that happens after it has reported an overrun")
    func changeAfterOverrun() throws {
        try make([])
        var monitor = try L2TPMonitor(kernel.connector)
        try announce(3000)
        kernel.behavior.losesNotifications = true
        try announce(1)
        kernel.behavior.losesNotifications = false
        // So that the comparison is due at once.
        usleep(250_000)
        let first = try monitor.next(within: .seconds(2)).map(\.kind)
        #expect(first == [.overrun])
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp(1, port: 1))
        #expect(
            try monitor.next(within: .seconds(2)) == [L2TPEvent(.tunnelCreated(try tunnel(1)), .notification)])
    }

    @Test("does not conclude from a deletion that was lost")
    func lostDeletion() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        try make([])
        let tunnel = try tunnel()
        kernel.behavior.losesNotifications = true
        var client = try L2TPClient(kernel.connector)
        try client.deleteTunnel(tunnel.id)
        kernel.behavior.losesNotifications = false
        var kinds: [L2TPEvent.Kind] = []
        for _ in 1...10 where kinds.count < 2 { kinds += try monitor.next(within: .seconds(2)).map(\.kind) }
        #expect(kinds.first == .overrun)
        guard case .unattributed(let notification) = kinds.last else {
            Issue.record("\(kinds)")
            return
        }
        #expect(notification.object == .tunnel(tunnel))
        #expect(monitor.foreignNotificationCount == 0)
        #expect(monitor.tunnels == [])
    }

    @Test("finds what happened to interfaces while their messages were lost, and follows them again")
    func lostLinkMessages() throws {
        let sockets = try (1...2).map { number in
            let socket = kernel.openSocket(
                OpenSocket(
                    .udp, local: address("192.0.2.1"), peer: address("192.0.2.2"), localPort: UInt16(number),
                    peerPort: 1))
            var exchange = Exchange(over: try kernel.connector.open(.generic))
            try exchange.perform(
                L2TPCommand.tunnelCreate, [(9, UInt32(number)), (10, UInt32(1)), (23, socket)], version: 3)
            var client = try L2TPClient(kernel.connector)
            try client.createSession(.ethernet(UInt32(number), in: UInt32(number), interface: "pw\(number)"))
            return socket
        }
        var monitor = try L2TPMonitor(kernel.connector)
        let tunnels = kernel.tunnels
        let sessions = kernel.sessions
        for mtu in 1..<UInt32(3000) { kernel.changeLink("eth0") { $0.mtu = 1000 + mtu } }
        kernel.behavior.losesNotifications = true
        kernel.closeSocket(sockets[0])
        kernel.behavior.losesNotifications = false
        usleep(250_000)
        #expect(
            try monitor.next(within: .seconds(2)) == [
                L2TPEvent(.tunnelDeleted(tunnels[0], sessions: [sessions[0]]), .resynchronization)
            ])
        kernel.closeSocket(sockets[1])
        #expect(
            try monitor.next(within: .seconds(2)) == [
                L2TPEvent(.tunnelDeleted(tunnels[1], sessions: [sessions[1]]), .linkRemoval)
            ])
    }

    @Test("goes on after a failure")
    func failure() throws {
        var monitor = try L2TPMonitor(kernel.connector)
        try make()
        kernel.fail(.tunnelGet, with: .notPermitted)
        do throws(L2TPError) {
            _ = try monitor.next(within: .seconds(2))
            Issue.record("no error")
        } catch {
            #expect(error.operation == .monitor)
            #expect(error.reason == .notPermitted)
        }
        #expect(try monitor.next(within: .seconds(2)).count == 2)
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

extension Session {
    fileprivate func with(transmitPackets: UInt64) -> Self {
        var session = self
        session.statistics.transmitPackets = transmitPackets
        return session
    }
}

extension Exchange where Transport: ~Copyable {
    /// Sends a command with numbers of 32 bits, for a tunnel over UDP.
    fileprivate mutating func perform(
        _ command: L2TPCommand, _ numbers: [(type: Int, value: UInt32)], version: UInt8? = nil
    ) throws(NetlinkError) {
        var attributes = numbers.map { (type: $0.type, value: hostBytes($0.value)) }
        if let version { attributes += [(7, [version]), (2, [0, 0])] }
        try perform(Int(command.rawValue), attributes)
    }

    /// Changes a setting of session 1000 in tunnel 3000.
    fileprivate mutating func modifySession(_ type: Int, _ value: UInt8) throws(NetlinkError) {
        try perform(
            Int(L2TPCommand.sessionModify.rawValue),
            [(9, hostBytes(UInt32(3000))), (11, hostBytes(UInt32(1000))), (type, [value])])
    }
}
