import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("Whose what a monitor is told is")
struct MonitorAttributionTests: MonitorSuite {
    let kernel = Self.makeKernel()

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
        #expect(try monitor.next(within: .seconds(60)).count == 1)
        other.id = TunnelID(9)
        kernel.sendForeign(L2TPNotification(.create, .tunnel(other), requesterPortID: 77))
        #expect(try monitor.next(within: .milliseconds(5)) == [])
        let brief = [L2TPNotification.Action.create, .delete].map {
            L2TPNotification($0, .tunnel(other), requesterPortID: 77)
        }
        for notification in brief { kernel.sendForeign(notification) }
        #expect(try monitor.next(within: .seconds(60)).map(\.kind) == brief.map { .unattributed($0) })
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
        let kinds = try monitor.next(within: .seconds(60)).map(\.kind)
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
        #expect(try monitor.next(within: .seconds(60)).count == 1)
        try client.createTunnel(.udp(1, port: 1))
        let tunnel = try tunnel(1)
        try client.deleteTunnel(tunnel.id)
        #expect(
            try monitor.next(within: .seconds(60)) == [
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
        #expect(try monitor.next(within: .seconds(60)).count == 1)
        var other = try tunnel()
        other.id = TunnelID(9)
        kernel.sendForeign(L2TPNotification(.create, .tunnel(other), requesterPortID: port))
        #expect(try monitor.next(within: .seconds(60)).count == 1)
        try client.createTunnel(.udp(1, port: 1))
        try client.deleteTunnel(TunnelID(1))
        let kinds = try monitor.next(within: .seconds(60)).map(\.kind)
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
            try monitor.next(within: .seconds(60)) == [
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
        for event in try monitor.next(within: .seconds(60)) {
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
            try monitor.next(within: .seconds(60)) == [
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
            try monitor.next(within: .seconds(60)).map(\.kind) == [.sessionDeleted(session), .sessionCreated(session)])
        #expect(try monitor.next(within: .milliseconds(20)) == [])
    }
}
