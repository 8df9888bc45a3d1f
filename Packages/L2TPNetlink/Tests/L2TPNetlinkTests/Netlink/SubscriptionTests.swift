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
