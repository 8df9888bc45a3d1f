import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// What the kernel refuses to create, and what it means.
@Suite struct TunnelRefusalTests {
    typealias Release = FakeKernel.Release

    @Test(arguments: Release.allCases)
    func theIdentifierIsTaken(release: Release) throws {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try expectRefusal(
            of: .ip(), by: kernel, .exists,
            "cannot create tunnel 3000: the tunnel id is taken by a tunnel from 192.0.2.1 to 192.0.2.2 (EEXIST)")
    }

    /// Somebody else was faster.
    @Test func theIdentifierIsTakenMeanwhile() throws {
        let kernel = FakeKernel()
        kernel.fail(.tunnelCreate, with: .fileExists)
        try expectRefusal(
            of: .udp(), by: kernel, .exists,
            """
            cannot create tunnel 3000: the tunnel id is taken (EEXIST)
              if it was just deleted, the kernel may still be removing it
            """)
    }

    @Test func thePortIsTakenByATunnel() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try expectRefusal(
            of: .udp(3001, peer: "192.0.2.3"), by: kernel, .portTaken,
            """
            cannot create tunnel 3001: UDP port 5000 on 192.0.2.1 is taken by tunnel 3000 (EADDRINUSE)
              every unmanaged UDP tunnel needs a local port of its own
            """)
    }

    @Test func thePortIsTakenByAnotherProgram() throws {
        let kernel = FakeKernel()
        kernel.openSocket(OpenSocket(nil, local: .any(.v4), peer: .any(.v4), localPort: 5000))
        try expectRefusal(
            of: .udp(), by: kernel, .portTaken,
            """
            cannot create tunnel 3000: UDP port 5000 on 192.0.2.1 is taken by another program (EADDRINUSE)
              to see which: ss -aunp sport = :5000
            """)
    }

    @Test func theIdentifierIsTakenBySocket() throws {
        let kernel = FakeKernel()
        kernel.openSocket(OpenSocket(.ip, local: address("192.0.2.1"), peer: .any(.v4)))
        try expectRefusal(
            of: .ip(), by: kernel, .portTaken,
            "cannot create tunnel 3000: tunnel id 3000 on 192.0.2.1 is taken by a socket of another program (EADDRINUSE)"
        )
    }

    /// Why the module is missing depends on the host this runs on.
    @Test(arguments: [("192.0.2.1", "192.0.2.2", "l2tp_ip"), ("2001:db8::1", "2001:db8::2", "l2tp_ip6")])
    func theModuleIsMissing(local: String, peer: String, module: String) throws {
        let kernel = FakeKernel()
        kernel.behavior.missingModules = [module]
        var client = try L2TPClient(kernel.connector)
        let tunnel = TunnelSpecification.ip(local: local, peer: peer)
        let error = failure { () throws(L2TPError) in try client.createTunnel(tunnel) }
        #expect(error?.reason == .notSupported)
        #expect(error?.errno == .protocolNotSupported)
        #expect(error?.explanation.hasPrefix("encapsulation ip: module \(module) ") == true)
        #expect(kernel.tunnels.isEmpty)
    }

    @Test func udpNeverNeedsThatModule() throws {
        let kernel = FakeKernel()
        kernel.fail(.tunnelCreate, with: .protocolNotSupported)
        try expectRefusal(
            of: .udp(), by: kernel, .other, "cannot create tunnel 3000: Protocol not supported (EPROTONOSUPPORT)")
    }

    @Test func otherErrorsAreReportedAsTheyCome() throws {
        let kernel = FakeKernel()
        kernel.fail(.tunnelCreate, with: .noMemory)
        try expectRefusal(
            of: .udp(), by: kernel, .other, "cannot create tunnel 3000: Cannot allocate memory (ENOMEM)")
        kernel.fail(.tunnelCreate, with: .notSupportedOnSocket)
        try expectRefusal(
            of: .udp(), by: kernel, .notSupported,
            "cannot create tunnel 3000: this kernel does not know the command (EOPNOTSUPP)")
    }

    @Test func theAnswerIsLost() throws {
        let kernel = FakeKernel()
        kernel.inject(.drop, at: .tunnelCreate)
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in try client.createTunnel(.udp()) }
        #expect(error?.reason == .other)
        #expect(error?.errno == .resourceTemporarilyUnavailable)
        // It was carried out: the caller finds out by looking.
        let found = try client.tunnel(TunnelID(3000))
        #expect(found != nil)
    }
}
