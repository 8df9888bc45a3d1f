import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import Testing

@testable import L2TPApply

/// Names for interfaces whose number nobody has configured.
@Suite struct InterfaceNamingTests {
    private func session(_ id: UInt32, _ name: String? = nil) -> SessionSpecification {
        SessionSpecification(
            tunnelID: TunnelID(10), id: SessionID(id), peerID: SessionID(id), interfaceName: name.map(KnownValue.name))
    }

    private func names(_ sessions: [SessionSpecification], present: Set<String>, reserved: Set<String>) -> [String?] {
        InterfaceNaming(present: present, reserved: reserved).named(sessions).map { $0.interfaceName?.text }
    }

    @Test("The kernel chooses where its choice cannot be wrong")
    func leftToTheKernel() {
        let sessions = [session(1), session(2, "pw%d"), session(3, "lan")]
        #expect(names(sessions, present: ["lo", "l2tpeth0"], reserved: ["l2tpeth0"]) == [nil, "pw%d", "lan"])
        #expect(
            names(sessions, present: ["lo"], reserved: ["lo", "eth0", "l2tpethx", "l2tpeth"]) == [nil, "pw%d", "lan"])
    }

    @Test("A name that a session reports whose interface is elsewhere is not given again")
    func reserved() {
        let sessions = [session(1), session(2), session(3, "l2tpeth3"), session(4, "pw%d"), session(5)]
        #expect(
            names(sessions, present: ["lo", "l2tpeth2"], reserved: ["l2tpeth0", "l2tpeth2"])
                == ["l2tpeth1", "l2tpeth4", "l2tpeth3", "pw%d", "l2tpeth5"])
        #expect(names([session(1, "a%db")], present: [], reserved: ["a0b", "a7b"]) == ["a1b"])
    }

    @Test("A session without a name whose interface moves does not meet one that has moved before")
    func moves() throws {
        let host = try Host()
        var configuration = Example.base
        configuration["hq", "far"].specification.interfaceName = nil
        try host.apply(configuration)
        // The next number in the tunnels' namespace is free again.
        configuration["hq", "port"].interface.namespace = "blue"
        configuration["hq", "port"].interface.master = nil
        configuration["hq", "port"].specification.peerID = SessionID(66)
        try host.apply(configuration)
        #expect(try host.plan(configuration).isEmpty)
        configuration["hq", "far"].specification.peerID = SessionID(67)
        try host.apply(configuration)
        #expect(try host.plan(configuration).isEmpty)
    }
}
