import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    @Suite("The events of links and addresses", .sitePair)
    struct LinkMonitorTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        private func monitor() throws -> LinkMonitor<NetlinkSocket> {
            try LinkMonitor(.kernel(in: pair.left.networkNamespace))
        }

        /// The events until nothing has come for a while.
        private func events(_ monitor: inout LinkMonitor<NetlinkSocket>) throws -> [LinkEvent] {
            var events: [LinkEvent] = []
            while let event = try monitor.next(within: .milliseconds(200)) { events.append(event) }
            return events
        }

        @Test("of a session's interface: it comes, changes and goes")
        func session() throws {
            var monitor = try monitor()
            let interface = try PseudowireInterface(in: pair.left)
            let created = try interface.link
            #expect(try monitor.next(within: .seconds(5)) == .linkAdded(created))
            try interface.change(LinkChanges(isUp: true, mtu: 1400))
            let changed = try interface.link
            let changes = try events(&monitor)
            guard case .linkChanged(created, _) = changes.first, case .linkChanged(_, changed) = changes.last else {
                Issue.record("\(changes)")
                return
            }
            // Linux 6.1 does not rename what is up.
            try Shell.ip(
                ["address add 10.42.1.1/30 dev pw", "link set pw down", "link set pw name lan"], in: pair.left)
            let renamed = try pair.left.requireLink("lan")
            // Linux renames its label with the interface.
            var address = InterfaceAddress(
                linkIndex: renamed.index, address: ipAddress("10.42.1.1"), prefixBitCount: 30,
                attributes: AddressAttributes(label: "pw"))
            let additions = try events(&monitor)
            #expect(additions.contains(.addressAdded(address)))
            let isRenamed = additions.contains { event in
                if case .linkChanged(_, renamed) = event { true } else { false }
            }
            #expect(isRenamed, "\(additions)")
            try pair.left.deleteAllTunnels()
            var removals = try events(&monitor)
            // The interface goes after its session.
            let isRemoved = try eventually {
                if removals.contains(where: { if case .linkRemoved = $0 { true } else { false } }) { return true }
                removals += try events(&monitor)
                return false
            }
            #expect(isRemoved)
            address.attributes.label = "lan"
            #expect(removals.contains(.addressRemoved(address)))
            guard case .linkRemoved(let removed) = removals.last else {
                Issue.record("\(removals)")
                return
            }
            #expect(removed.index == renamed.index)
            #expect(!monitor.links.contains { $0.index == renamed.index })
        }

        @Test("A port that leaves its bridge is not gone")
        func bridgePort() throws {
            let interface = try PseudowireInterface(in: pair.left)
            try Shell.ip(["link add br0 type bridge"], in: pair.left)
            defer { #expect(throws: Never.self) { try Shell.ip(["link delete br0"], in: pair.left) } }
            var monitor = try monitor()
            let bridge = try pair.left.requireLink("br0")
            try interface.change(LinkChanges(master: .link(index: bridge.index)))
            try interface.change(LinkChanges(master: LinkChanges.Master.none))
            let index = try interface.link.index
            for event in try events(&monitor) {
                guard case .linkChanged = event else {
                    Issue.record("\(event)")
                    continue
                }
            }
            #expect(monitor.links.contains { $0.index == index && $0.masterIndex == nil })
        }

        @Test("It moves to another namespace and is gone from here")
        func move() throws {
            let interface = try PseudowireInterface(in: pair.left)
            var monitor = try monitor()
            let link = try interface.link
            var client = try pair.left.linkClient()
            try client.move(link, to: pair.right.networkNamespace)
            #expect(try events(&monitor) == [.linkRemoved(link)])
        }

        @Test("An alias is told only while the interface is up")
        func alias() throws {
            let interface = try PseudowireInterface(in: pair.left)
            var monitor = try monitor()
            try interface.change(LinkChanges(alias: "unseen"))
            #expect(try events(&monitor) == [])
            try interface.change(LinkChanges(isUp: true))
            #expect(try monitor.next(within: .seconds(5)) != nil)
            #expect(try interface.link.alias == "unseen")
            #expect(monitor.links.contains { $0.alias == "unseen" })
        }

        @Test("After an overrun the last state is right")
        func overrun() throws {
            let interface = try PseudowireInterface(in: pair.left)
            try interface.change(LinkChanges(isUp: true))
            var monitor = try monitor()
            let before = try interface.link
            // Each message takes a receive buffer of a mebibyte by more than a kibibyte.
            var client = try pair.left.linkClient()
            for number in 1...1200 { try client.change(before, LinkChanges(alias: "change \(number)")) }
            let after = try interface.link
            let events = try events(&monitor)
            #expect(events.count < 1200, "no overrun")
            guard case .linkChanged(_, after) = events.last, case .linkChanged(before, _) = events.first else {
                Issue.record("\(events.count) events")
                return
            }
            #expect(monitor.links.contains(after))
        }

        @Test("A wait ends when a session's interface comes and when it goes")
        func wait() throws {
            let client = try pair.left.linkClient()
            let interface = try PseudowireInterface(in: pair.left)
            let link = try client.waitForLink(named: PseudowireInterface.name, atMost: .seconds(5))
            #expect(try interface.link == link)
            var l2tp = try pair.left.client()
            try l2tp.deleteTunnel(TunnelID(1), waitingAtMost: .zero)
            try client.waitForRemoval(of: link, atMost: .seconds(10))
            #expect(try pair.left.link(PseudowireInterface.name) == nil)
        }
    }
}
