import CLibmnl
import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// The fake's other commands, against what Linux was measured to do where the client would not ask for it.
@Suite struct FakeKernelCommandTests {
    @Test func selectorsAndUnknownObjects() throws {
        let kernel = try RawKernel.withTunnel()
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, Attributes.session, kernel) == nil)
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_GET, [], kernel) == .invalidArgument)
        #expect(
            try RawKernel.errno(L2TP_CMD_TUNNEL_MODIFY, [(9, [1, 0, 0, 0])], kernel) == .operationNotSupportedByDevice)
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_MODIFY, Attributes.tunnel, kernel) == nil)
        // Without a usable selector no EINVAL, but ENODEV.
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_GET, [], kernel) == .operationNotSupportedByDevice)
        #expect(
            try RawKernel.errno(L2TP_CMD_SESSION_DELETE, [(9, [1, 0, 0, 0])], kernel) == .operationNotSupportedByDevice)
        // The name wins over identifiers.
        let name = (L2TP_ATTR_IFNAME, Array("l2tpeth0\0".utf8))
        #expect(
            try RawKernel.errno(L2TP_CMD_SESSION_GET, [name, (9, [9, 0, 0, 0]), (11, [9, 0, 0, 0])], kernel) == nil)
        #expect(try RawKernel.errno(L2TP_CMD_NOOP, [], kernel) == nil)
        #expect(try RawKernel.errno(9, [], kernel) == .notSupportedOnSocket)
    }

    @Test func modifyingASession() throws {
        let kernel = try RawKernel.withTunnel()
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, Attributes.session, kernel) == nil)
        let changes: Attributes = [
            (L2TP_ATTR_RECV_SEQ, [1]), (L2TP_ATTR_RECV_TIMEOUT, hostBytes(250 as UInt64)),
            (L2TP_ATTR_COOKIE, [1, 2, 3, 4]),
        ]
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_MODIFY, Attributes.session + changes, kernel) == nil)
        let session = try #require(kernel.sessions.first)
        #expect(session.requiresSequenceNumbers)
        #expect(session.reorderTimeout == .milliseconds(252))
        #expect(session.cookie == nil)
    }

    /// Linux 6.12 finds a session by its identifier alone if only the tunnel exists.
    @Test(arguments: FakeKernel.Release.allCases)
    func anotherTunnelsSession(release: FakeKernel.Release) throws {
        let kernel = try RawKernel.withTunnel(release)
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        try exchange.createRawTunnel(2, version: 3, port: 5001)
        try exchange.createRawSession(31)
        let wrong: Attributes = [(9, [2, 0, 0, 0]), (11, [31, 0, 0, 0])]
        let expected: Errno? = release == .linux6_12 ? nil : .operationNotSupportedByDevice
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_GET, wrong, kernel) == expected)
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_DELETE, wrong, kernel) == expected)
        #expect(kernel.sessions.count == (release == .linux6_12 ? 0 : 1))
    }

    @Test func deletingTwice() throws {
        let kernel = try RawKernel.withTunnel()
        kernel.behavior.deletionDelay = 1
        let selector: Attributes = [(9, hostBytes(3000 as UInt32))]
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_DELETE, selector, kernel) == nil)
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_DELETE, selector, kernel) == nil)
        #expect(
            try RawKernel.errno(L2TP_CMD_SESSION_CREATE, Attributes.session, kernel) == .operationNotSupportedByDevice)
        #expect(kernel.tunnels.isEmpty)
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, Attributes.tunnel, kernel) == .fileExists)
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, Attributes.tunnel, kernel) == nil)
    }

    /// A name is taken until the interface has gone.
    @Test func anInterfaceThatIsStillThere() throws {
        let kernel = try RawKernel.withTunnel()
        kernel.behavior.linkRemovalDelay = 1
        let session = Attributes.session + [(L2TP_ATTR_IFNAME, Array("lan\0".utf8))]
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, session, kernel) == nil)
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_DELETE, Attributes.session, kernel) == nil)
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, session, kernel) == .fileExists)
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, session, kernel) == nil)
    }

    /// A session in deletion keeps its identifier until it has been looked for.
    @Test func aSessionThatIsStillThere() throws {
        let kernel = try RawKernel.withTunnel(.linux6_1)
        kernel.behavior.deletionDelay = 1
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, Attributes.session, kernel) == nil)
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_DELETE, Attributes.session, kernel) == nil)
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, Attributes.session, kernel) == .fileExists)
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, Attributes.session, kernel) == nil)
    }
}
