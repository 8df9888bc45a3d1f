import L2TPApply
import L2TPConfig
import L2TPConfigTOML
import L2TPConfigTestSupport
import L2TPModel
import L2TPNetlink
import L2TPWire
import L2TPWireTestSupport
import NetlinkTestSupport
import SystemPackage
import Testing

/// What there is, as a configuration.
@Suite struct SavingTests {
    @Test("A plan for it finds nothing to do, whoever owns it", arguments: Transition.all, [true, false])
    func isTrue(transition: Transition, isOwned: Bool) throws {
        let host = try transition.host()
        try host.apply(transition.after)
        if !isOwned { host.record.ownership = Ownership() }
        try expectTrue(host)
    }

    @Test("The same of random configurations", arguments: 0..<20)
    func random(number: Int) throws {
        var generator = SeededGenerator(seed: UInt64(number))
        let host = try Host()
        let configuration = RandomTransition.drawing.next(using: &generator)
        try host.apply(configuration)
        try expectTrue(host)
        let saved = try host.saved().configuration
        let names = saved.tunnels.map(\.name).filter { $0 != "tunnel-7777" }
        #expect(names == configuration.tunnels.map(\.name).sorted())
        host.record.ownership = Ownership()
        try expectTrue(host)
    }

    @Test("What is recorded comes back as it was configured")
    func recorded() throws {
        let host = try Host()
        try host.apply(Example.base)
        let (configuration, remarks) = try host.saved()
        var expected = Example.base
        // What the kernel drew is what there is.
        let port = host.home.links.first { $0.name.hasPrefix("l2tpeth") }?.macAddress
        expected["hq", "port"].interface.mac = try #require(port.map { .address($0) })
        #expect(
            configuration.tunnels.filter { $0.name != "tunnel-7777" }
                == expected.tunnels.sorted { $0.name < $1.name }.map {
                    var tunnel = $0
                    tunnel.sessions.sort { $0.name < $1.name }
                    return tunnel
                })
        // Only of what is not ours the kernel does not tell everything.
        #expect(remarks.keys.map(\.description) == ["tunnel.tunnel-7777.session.foreign0.l2spec_type"])
    }

    @Test("What no configuration can ask for is left out and remarked")
    func leftOut() throws {
        let host = try Host()
        try host.apply(Example.base)
        var client = try L2TPClient(host.home.connector)
        let socket = host.home.openSocket(
            OpenSocket(
                .udp, local: KnownValue.address("192.0.2.1"), peer: KnownValue.address("192.0.2.9"), localPort: 1701,
                peerPort: 1701))
        try client.createTunnel(
            ManagedTunnelSpecification(id: TunnelID(5), peerID: TunnelID(6), protocolVersion: .v2),
            over: FileDescriptor(rawValue: CInt(socket)), .udp)
        host.home.addLink(named: "bond0", kind: "bond")
        let bond = host.home.links.first { $0.name == "bond0" }?.index
        host.home.changeLink("two") { $0.masterIndex = bond }
        host.home.renameLink("one", to: "uno")
        let (configuration, remarks) = try host.saved()
        #expect(!configuration.tunnels.contains { $0.specification.id == TunnelID(5) })
        #expect(remarks[ConfigurationPath()]?.contains("tunnel 5 is left out") ?? false)
        #expect(
            remarks[ConfigurationPath(["tunnel", "spare", "session", "two", "interface"])]?.contains("bond0") ?? false)
        #expect(
            remarks[ConfigurationPath(["tunnel", "spare", "session", "one", "interface"])]?.contains("cannot be found")
                ?? false)
    }

    @Test("An interface that was moved by hand is found")
    func moved() throws {
        let host = try Host()
        try host.apply(Example.base)
        host.record.ownership = Ownership()
        let saved = try host.saved().configuration
        let far = saved.tunnels.flatMap(\.sessions).first { $0.specification.id == SessionID(3) }
        #expect(far?.interface.namespace == "blue")
        #expect(far?.interface.master == .vrf(KnownValue.name("vrf0")))
        #expect(far?.interface.addresses == [KnownValue.prefix("10.1.0.1/24")])
    }

    @Test("An interface of the same name that is of a session in another namespace is not taken for it")
    func sameNameElsewhere() throws {
        let host = try Host()
        try host.apply(Example.base)
        host.record.ownership = Ownership()
        let blue = host.blue
        var theirs = Example.base
        theirs.tunnels.removeAll { $0.name != "spare" }
        theirs["spare"].sessions.removeAll { $0.name != "one" }
        var applier = try Applier(
            Networks(tunnels: blue.connector, named: { _ in blue.connector }, exists: { _ in false }),
            store: MemoryOwnershipStore(), machineID: nil)
        try applier.apply(try applier.plan(theirs), waitingAtMost: .zero)
        host.home.renameLink("one", to: "uno")
        let (configuration, remarks) = try host.saved()
        let one = configuration.tunnels.flatMap(\.sessions).first { $0.specification.id == SessionID(11) }
        #expect(one?.interface == InterfaceConfiguration())
        #expect(
            remarks[ConfigurationPath(["tunnel", "tunnel-11", "session", "one", "interface"])]?
                .contains("cannot be found") ?? false)
        let far = configuration.tunnels.flatMap(\.sessions).first { $0.specification.id == SessionID(3) }
        #expect(far?.interface.namespace == "blue")
    }

    private func expectTrue(_ host: Host) throws {
        let (configuration, remarks) = try host.saved()
        let plan = try host.plan(configuration)
        #expect(plan.isEmpty, "\(plan.changes) \(plan.conflicts)")
        #expect(configuration.findings().allSatisfy { $0.severity != .error })
        let text = TOMLDialect().write(configuration, withCookies: true, remarks: remarks)
        let read = try host.plan(Example.read(text))
        #expect(read.isEmpty, "\(read.changes) \(read.conflicts) \(text)")
    }
}
