import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import Testing

/// A namespace in which configurations are applied, with all that they may refer to, and one that interfaces are moved
/// to.
struct ApplySite: Sendable {
    let home: TestNamespace
    let far: TestNamespace

    /// What stable MAC addresses are derived from.
    static let machineID = MachineID(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210)
    static let bridges = ["br0", "br1"]
    static let routers = ["red", "blue"]
    /// Our addresses, and those of peers: one on the cable's network, and one behind a path with an MTU of 1400.
    static let local4 = [ipAddress("192.0.2.1"), ipAddress("192.0.2.2")]
    static let local6 = [ipAddress("2001:db8::1"), ipAddress("2001:db8::2")]
    static let peers4 = [ipAddress("192.0.2.101"), ipAddress("198.51.100.7")]
    static let peers6 = [ipAddress("2001:db8::101"), ipAddress("2001:db8:1::7")]
    /// The path MTU to the second peer of a version.
    static let narrowPathMTU: UInt32 = 1400

    static func make() throws -> Self {
        let namespaces = try TestNamespace.make(2)
        let site = Self(home: namespaces[0], far: namespaces[1])
        do {
            let masters =
                bridges.flatMap { ["link add \($0) type bridge", "link set \($0) up"] }
                + routers.enumerated().flatMap {
                    ["link add \($0.element) type vrf table \(10 + $0.offset)", "link set \($0.element) up"]
                }
            try Shell.ip(
                [
                    "link add wan type dummy", "link set wan addrgenmode none up",
                    "address add \(local4[0])/24 dev wan", "address add \(local4[1])/24 dev wan",
                    "address add \(local6[0])/64 dev wan nodad", "address add \(local6[1])/64 dev wan nodad",
                    "route add 198.51.100.0/24 via 192.0.2.254 mtu \(narrowPathMTU)",
                    "route add 2001:db8:1::/64 via 2001:db8::fe mtu \(narrowPathMTU)",
                ] + masters, in: site.home)
            try Shell.ip(masters, in: site.far)
        } catch {
            site.remove()
            throw error
        }
        return site
    }

    func remove() {
        TestNamespace.remove([home, far])
    }

    /// Runs `body` with a new site and removes it afterwards.
    static func with<Value>(_ body: (Self) throws -> Value) throws -> Value {
        let site = try make()
        defer { site.remove() }
        return try body(site)
    }

    /// The path MTU to a peer.
    static func pathMTU(to peer: IPAddress) -> UInt32 {
        peers4[0] == peer || peers6[0] == peer ? 1500 : narrowPathMTU
    }

    // MARK: In this process

    /// Namespaces for an applier whose requests are traced.
    func networks(_ trace: NetlinkTrace) -> Networks<TracedTransport> {
        Networks(
            tunnels: .traced(in: home.networkNamespace, trace), home: home.networkNamespace,
            named: { .traced(in: .named($0), trace) }, exists: { NetworkNamespace.names.contains($0) })
    }

    /// An applier whose requests are traced.
    func applier(_ trace: NetlinkTrace, _ store: any OwnershipStore) throws -> Applier<TracedTransport> {
        try Applier(networks(trace), store: store, machineID: Self.machineID)
    }

    /// Plans and applies; the plan.
    @discardableResult
    func apply(
        _ configuration: Configuration, _ store: any OwnershipStore, _ trace: NetlinkTrace = NetlinkTrace(),
        waitingAtMost limit: Duration = .seconds(10)
    ) throws -> Plan {
        var applier = try applier(trace, store)
        let plan = try applier.plan(configuration)
        try applier.apply(plan, waitingAtMost: limit)
        return plan
    }

    /// What is to be done so that a configuration holds.
    func plan(_ configuration: Configuration, _ store: any OwnershipStore) throws -> Plan {
        var applier = try applier(NetlinkTrace(), store)
        return try applier.plan(configuration)
    }
}

extension ApplySite {
    /// Whether no tunnel is there, and no link but those it was made with.
    func isEmpty() throws -> Bool {
        let state = try KernelState(of: home)
        let count = 2 + Self.bridges.count + Self.routers.count
        return try state.objects.isEmpty && state.mtus.count == count && far.links().count == count - 1
    }
}
