import L2TPModel
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("Links that are followed")
struct FollowedLinksTests {
    private let kernel = FakeKernel()

    private func link(_ name: String) throws -> Link { try #require(kernel.links.first { $0.name == name }) }

    /// How often all links were read.
    private var readCount: Int { kernel.requests.count { $0.step == .links } }

    @Test("are read once, and found by number and name")
    func beginning() throws {
        var links = try FollowedLinks(kernel.connector)
        try links.update()
        let ethernet = try link("eth0")
        #expect(links.count == kernel.links.count)
        #expect(links.link(named: "eth0") == ethernet)
        #expect(links.link(index: ethernet.index) == ethernet)
        #expect(links.link(named: "none") == nil)
        #expect(links.link(index: 999) == nil)
        #expect(readCount == 1)
    }

    @Test("come, change, are renamed and go without being read again, at the next update")
    func changes() throws {
        var links = try FollowedLinks(kernel.connector)
        let index = kernel.addLink(named: "pw", isUp: false)
        #expect(links.link(named: "pw") == nil)
        try links.update()
        #expect(try links.link(named: "pw") == link("pw"))
        let generation = links.generation
        try links.update()
        #expect(links.generation == generation)
        kernel.setLink("pw", isUp: true)
        kernel.changeLink("pw") { $0.mtu = 1234 }
        kernel.renameLink("pw", to: "lan")
        try links.update()
        #expect(links.generation != generation)
        #expect(links.link(named: "pw") == nil)
        #expect(try links.link(named: "lan") == link("lan"))
        #expect(links.link(index: index)?.mtu == 1234)
        kernel.removeLink(named: "lan")
        try links.update()
        #expect(links.link(named: "lan") == nil)
        #expect(links.link(index: index) == nil)
        #expect(links.count == kernel.links.count)
        #expect(readCount == 1)
    }

    @Test("exchange names and numbers")
    func exchange() throws {
        let (a, b) = (kernel.addLink(named: "a"), kernel.addLink(named: "b"))
        var links = try FollowedLinks(kernel.connector)
        kernel.renameLink("a", to: "x")
        kernel.renameLink("b", to: "a")
        kernel.renameLink("x", to: "b")
        try links.update()
        #expect(links.link(named: "a")?.index == b)
        #expect(links.link(named: "b")?.index == a)
        #expect(links.link(named: "x") == nil)
        // The end of one that has lost its name to another does not take that name away.
        kernel.removeLink(named: "b")
        let new = kernel.addLink(named: "b")
        try links.update()
        #expect(links.link(named: "b")?.index == new)
    }

    @Test("do not mind what happens to addresses")
    func addresses() throws {
        var links = try FollowedLinks(kernel.connector)
        let ethernet = try link("eth0")
        kernel.addAddress(address("192.0.2.77"), prefixBitCount: 24, to: ethernet.index)
        try links.update()
        #expect(links.link(named: "eth0") == ethernet)
    }

    @Test("are read again when notifications were lost")
    func overrun() throws {
        var links = try FollowedLinks(kernel.connector)
        kernel.behavior.losesNotifications = true
        kernel.addLink(named: "pw")
        kernel.behavior.losesNotifications = false
        kernel.renameLink("pw", to: "lan")
        try links.update()
        #expect(try links.link(named: "lan") == link("lan"))
        #expect(links.link(named: "pw") == nil)
        #expect(readCount == 2)
        try links.update()
        #expect(readCount == 2)
    }

    @Test("are read again after an update that failed")
    func failure() throws {
        var links = try FollowedLinks(kernel.connector)
        kernel.behavior.losesNotifications = true
        kernel.addLink(named: "pw")
        kernel.behavior.losesNotifications = false
        kernel.fail(.links, with: .noMemory)
        do throws(NetlinkError) {
            try links.update()
            Issue.record("the links could be read")
        } catch {
            #expect(error.errno == .noMemory)
        }
        try links.update()
        #expect(try links.link(named: "pw") == link("pw"))
    }

    @Test("throw what joining and reading throw", arguments: [Step.open(.route), .join(.route), .links])
    func refusal(step: Step) {
        kernel.fail(step, with: .noMemory)
        do throws(NetlinkError) {
            _ = try FollowedLinks(kernel.connector)
            Issue.record("nothing failed")
        } catch {
            #expect(error.errno == .noMemory)
        }
    }
}
