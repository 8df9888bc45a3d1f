import CLibmnl
import Foundation
import L2TPModel
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("A monitor of links and addresses")
struct LinkMonitorTests {
    private let kernel = FakeKernel()

    /// All events that are there.
    private func events<Transport: NetlinkTransport & ~Copyable>(
        _ monitor: inout LinkMonitor<Transport>
    ) throws -> [LinkEvent] {
        var events: [LinkEvent] = []
        while let event = try monitor.next(within: .zero) { events.append(event) }
        return events
    }

    private func link(_ name: String) throws -> Link { try #require(kernel.links.first { $0.name == name }) }

    @Test("begins with what is there, without an event")
    func beginning() throws {
        var monitor = try LinkMonitor(kernel.connector)
        #expect(monitor.links == kernel.links)
        let labeled = kernel.addresses.map { address in
            var address = address
            // Where no label was asked for, Linux takes the link's name.
            if case .v4 = address.address {
                address.attributes.label = kernel.links.first { $0.index == address.linkIndex }?.name
            }
            return address
        }
        #expect(Set(monitor.addresses) == Set(labeled))
        #expect(try monitor.next(within: .milliseconds(5)) == nil)
    }

    @Test("reports links that come, change and go with their addresses")
    func links() throws {
        var monitor = try LinkMonitor(kernel.connector)
        let index = kernel.addLink(named: "pw", isUp: false)
        let added = try link("pw")
        kernel.setLink("pw", isUp: true)
        let up = try link("pw")
        kernel.renameLink("pw", to: "lan")
        let renamed = try link("lan")
        kernel.addAddress(address("10.42.1.1"), prefixBitCount: 30, to: index)
        let own = InterfaceAddress(
            linkIndex: index, address: address("10.42.1.1"), prefixBitCount: 30,
            attributes: AddressAttributes(label: "lan"))
        kernel.removeLink(named: "lan")
        #expect(
            try events(&monitor) == [
                .linkAdded(added), .linkChanged(from: added, to: up), .linkChanged(from: up, to: renamed),
                .addressAdded(own), .addressRemoved(own), .linkRemoved(renamed),
            ])
        #expect(monitor.links == kernel.links)
    }

    @Test("reports what clients change")
    func changes() throws {
        var monitor = try LinkMonitor(kernel.connector)
        var client = try LinkClient(kernel.connector)
        let before = try link("eth0")
        try client.change(before, LinkChanges(mtu: 1400))
        try client.change(try link("eth0"), LinkChanges(mtu: 1400))
        let after = try link("eth0")
        let specification = AddressSpecification(address("10.42.1.1"), prefixBitCount: 30)
        try client.add(specification, to: after)
        try client.remove(specification, from: after)
        let own = InterfaceAddress(
            linkIndex: after.index, address: address("10.42.1.1"), prefixBitCount: 30,
            attributes: AddressAttributes(label: "eth0"))
        #expect(
            try events(&monitor) == [
                .linkChanged(from: before, to: after), .addressAdded(own), .addressRemoved(own),
            ])
    }

    @Test("reads everything again when messages were lost, and reports the difference")
    func overrun() throws {
        kernel.addLink(named: "goes")
        var monitor = try LinkMonitor(kernel.connector)
        let (goes, before) = (try link("goes"), try link("eth0"))
        kernel.behavior.losesNotifications = true
        kernel.removeLink(named: "goes")
        kernel.changeLink("eth0") { $0.mtu = 1400 }
        kernel.removeAddress(address("192.0.2.1"))
        kernel.addAddress(address("fd00::1"), prefixBitCount: 64, to: before.index, isTentative: true)
        kernel.addLink(named: "comes")
        let (comes, after) = (try link("comes"), try link("eth0"))
        let lost = InterfaceAddress(
            linkIndex: 2, address: address("192.0.2.1"), prefixBitCount: 24,
            attributes: AddressAttributes(label: "eth0"))
        var new = InterfaceAddress(linkIndex: 2, address: address("fd00::1"), prefixBitCount: 64, isTentative: true)
        #expect(
            try events(&monitor) == [
                .addressRemoved(lost), .linkRemoved(goes), .linkChanged(from: before, to: after), .linkAdded(comes),
                .addressAdded(new),
            ])
        kernel.finishDuplicateDetection(of: address("fd00::1"))
        let tentative = new
        new.isTentative = false
        #expect(try events(&monitor) == [.addressChanged(from: tentative, to: new)])
        // And goes on with what is notified.
        kernel.behavior.losesNotifications = false
        kernel.changeLink("comes") { $0.alias = "x" }
        #expect(try events(&monitor) == [.linkChanged(from: comes, to: try link("comes"))])
    }

    @Test("reads again after a list that could not be read")
    func failedReading() throws {
        var monitor = try LinkMonitor(kernel.connector)
        kernel.behavior.losesNotifications = true
        kernel.changeLink("eth0") { $0.mtu = 1400 }
        kernel.fail(.links, with: .noMemory)
        let error = failure { () throws(NetlinkError) in _ = try monitor.next(within: .zero) }
        #expect(error == NetlinkError(.request, .noMemory))
        #expect(try events(&monitor).count == 1)
        #expect(monitor.links == kernel.links)
    }

    @Test("waits until something happens")
    func waiting() throws {
        var monitor = try LinkMonitor(kernel.connector)
        Thread.detachNewThread { [kernel] in
            usleep(10_000)
            kernel.changeLink("eth0") { $0.mtu = 1400 }
        }
        let event = try monitor.next()
        guard case .linkChanged(_, let link) = event else {
            Issue.record("\(String(describing: event))")
            return
        }
        #expect(link.mtu == 1400)
    }

    @Test("reports a group that cannot be joined")
    func refusal() {
        kernel.fail(.join(.route), with: .notPermitted)
        #expect(throws: NetlinkError(.join, .notPermitted)) { _ = try LinkMonitor(kernel.connector) }
    }

    @Test("of the running kernel sees the loopback interface")
    func runningKernel() throws {
        let monitor = try LinkMonitor(.kernel())
        #expect(monitor.links.contains { $0.isLoopback })
    }

    /// A bridge says by `RTM_DELLINK` of its own family that a port has left it.
    @Test("does not take a port that leaves its bridge for the end of the link")
    func bridgePort() throws {
        func notification(_ type: Int, family: UInt8) throws -> LinkNotification? {
            let bytes = rawMessage(
                type: UInt16(type), [family, 0, 1, 0] + hostBytes(7 as UInt32) + [UInt8](repeating: 0, count: 8))
            var reader = NetlinkMessageReader(bytes.span)
            guard let message = try reader.next() else { throw NetlinkError.malformed("no message") }
            return try LinkNotification(message)
        }
        #expect(try notification(RTM_DELLINK, family: 7) == nil)
        #expect(try notification(RTM_NEWLINK, family: 7) == nil)
        #expect(try notification(RTM_NEWLINK, family: 10) == nil)
        #expect(try notification(RTM_DELLINK, family: 0) == .linkGone(Link(index: 7, name: "", mtu: 0)))
        #expect(try notification(RTM_NEWROUTE, family: 2) == nil)
    }
}
