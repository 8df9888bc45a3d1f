import L2TPModel
import L2TPNetlink
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("Changes of a link")
struct LinkChangeTests {
    /// A kernel with a session's interface, a bridge and a dummy.
    private func kernel() throws -> FakeKernel {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createSession(.ethernet(interface: "l2tp-lan"))
        kernel.addLink(named: "br0", kind: "bridge")
        kernel.addLink(named: "dummy0", kind: "dummy")
        kernel.forgetRequests()
        return kernel
    }

    private func link(_ kernel: FakeKernel, _ name: String = "l2tp-lan") throws -> Link {
        try #require(kernel.links.first { $0.name == name })
    }

    /// The error of changes, and the links unchanged.
    private func refusal(
        _ changes: LinkChanges, by kernel: FakeKernel, of name: String = "l2tp-lan"
    ) throws -> LinkError? {
        var client = try LinkClient(kernel.connector)
        let link = try link(kernel, name)
        let before = kernel.links
        let error = failure { () throws(LinkError) in try client.change(link, changes) }
        #expect(kernel.links == before)
        return error
    }

    @Test("go to the kernel in one request")
    func oneRequest() throws {
        let kernel = try kernel()
        let (mac, bridge) = (try #require(MACAddress("02:00:00:00:00:07")), try link(kernel, "br0"))
        var client = try LinkClient(kernel.connector)
        try client.change(
            try link(kernel),
            LinkChanges(isUp: true, mtu: 1400, macAddress: mac, alias: "to site b", master: .link(index: bridge.index)))
        let link = try #require(try client.link(named: "l2tp-lan"))
        #expect(link.isUp)
        #expect(link.mtu == 1400)
        #expect(link.macAddress == mac)
        #expect(link.alias == "to site b")
        #expect(link.masterIndex == bridge.index)
        #expect(kernel.changeRequests.map(\.step) == [.linkChange])
        try client.change(link, LinkChanges(isUp: false, alias: "", master: LinkChanges.Master.none))
        let after = try #require(try client.link(index: link.index))
        #expect(!after.isUp && after.alias == nil && after.masterIndex == nil)
        #expect(after.mtu == 1400 && after.macAddress == mac)
    }

    @Test("that are none are not sent")
    func nothing() throws {
        let kernel = try kernel()
        var client = try LinkClient(kernel.connector)
        try client.change(try link(kernel), LinkChanges())
        #expect(kernel.requests.isEmpty)
    }

    @Test(
        "that no link can have are refused without asking",
        arguments: [
            (
                LinkChanges(macAddress: MACAddress("01:00:5e:00:00:01")),
                "MAC address 01:00:5e:00:00:01 means a group; the lowest bit of its first byte has to be clear"
            ),
            (LinkChanges(macAddress: MACAddress("00:00:00:00:00:00")), "MAC address 00:00:00:00:00:00 means nobody"),
            (
                LinkChanges(alias: String(repeating: "ä", count: 128)),
                "its alias would have 256 bytes; 255 are the most"
            ),
            (LinkChanges(alias: "a\0b"), "its alias would hold a zero byte"),
            (LinkChanges(name: try? InterfaceName("pw%d")), "its name would be the pattern pw%d"),
        ])
    func invalid(_ changes: LinkChanges, _ text: String) throws {
        let kernel = try kernel()
        let error = try refusal(changes, by: kernel)
        #expect(error?.reason == .invalid)
        #expect(error?.errno == nil)
        #expect(error?.description == "cannot change interface l2tp-lan: \(text)")
        #expect(kernel.requests.isEmpty)
    }

    @Test("of the MTU have bounds")
    func bounds() throws {
        let kernel = try kernel()
        let error = try refusal(LinkChanges(mtu: 65536), by: kernel)
        #expect(error?.reason == .invalid)
        #expect(
            error?.description == "cannot change interface l2tp-lan: MTU 65536 is not within 0...65535 (EINVAL)")
        var client = try LinkClient(kernel.connector)
        for mtu in [0, 65535] as [UInt32] { try client.change(try link(kernel), LinkChanges(mtu: mtu)) }
        #expect(try link(kernel).mtu == 65535)
    }

    @Test("of the MAC address need a link that is down")
    func busy() throws {
        let kernel = try kernel()
        kernel.setLink("l2tp-lan", isUp: true)
        let changes = LinkChanges(isUp: false, macAddress: MACAddress("02:00:00:00:00:07"))
        let error = try refusal(changes, by: kernel)
        #expect(error?.reason == .busy)
        #expect(
            error?.description == """
                cannot change interface l2tp-lan: its MAC address cannot change while it is up (EBUSY)
                  set it down first, in a request of its own: ip link set l2tp-lan down
                """)
    }

    @Test("give it another name, which the session does not report")
    func rename() throws {
        let kernel = try kernel()
        var client = try LinkClient(kernel.connector)
        let before = try link(kernel)
        try client.change(before, LinkChanges(name: try InterfaceName("lan"), mtu: 1400, alias: "all"))
        let after = try #require(try client.link(named: "lan"))
        #expect(after.index == before.index && after.mtu == 1400 && after.alias == "all")
        #expect(try client.link(named: "l2tp-lan") == nil)
        #expect(kernel.sessions.map(\.interfaceName) == ["l2tp-lan"])
        let taken = try refusal(LinkChanges(name: try InterfaceName("br0"), alias: "none"), by: kernel, of: "lan")
        #expect(taken?.reason == .exists)
        #expect(taken?.description == "cannot change interface lan: another interface has the name br0 (EEXIST)")
    }

    @Test("of the name need a link that is down, before Linux 6.2", arguments: FakeKernel.Release.allCases)
    func renameWhileUp(_ release: FakeKernel.Release) throws {
        let kernel = FakeKernel(release)
        var client = try LinkClient(kernel.connector)
        let link = try link(kernel, "eth0")
        let name = try InterfaceName("wan")
        let error = failure { () throws(LinkError) in try client.change(link, LinkChanges(name: name)) }
        guard release == .linux6_1 else {
            #expect(error == nil)
            #expect(try client.link(index: link.index)?.name == "wan")
            return
        }
        #expect(error?.reason == .busy)
        #expect(
            error?.description == """
                cannot change interface eth0: it cannot be renamed while it is up (EBUSY)
                  set it down first, in a request of its own: ip link set eth0 down
                """)
        try client.change(link, LinkChanges(isUp: false))
        try client.change(link, LinkChanges(isUp: true, name: name))
        let renamed = try client.link(index: link.index)
        #expect(renamed?.name == "wan" && renamed?.isUp == true)
    }

    @Test("name the master that is none")
    func master() throws {
        let kernel = try kernel()
        let dummy = try link(kernel, "dummy0")
        let taken = try refusal(LinkChanges(master: .link(index: dummy.index)), by: kernel)
        #expect(taken?.reason == .notMaster)
        #expect(taken?.description == "cannot change interface l2tp-lan: it cannot belong to dummy0 (EOPNOTSUPP)")
        let missing = try refusal(LinkChanges(master: .link(index: 99)), by: kernel)
        #expect(missing?.reason == .notMaster)
        #expect(
            missing?.description
                == "cannot change interface l2tp-lan: there is no interface 99 to belong to (EINVAL)")
        let bridge = try link(kernel, "br0")
        let loop = try refusal(LinkChanges(master: .link(index: bridge.index)), by: kernel, of: "br0")
        #expect(loop?.reason == .notMaster)
        #expect(loop?.description == "cannot change interface br0: it cannot belong to br0 (ELOOP)")
    }

    @Test("need the link, and the privilege")
    func missing() throws {
        let kernel = try kernel()
        let gone = Link(index: 99, name: "gone", mtu: 1500, isUp: false)
        var client = try LinkClient(kernel.connector)
        let missing = failure { () throws(LinkError) in try client.change(gone, LinkChanges(isUp: true)) }
        #expect(missing?.reason == .notFound)
        #expect(missing?.description == "cannot change interface gone: the interface does not exist (ENODEV)")
        kernel.behavior.isPrivileged = false
        let error = try refusal(LinkChanges(isUp: true), by: kernel)
        #expect(error?.reason == .notPermitted)
        #expect(
            error?.description == """
                cannot change interface l2tp-lan: not permitted (EPERM)
                  it needs CAP_NET_ADMIN in the network namespace: run as root
                """)
    }

    @Test("tell what the kernel says besides")
    func otherErrors() throws {
        let kernel = try kernel()
        for (errno, reason, text) in [
            (Errno.noMemory, LinkError.Reason.other, "Cannot allocate memory (ENOMEM)"),
            (.resourceBusy, .busy, "something holds the interface (EBUSY)"),
            (.notSupportedOnSocket, .notSupported, "the interface cannot do it (EOPNOTSUPP)"),
            (.addressNotAvailable, .invalid, "it cannot have the MAC address (EADDRNOTAVAIL)"),
        ] {
            kernel.fail(.linkChange, with: errno)
            let error = try refusal(LinkChanges(isUp: true), by: kernel)
            #expect(error?.reason == reason)
            #expect(error?.description == "cannot change interface l2tp-lan: \(text)")
        }
        kernel.inject(.drop, at: .linkChange)
        var client = try LinkClient(kernel.connector)
        let link = try link(kernel)
        let lost = failure { () throws(LinkError) in try client.change(link, LinkChanges(isUp: true)) }
        #expect(lost?.reason == .other)
        #expect(lost?.explanation == "cannot receive from the kernel: Resource temporarily unavailable")
    }

    @Test("move it to another network namespace, unless its name is taken there")
    func move() throws {
        let kernel = try kernel()
        var client = try LinkClient(kernel.connector)
        let link = try link(kernel)
        kernel.behavior.namesElsewhere = ["l2tp-lan"]
        let clash = failure { () throws(LinkError) in try client.move(link, to: .current) }
        #expect(clash?.reason == .exists)
        #expect(
            clash?.description
                == "cannot move interface l2tp-lan: its name is taken in the other network namespace (EEXIST)")
        kernel.behavior.namesElsewhere = []
        try client.move(link, to: .current)
        #expect(try client.link(named: "l2tp-lan") == nil)
        #expect(kernel.sessions.map(\.interfaceName) == ["l2tp-lan"])
        let loopback = try self.link(kernel, "lo")
        let immovable = failure { () throws(LinkError) in try client.move(loopback, to: .current) }
        #expect(immovable?.reason == .notSupported)
        let nowhere = failure { () throws(LinkError) in try client.move(loopback, to: .path("/nowhere")) }
        #expect(nowhere?.reason == .namespace)
        #expect(nowhere?.errno == .noSuchFileOrDirectory)
        let noNamespace = failure { () throws(LinkError) in try client.move(loopback, to: .path("/dev/null")) }
        #expect(noNamespace?.reason == .namespace)
        #expect(noNamespace?.errno == .invalidArgument)
    }
}
