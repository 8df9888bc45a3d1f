import Foundation
import L2TPModel
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("A wait for a link or an address")
struct LinkWaitTests {
    private let kernel = FakeKernel()
    /// Longer than any test takes that does not wait for the end of time.
    private let long = Duration.seconds(60)
    private let own = address("fd00::1")

    /// Does something while the test waits.
    private func later(_ body: @escaping @Sendable (FakeKernel) -> Void) {
        Thread.detachNewThread { [kernel] in
            usleep(10_000)
            body(kernel)
        }
    }

    @Test("is over at once for what is there")
    func already() throws {
        let client = try LinkClient(kernel.connector)
        #expect(try client.waitForAddress(address("192.0.2.1"), atMost: .zero).linkIndex == 2)
        #expect(try client.waitForLink(named: "eth0", atMost: .zero).index == 2)
        try client.waitForRemoval(of: Link(index: 99, name: "gone", mtu: 0), atMost: .zero)
    }

    @Test("ends when an address appears and is no longer tentative")
    func becomesUsable() throws {
        let client = try LinkClient(kernel.connector)
        later { kernel in
            kernel.addAddress(address("fd00::1"), prefixBitCount: 64, to: 2, isTentative: true)
            usleep(5000)
            kernel.finishDuplicateDetection(of: address("fd00::1"))
        }
        let link = try #require(kernel.links.last)
        #expect(try client.waitForAddress(own, on: link, atMost: long).isUsable)
    }

    @Test("ends at once when another host has the address")
    func duplicate() throws {
        let client = try LinkClient(kernel.connector)
        kernel.addAddress(own, prefixBitCount: 64, to: 2, isTentative: true)
        later { $0.finishDuplicateDetection(of: address("fd00::1"), isDuplicate: true) }
        let error = failure { () throws(LinkError) in _ = try client.waitForAddress(own, atMost: long) }
        #expect(error?.reason == .duplicate)
        #expect(
            error?.description == """
                cannot wait for address fd00::1: another host has it
                  remove it here or there and add it again
                """)
    }

    @Test("says what is missing when the time is over")
    func timedOut() throws {
        let client = try LinkClient(kernel.connector)
        func explanation(on name: String? = nil) throws -> String? {
            let link = name.flatMap { name in kernel.links.first { $0.name == name } }
            let error = failure { () throws(LinkError) in
                _ = try client.waitForAddress(own, on: link, atMost: .milliseconds(5))
            }
            #expect(error?.reason == .timedOut)
            return error?.explanation
        }
        #expect(try explanation() == "no interface has it after 0.005 seconds")
        kernel.addAddress(own, prefixBitCount: 64, to: 2, isTentative: true)
        #expect(try explanation() == "it is still tentative after 0.005 seconds")
        #expect(try explanation(on: "lo") == "eth0 has it")
        kernel.setLink("eth0", isUp: false)
        #expect(try explanation() == "it is tentative as long as eth0 is down")
        let link = failure { () throws(LinkError) in _ = try client.waitForLink(named: "pw", atMost: .zero) }
        #expect(link?.description == "cannot wait for interface pw: it is not there after 0.0 seconds")
        let present = try #require(kernel.links.last)
        kernel.renameLink("eth0", to: "eth9")
        let removal = failure { () throws(LinkError) in try client.waitForRemoval(of: present, atMost: .zero) }
        #expect(
            removal?.description
                == "cannot wait for the removal of interface eth0: it is still there after 0.0 seconds, as eth9")
    }

    @Test("ends when a link comes or goes")
    func links() throws {
        let client = try LinkClient(kernel.connector)
        later { $0.addLink(named: "pw") }
        let link = try client.waitForLink(named: "pw", atMost: long)
        later { $0.removeLink(named: "pw") }
        try client.waitForRemoval(of: link, atMost: long)
        #expect(!kernel.links.contains(link))
    }

    @Test("survives messages that are lost")
    func overrun() throws {
        let client = try LinkClient(kernel.connector)
        kernel.behavior.losesNotifications = true
        later { $0.addLink(named: "pw") }
        #expect(try client.waitForLink(named: "pw", atMost: long).name == "pw")
    }

    @Test("throws what opening and reading throw")
    func failures() throws {
        let client = try LinkClient(kernel.connector)
        kernel.fail(.open(.route), with: .tooManyOpenFiles)
        let opening = failure { () throws(LinkError) in _ = try client.waitForLink(named: "pw", atMost: long) }
        #expect(opening?.errno == .tooManyOpenFiles)
        kernel.behavior.losesNotifications = true
        later { kernel in
            kernel.fail(.links, with: .noMemory)
            kernel.changeLink("eth0") { $0.mtu = 1400 }
        }
        let reading = failure { () throws(LinkError) in _ = try client.waitForLink(named: "pw", atMost: long) }
        #expect(reading?.description == "cannot wait for interface pw: Cannot allocate memory (ENOMEM)")
    }
}
