import L2TPApply
import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import Testing

/// A host for appliers: the network namespace of the tunnels and one named `blue`, with bridges and VRFs, and with a tunnel
/// and a session that somebody else has created.
final class Host {
    /// Where the tunnels are.
    let home: FakeKernel
    /// The named network namespace.
    let blue: FakeKernel
    /// The record.
    let record = TestRecord()
    /// What stable MAC addresses are derived from.
    var machineID = MachineID("0123456789abcdef0123456789abcdef")

    /// How long appliers give it to settle, in comparison with what it needs; zero is a machine that stands still between
    /// any two looks.
    var patience = 1

    /// The identifier of the tunnel that is not ours.
    static let foreignTunnel = TunnelID(7777)

    init(_ release: FakeKernel.Release = .linux6_12) throws {
        home = FakeKernel(release)
        blue = FakeKernel(release)
        home.neighbor = blue
        blue.neighbor = home
        for kernel in [home, blue] {
            kernel.addLink(named: "br0", kind: "bridge")
            kernel.addLink(named: "br1", kind: "bridge")
            kernel.addLink(named: "vrf0", kind: "vrf")
        }
        try createForeign()
    }

    /// Another host with all that one has.
    init(copying other: Host) {
        home = other.home.copy()
        blue = other.blue.copy()
        home.neighbor = blue
        blue.neighbor = home
        record.ownership = other.record.ownership
        machineID = other.machineID
        patience = other.patience
    }

    deinit {
        home.neighbor = nil
        blue.neighbor = nil
    }

    /// The namespaces as appliers see them.
    var networks: Networks<FakeTransport> {
        let (home, blue) = (home, blue)
        return Networks(
            tunnels: home.connector, named: { _ in blue.connector }, namespace: { _ in .current },
            exists: { $0 == "blue" }, names: { ["blue"] })
    }

    /// How many changes the kernels were asked for.
    var changeCount: Int { home.changeRequests.count + blue.changeRequests.count }

    /// How many requests the kernels received.
    var requestCount: Int { home.requests.count + blue.requests.count }

    /// Forgets the requests.
    func forgetRequests() {
        home.forgetRequests()
        blue.forgetRequests()
    }

    /// Lets whatever is done from now on end after so many changes and saves of the record; nil for never.
    func die(after count: Int?) {
        let fuse = count.map { Fuse(after: $0) }
        home.fuse = fuse
        blue.fuse = fuse
        record.fuse = fuse
    }

    /// Lets what is deleted take its time, and addresses of a network go with the first.
    func beSlow() {
        for kernel in [home, blue] {
            kernel.behavior.deletionDelay = 2
            kernel.behavior.linkRemovalDelay = 2
            kernel.behavior.promotesSecondaries = false
        }
        home.behavior.orphanDelay = 2
    }

    /// An applier that knows how fast this kernel settles.
    private func applier(
        store: any OwnershipStore, _ machineID: MachineID?
    ) throws(ApplyError) -> Applier<FakeTransport> {
        var applier = try Applier(networks, store: store, machineID: machineID)
        applier.delays.aftermath = .milliseconds(200) * patience
        applier.delays.suspense = .milliseconds(50) * patience
        applier.delays.acceptedSuspense = .milliseconds(300) * patience
        return applier
    }

    /// A plan.
    func plan(_ configuration: Configuration, adopts: Bool = false) throws(ApplyError) -> Plan {
        var applier = try applier(store: record, machineID)
        return try applier.plan(configuration, adopts: adopts)
    }

    /// Makes a plan and carries it out.
    @discardableResult
    func apply(
        _ configuration: Configuration, adopts: Bool = false, waitingAtMost limit: Duration = .zero,
        isCancelled: () -> Bool = { false }, progress: (ApplyProgress) -> Void = { _ in }
    ) throws(ApplyError) -> AppliedPlan {
        var applier = try applier(store: record, machineID)
        let plan = try applier.plan(configuration, adopts: adopts)
        return try applier.apply(plan, waitingAtMost: limit, isCancelled: isCancelled, progress: progress)
    }

    /// Why applying fails; nil if it does not.
    func failure(
        _ configuration: Configuration, adopts: Bool = false, waitingAtMost limit: Duration = .zero,
        isCancelled: () -> Bool = { false }
    ) -> ApplyError? {
        do throws(ApplyError) {
            try apply(configuration, adopts: adopts, waitingAtMost: limit, isCancelled: isCancelled)
            return nil
        } catch {
            return error
        }
    }

    /// Lets somebody else apply a configuration, who takes over what is there and has a record of their own.
    func meddle(_ configuration: Configuration) {
        let other = MemoryOwnershipStore()
        do throws(ApplyError) {
            var applier = try applier(store: other, nil)
            try applier.apply(try applier.plan(configuration, adopts: true), waitingAtMost: .zero)
        } catch {
            Issue.record(error)
        }
    }

    /// Takes back what was applied.
    func revert(_ applied: AppliedPlan) throws(ApplyError) {
        var applier = try applier(store: record, machineID)
        try applier.revert(applied)
    }

    /// What there is as a configuration.
    func saved() throws(ApplyError) -> (configuration: Configuration, remarks: [ConfigurationPath: String]) {
        var applier = try applier(store: record, machineID)
        return try applier.currentConfiguration()
    }

    /// A tunnel with one session that no record tells of.
    private func createForeign() throws {
        let other = MemoryOwnershipStore()
        var applier = try applier(store: other, nil)
        var session = SessionConfiguration(
            name: "foreign",
            specification: SessionSpecification(
                tunnelID: Self.foreignTunnel, id: SessionID(7001), peerID: SessionID(7002),
                interfaceName: try InterfaceName("foreign0")))
        session.interface.addresses = [KnownValue.prefix("172.31.0.1/24")]
        let tunnel = TunnelConfiguration(
            name: "foreign",
            specification: TunnelSpecification(
                id: Self.foreignTunnel, peerID: TunnelID(7778), local: KnownValue.address("192.0.2.1"),
                peer: KnownValue.address("192.0.2.77"),
                encapsulation: .udp(UDPParameters(sourcePort: 40001, destinationPort: 40002))),
            sessions: [session])
        let plan = try applier.plan(Configuration(tunnels: [tunnel]))
        try applier.apply(plan, waitingAtMost: .zero)
    }
}
