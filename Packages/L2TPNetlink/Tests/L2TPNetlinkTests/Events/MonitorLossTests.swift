import Glibc
import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("A monitor that has lost messages")
struct MonitorLossTests: MonitorSuite {
    let kernel = Self.makeKernel()

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
        for _ in 1...10 where monitor.sessions != kernel.sessions { events += try monitor.next(within: .seconds(6)) }
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
        let first = try monitor.next(within: .seconds(60)).map(\.kind)
        #expect(first == [.overrun])
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp(1, port: 1))
        #expect(
            try monitor.next(within: .seconds(60)) == [L2TPEvent(.tunnelCreated(try tunnel(1)), .notification)])
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
        for _ in 1...10 where kinds.count < 2 { kinds += try monitor.next(within: .seconds(6)).map(\.kind) }
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
            try monitor.next(within: .seconds(60)) == [
                L2TPEvent(.tunnelDeleted(tunnels[0], sessions: [sessions[0]]), .resynchronization)
            ])
        kernel.closeSocket(sockets[1])
        #expect(
            try monitor.next(within: .seconds(60)) == [
                L2TPEvent(.tunnelDeleted(tunnels[1], sessions: [sessions[1]]), .linkRemoval)
            ])
    }
}
