import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite struct OpeningTests {
    private func openingFailure(_ connector: NetlinkConnector<FakeTransport>) -> L2TPError? {
        failure { () throws(L2TPError) in _ = try L2TPClient(connector) }
    }

    @Test func theFamilyIsFound() throws {
        let kernel = FakeKernel()
        let client = try L2TPClient(kernel.connector)
        #expect(client.family.name == "l2tp")
        #expect(client.family.version == 1)
        #expect(client.family.multicastGroups == ["l2tp": 7])
        #expect(kernel.requests.map(\.step) == [.family])
    }

    /// Why there is none depends on the host this runs on.
    @Test func theKernelHasNoL2TP() {
        let kernel = FakeKernel()
        kernel.behavior.familyAbsent = true
        let error = openingFailure(kernel.connector)
        #expect(error?.operation == .open)
        #expect(error?.object == .subsystem)
        #expect(error?.reason == .notSupported)
        #expect(error?.errno == .noSuchFileOrDirectory)
        #expect(error?.description.hasPrefix("this kernel has no L2TP: module l2tp_netlink ") == true)
    }

    /// The namespace is entered before anything else. Which others there are depends on the host this runs on.
    @Test func theNamespaceDoesNotExist() {
        let error = failure { () throws(L2TPError) in _ = try L2TPClient(.kernel(in: .named("no-such-namespace"))) }
        #expect(error?.reason == .namespace)
        #expect(error?.errno == .noSuchFileOrDirectory)
        let lines = error?.description.split(separator: "\n") ?? []
        #expect(lines.first == "cannot enter network namespace /run/netns/no-such-namespace: there is none (ENOENT)")
        #expect(lines.count == 2)
        let remedy = error?.remedy ?? ""
        #expect(remedy.hasPrefix("there is ") || remedy.hasPrefix("no namespace has a name; "))
        #expect(remedy.hasSuffix("; ip netns add NAME makes one"))
    }

    @Test func theNameOfTheNamespaceIsNone() {
        let error = failure { () throws(L2TPError) in _ = try L2TPClient(.kernel(in: .named("a/b"))) }
        #expect(error?.reason == .namespace)
        #expect(error?.description == "cannot enter network namespace \"a/b\": not a network namespace (EINVAL)")
    }

    @Test func theNamespaceCannotBeEnteredForAnotherReason() {
        let connector = NetlinkConnector<FakeTransport> { (_) throws(NetlinkError) in
            throw NetlinkError(.enterNamespace, .noMemory, message: "/run/netns/a")
        }
        let error = openingFailure(connector)
        #expect(error?.reason == .namespace)
        #expect(
            error?.description == "cannot enter network namespace /run/netns/a: Cannot allocate memory (ENOMEM)")
    }

    @Test func theNamespaceMayNotBeEntered() {
        let connector = NetlinkConnector<FakeTransport> { (_) throws(NetlinkError) in
            throw NetlinkError(.enterNamespace, .notPermitted, message: "/run/netns/a")
        }
        let error = openingFailure(connector)
        #expect(error?.reason == .notPermitted)
        #expect(
            error?.description == """
                cannot enter network namespace /run/netns/a: not permitted (EPERM)
                  it needs CAP_SYS_ADMIN: run as root
                """)
    }

    @Test func theKernelHasNoNetlink() {
        let kernel = FakeKernel()
        kernel.fail(.open(.generic), with: .protocolNotSupported)
        let error = openingFailure(kernel.connector)
        #expect(error?.reason == .other)
        #expect(error?.description == "cannot open a netlink socket: Protocol not supported (EPROTONOSUPPORT)")
        // Only once.
        #expect(openingFailure(kernel.connector) == nil)
    }

    @Test(
        arguments: [
            (.drop, .resourceTemporarilyUnavailable), (.overflow, .noBufferSpace), (.truncate(to: 30), .badMessage),
            (.refuse(.notPermitted), .notPermitted), (.misreport(.noMemory), .noMemory),
        ] as [(Fault, Errno)])
    func theLookupGoesWrong(fault: Fault, errno: Errno) {
        let kernel = FakeKernel()
        kernel.inject(fault, at: .family)
        let error = openingFailure(kernel.connector)
        #expect(error?.reason == .other)
        #expect(error?.errno == errno)
    }

    @Test(arguments: [Fault.duplicate, .foreignFirst])
    func theLookupSurvives(fault: Fault) {
        let kernel = FakeKernel()
        kernel.inject(fault, at: .family)
        #expect(openingFailure(kernel.connector) == nil)
    }

    /// Without CAP_NET_ADMIN everything is refused, reading too.
    @Test func withoutPrivilege() throws {
        let kernel = FakeKernel()
        kernel.behavior.isPrivileged = false
        var client = try L2TPClient(kernel.connector)
        let tunnel = TunnelID(3000)
        let session = SessionID(1000)
        let attempts: [(L2TPError?, String)] = [
            (failure { () throws(L2TPError) in try client.createTunnel(.udp()) }, "create tunnel 3000"),
            (failure { () throws(L2TPError) in try client.deleteTunnel(tunnel) }, "delete tunnel 3000"),
            (failure { () throws(L2TPError) in _ = try client.tunnel(tunnel) }, "read tunnel 3000"),
            (failure { () throws(L2TPError) in _ = try client.tunnels() }, "read tunnels"),
            (
                failure { () throws(L2TPError) in try client.createSession(.ethernet()) },
                "create session 1000 in tunnel 3000"
            ),
            (
                failure { () throws(L2TPError) in try client.deleteSession(session, in: tunnel) },
                "delete session 1000 in tunnel 3000"
            ),
            (
                failure { () throws(L2TPError) in _ = try client.session(session, in: tunnel) },
                "read session 1000 in tunnel 3000"
            ),
            (
                failure { () throws(L2TPError) in _ = try client.session(interface: "l2tpeth0") },
                "read the session of interface l2tpeth0"
            ),
            (failure { () throws(L2TPError) in _ = try client.sessions() }, "read sessions"),
            (failure { () throws(L2TPError) in _ = try client.sessions(in: tunnel) }, "read sessions"),
        ]
        for (error, action) in attempts {
            #expect(error?.reason == .notPermitted)
            #expect(
                error?.description == """
                    cannot \(action): not permitted (EPERM)
                      L2TP needs CAP_NET_ADMIN, for reading too: run as root
                    """)
        }
        #expect(kernel.changeRequests.isEmpty)
    }
}
