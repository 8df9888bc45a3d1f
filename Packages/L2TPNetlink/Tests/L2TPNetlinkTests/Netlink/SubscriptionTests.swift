import L2TPModel
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("A subscription to multicast groups")
struct SubscriptionTests {
    @Test("is not readable while nothing has been sent")
    func silence() throws {
        let subscription = try NetlinkSubscription(over: try FakeKernel().connector.open(.route), groups: [1])
        #expect(try Readiness.wait(for: [subscription.fileDescriptor], atMost: .milliseconds(5)) == [false])
    }

    /// As Linux does, of which a subscriber must know.
    @Test("is told of a loss before what was queued, and gets nothing more until it has taken that")
    func loss() throws {
        let kernel = FakeKernel()
        var subscription = try NetlinkSubscription(
            over: try kernel.connector.open(.route), groups: [LinkNotification.linkGroup])
        func change(_ mtu: UInt32) { kernel.changeLink("eth0") { $0.mtu = mtu } }
        change(1001)
        change(1002)
        kernel.behavior.losesNotifications = true
        change(1003)
        change(1004)
        kernel.behavior.losesNotifications = false
        change(1005)
        var seen: [UInt32] = []
        func note(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
            if case .link(let link) = try LinkNotification(message) { seen.append(link.mtu) }
        }
        #expect(throws: NetlinkError(.receive, .noBufferSpace)) { try subscription.receive(note) }
        change(1006)
        try subscription.receiveWaiting(note)
        #expect(seen == [1001, 1002])
        #expect(try Readiness.wait(for: [subscription.fileDescriptor], atMost: .zero) == [false])
        change(1007)
        try subscription.receive(note)
        #expect(seen == [1001, 1002, 1007])
    }

    @Test("takes what waits across losses and malformed messages")
    func waiting() throws {
        let kernel = FakeKernel()
        var subscription = try NetlinkSubscription(
            over: try kernel.connector.open(.route), groups: [LinkNotification.linkGroup])
        var count = 0
        try subscription.receiveWaiting { (_) throws(NetlinkError) in count += 1 }
        #expect(count == 0)
        kernel.changeLink("eth0") { $0.mtu = 1001 }
        kernel.changeLink("eth0") { $0.mtu = 1002 }
        kernel.behavior.losesNotifications = true
        kernel.changeLink("eth0") { $0.mtu = 1003 }
        try subscription.receiveWaiting { (_) throws(NetlinkError) in
            count += 1
            throw .malformed("example")
        }
        #expect(count == 2)
    }

    @Test("of the running kernel joins the group of links")
    func realSocket() throws {
        let subscription = try NetlinkSubscription(over: try NetlinkSocket(.route), groups: [1])
        #expect(try Readiness.wait(for: [subscription.fileDescriptor], atMost: .zero).count == 1)
    }

    @Test("reports a group that cannot be joined")
    func refusal() throws {
        let kernel = FakeKernel()
        kernel.fail(.join(.route), with: .notPermitted)
        #expect(throws: NetlinkError(.join, .notPermitted)) {
            _ = try NetlinkSubscription(over: try kernel.connector.open(.route), groups: [1])
        }
    }

    @Test("refuses a transport without multicast groups")
    func scriptedTransport() throws {
        #expect(throws: NetlinkError(.join, .notSupportedOnSocket)) {
            _ = try NetlinkSubscription(over: try ScriptedTransport.connector(.init([])).open(.generic), groups: [1])
        }
    }
}
