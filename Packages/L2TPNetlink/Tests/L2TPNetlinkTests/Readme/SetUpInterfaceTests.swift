import L2TPModel
import LinkControl
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite struct SetUpInterfaceTests {
    @Test func setsTheInterfaceUp() throws {
        let kernel = FakeKernel()
        _ = try createPseudowire(from: address("192.0.2.1"), to: address("192.0.2.2"), over: kernel.connector)
        try setUpInterface(
            named: "l2tp-lan", address: address("fd00::1"), prefixBitCount: 64, over: kernel.connector)
        let link = try #require(kernel.links.first { $0.name == "l2tp-lan" })
        #expect(link.isUp)
        #expect(link.macAddress == MACAddress("02:00:00:00:00:01"))
        #expect(kernel.addresses.last?.address == address("fd00::1"))
        // The interface has the address already, and its MAC address.
        kernel.setLink("l2tp-lan", isUp: false)
        try setUpInterface(
            named: "l2tp-lan", address: address("fd00::1"), prefixBitCount: 64, over: kernel.connector)
    }

    @Test func otherErrorsAreThrown() throws {
        let kernel = FakeKernel()
        kernel.fail(.addressAdd, with: .noMemory)
        let link = try #require(kernel.links.last)
        kernel.setLink(link.name, isUp: false)
        #expect(throws: LinkError.self) {
            try setUpInterface(
                named: link.name, address: address("fd00::1"), prefixBitCount: 64, over: kernel.connector)
        }
    }
}
