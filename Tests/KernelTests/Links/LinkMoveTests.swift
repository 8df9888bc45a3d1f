import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    @Suite("A pseudowire's interface moves to another network namespace", .sitePair)
    struct LinkMoveTests {
        let pair: SitePair
        let interface: PseudowireInterface

        init() throws {
            pair = try SitePair.current()
            interface = try PseudowireInterface(in: pair.left)
        }

        @Test("where it arrives down; the session stays, with the name it has reported")
        func move() throws {
            try interface.change(LinkChanges(isUp: true, mtu: 1400, alias: "kept"))
            let before = try interface.link
            var client = try pair.left.linkClient()
            try client.add(AddressSpecification(ipAddress("10.42.1.1"), prefixBitCount: 30), to: before)
            try client.move(before, to: pair.right.networkNamespace)
            try client.waitForRemoval(of: before, atMost: .seconds(5))
            let after = try pair.right.requireLink(PseudowireInterface.name)
            #expect(!after.isUp)
            #expect(after.mtu == 1400 && after.macAddress == before.macAddress && after.alias == "kept")
            var there = try pair.right.linkClient()
            #expect(try there.addresses().filter { $0.linkIndex == after.index } == [])
            var sessions = try pair.left.client()
            #expect(try sessions.session(SessionID(31), in: TunnelID(1))?.interfaceName == PseudowireInterface.name)
            // And back.
            try there.move(after, to: pair.left.networkNamespace)
            #expect(try interface.link.macAddress == before.macAddress)
        }

        @Test("unless its name is taken there")
        func clash() throws {
            let link = try interface.link
            try Shell.ip(["link add pw type dummy"], in: pair.right)
            defer { #expect(throws: Never.self) { try Shell.ip(["link delete pw"], in: pair.right) } }
            var client = try pair.left.linkClient()
            let error = linkFailure { () throws(LinkError) in try client.move(link, to: pair.right.networkNamespace) }
            #expect(error?.reason == .exists && error?.errno == .fileExists)
            #expect(try interface.link == link)
        }

        @Test("but not the loopback interface, and not to nowhere")
        func refused() throws {
            var client = try pair.left.linkClient()
            let loopback = try pair.left.requireLink("lo")
            let error = linkFailure { () throws(LinkError) in
                try client.move(loopback, to: pair.right.networkNamespace)
            }
            #expect(error?.reason == .notSupported && error?.errno == .invalidArgument)
            let link = try interface.link
            let nowhere = linkFailure { () throws(LinkError) in try client.move(link, to: .named("nowhere")) }
            #expect(nowhere?.reason == .namespace && nowhere?.errno == .noSuchFileOrDirectory)
        }
    }
}
