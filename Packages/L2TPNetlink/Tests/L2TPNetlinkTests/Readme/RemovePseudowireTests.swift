import L2TPNetlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite struct RemovePseudowireTests {
    @Test func removesThePseudowireOnce() throws {
        let kernel = FakeKernel()
        let (local, peer) = (address("192.0.2.1"), address("192.0.2.2"))
        _ = try createPseudowire(from: local, to: peer, over: kernel.connector)
        try removePseudowire(over: kernel.connector)
        #expect(kernel.tunnels.isEmpty && kernel.sessions.isEmpty)
        // There is none.
        try removePseudowire(over: kernel.connector)
    }

    @Test func otherErrorsAreThrown() {
        let kernel = FakeKernel()
        kernel.fail(.tunnelGet, with: .noMemory)
        let error = failure { () throws(L2TPError) in try removePseudowire(over: kernel.connector) }
        #expect(error?.errno == .noMemory)
    }
}
