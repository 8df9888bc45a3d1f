import L2TPModel
import L2TPNetlink
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

@Test func createsThePseudowire() throws {
    let kernel = FakeKernel()
    let local = try #require(IPAddress("192.0.2.1"))
    let peer = try #require(IPAddress("192.0.2.2"))
    #expect(try createPseudowire(from: local, to: peer, over: kernel.connector) == "l2tp-lan")
    #expect(kernel.tunnels.map(\.peer) == [peer])
    #expect(kernel.sessions.map(\.id.rawValue) == [1000])
}

@Test func takesTheTunnelBackIfTheSessionFails() throws {
    let kernel = FakeKernel()
    kernel.behavior.deletionDelay = 3
    kernel.fail(.sessionCreate, with: .noMemory)
    let local = try #require(IPAddress("192.0.2.1"))
    let peer = try #require(IPAddress("192.0.2.2"))
    #expect(throws: L2TPError.self) {
        try createPseudowire(from: local, to: peer, over: kernel.connector)
    }
    #expect(kernel.tunnels.isEmpty)
    #expect(kernel.changeRequests.map(\.step) == [.tunnelCreate, .sessionCreate, .tunnelDelete])
}
