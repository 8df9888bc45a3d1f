import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// Sessions that carry PPP.
@Suite struct PPPSessionTests {
    /// A kernel with the tunnels 3000 of version 3 and 3001 of version 2.
    private func kernel() throws -> FakeKernel {
        let kernel = FakeKernel()
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        try exchange.createRawTunnel(3000, version: 3)
        try exchange.createRawTunnel(3001, version: 2, port: 5001)
        return kernel
    }

    private func ppp(in tunnelID: UInt32) -> SessionSpecification {
        var session = SessionSpecification.ethernet(in: tunnelID)
        session.pseudowireType = .ppp
        return session
    }

    /// A tunnel of version 2 is not told of a sublayer.
    @Test(arguments: [(3000, true), (3001, false)] as [(UInt32, Bool)])
    func isCreated(tunnelID: UInt32, hasSublayer: Bool) throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        try client.createSession(ppp(in: tunnelID))
        #expect(kernel.sessions.map(\.pseudowireType) == [.ppp])
        let request = try #require(kernel.changeRequests.last)
        #expect((request.attributes[.l2SpecificSublayerType] != nil) == hasSublayer)
        #expect((request.attributes[.l2SpecificSublayerByteCount] != nil) == hasSublayer)
    }

    @Test func theModuleThatIsMissingIsNamed() throws {
        let kernel = try kernel()
        kernel.behavior.missingModules = ["l2tp_ppp"]
        var client = try L2TPClient(kernel.connector)
        let session = ppp(in: 3001)
        let error = failure { () throws(L2TPError) in try client.createSession(session) }
        #expect(error?.reason == .notSupported)
        #expect(error?.errno == .protocolNotSupported)
        #expect(error?.explanation.contains("pseudowire type ppp: module l2tp_ppp ") == true)
    }

    @Test func aVersionThatL2TPDoesNotHave() throws {
        let kernel = FakeKernel()
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        try exchange.createRawTunnel(3000, version: 4)
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in try client.createSession(.ethernet()) }
        #expect(
            error?.description == """
                cannot create session 1000 in tunnel 3000: tunnel 3000 is an L2TPv4 tunnel, a version that L2TP does not \
                have (EPROTONOSUPPORT)
                """)
    }
}
