import L2TPModel
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite struct LinkClientTests {
    @Test func readsLinks() throws {
        let kernel = FakeKernel()
        kernel.addLink(named: "dummy0", mtu: 1400, isUp: false)
        var client = try LinkClient(kernel.connector)
        let links = try client.links()
        #expect(
            links == [
                Link(index: 1, name: "lo", mtu: 65536, isUp: true, isLoopback: true),
                Link(index: 2, name: "eth0", mtu: 1500, isUp: true),
                Link(index: 3, name: "dummy0", mtu: 1400, isUp: false),
            ])
        let named = try client.link(named: "dummy0")
        let numbered = try client.link(index: 3)
        #expect(named == links[2] && numbered == links[2])
    }

    @Test func whatDoesNotExist() throws {
        let kernel = FakeKernel()
        var client = try LinkClient(kernel.connector)
        let named = try client.link(named: "wlan0")
        let numbered = try client.link(index: 0x0102_0304)
        #expect(named == nil && numbered == nil)
        // A name that no link can have is not asked for.
        kernel.forgetRequests()
        let tooLong = try client.link(named: "sixteen-bytes-xx")
        #expect(tooLong == nil)
        #expect(kernel.requests.isEmpty)
    }

    @Test func readsAddresses() throws {
        let kernel = FakeKernel()
        kernel.addAddress(address("fe80::1"), prefixBitCount: 64, to: 2, isTentative: true, isDuplicate: true)
        var client = try LinkClient(kernel.connector)
        let addresses = try client.addresses()
        #expect(
            addresses == [
                InterfaceAddress(
                    linkIndex: 1, address: address("127.0.0.1"), prefixBitCount: 8,
                    attributes: AddressAttributes(label: "lo")),
                InterfaceAddress(linkIndex: 1, address: address("::1"), prefixBitCount: 128),
                InterfaceAddress(
                    linkIndex: 2, address: address("192.0.2.1"), prefixBitCount: 24,
                    attributes: AddressAttributes(label: "eth0")),
                InterfaceAddress(linkIndex: 2, address: address("2001:db8::1"), prefixBitCount: 64),
                InterfaceAddress(
                    linkIndex: 2, address: address("fe80::1"), prefixBitCount: 64, isTentative: true, isDuplicate: true),
            ])
    }

    @Test func errorsAreThrown() throws {
        let kernel = FakeKernel()
        kernel.fail(.link, with: .notPermitted)
        kernel.fail(.links, with: .noMemory)
        kernel.inject(.drop, at: .addresses)
        var client = try LinkClient(kernel.connector)
        #expect(
            failure { () throws(NetlinkError) in _ = try client.link(named: "lo") }
                == NetlinkError(.request, .notPermitted))
        #expect(failure { () throws(NetlinkError) in _ = try client.links() } == NetlinkError(.request, .noMemory))
        #expect(failure { () throws(NetlinkError) in _ = try client.addresses() }?.operation == .receive)
    }

    @Test func listsAreReadAgain() throws {
        let kernel = FakeKernel()
        kernel.inject(.interruptDump, at: .links, times: 3)
        kernel.inject(.overflow, at: .addresses, times: 3)
        var client = try LinkClient(kernel.connector)
        let links = try client.links()
        let addresses = try client.addresses()
        #expect(links.count == 2 && addresses.count == 4)
    }

    /// The running kernel has a loopback interface in every namespace, and tells everybody.
    @Test func theLoopbackOfTheRunningKernel() throws {
        var client = try LinkClient(.kernel())
        let loopback = try #require(try client.link(named: "lo"))
        #expect(loopback.index == 1)
        #expect(loopback.isLoopback)
        let again = try client.link(index: 1)
        #expect(again == loopback)
        let links = try client.links()
        #expect(links.contains(loopback))
        let addresses = try client.addresses()
        #expect(addresses.allSatisfy { address in links.contains { $0.index == address.linkIndex } })
    }
}
