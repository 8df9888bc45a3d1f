import L2TPModel
import L2TPWire
import Testing

/// Two hosts with a router between them: three network namespaces in a row, joined by veth cables.
///
/// Addresses and routes are those of the kernel's own test of L2TP (tools/testing/selftests/net/l2tp.sh).
struct RoutedSites: Hashable, Sendable {
    /// The name of each host's end of its cable.
    static let interface = "eth0"

    /// The hosts.
    let ends: SitePair
    let router: TestNamespace

    /// The address a host has on its cable.
    static func address(_ side: Side, _ version: IPVersion) -> IPAddress {
        let network = number(side)
        return switch version {
        case .v4: .v4(IPv4Address(number: 0x0a01_0001 | UInt32(network) << 8))
        case .v6: .v6(IPv6Address(high: 0x2001_0db8_0000_0000 | network << 16, low: 1))
        }
    }

    /// The address a host has on its loopback interface.
    static func loopback(_ side: Side, _ version: IPVersion) -> String {
        switch version {
        case .v4: "172.16.101.\(number(side))"
        case .v6: "fc00:101::\(number(side))"
        }
    }

    /// The name of the router's end of a host's cable.
    static func routerInterface(_ side: Side) -> String { "eth\(number(side))" }

    private static func number(_ side: Side) -> UInt64 { side == .left ? 1 : 2 }

    static func make() throws -> Self {
        let namespaces = try TestNamespace.make(3)
        let sites = Self(ends: SitePair(left: namespaces[0], right: namespaces[1]), router: namespaces[2])
        do {
            try sites.setUp()
        } catch {
            sites.remove()
            throw error
        }
        return sites
    }

    func remove() {
        TestNamespace.remove([ends.left, ends.right, router])
    }

    private func setUp() throws {
        for namespace in [ends.left, ends.right, router] {
            try SystemCalls.inNamespace(namespace.path) {
                // Addresses that can be used at once, and no traffic that nobody asked for.
                try Kernel.write("0", to: "/proc/sys/net/ipv6/conf/default/accept_dad")
                try Kernel.write("0", to: "/proc/sys/net/ipv6/conf/default/router_solicitations")
                guard namespace == router else { return }
                try Kernel.write("1", to: "/proc/sys/net/ipv4/ip_forward")
                try Kernel.write("1", to: "/proc/sys/net/ipv6/conf/all/forwarding")
                try Kernel.write("1", to: "/proc/sys/net/ipv6/conf/default/forwarding")
            }
        }
        try Shell.ip(
            Side.allCases.map { side in
                "link add \(Self.interface) netns \(ends[side].name) type veth"
                    + " peer name \(Self.routerInterface(side)) netns \(router.name)"
            })
        try Shell.ip(
            Side.allCases.flatMap { side in
                let (cable, number) = (Self.routerInterface(side), Self.number(side))
                return [
                    "link set \(cable) up", "address add 10.1.\(number).2/24 dev \(cable)",
                    "address add 2001:db8:\(number)::2/64 dev \(cable)",
                ]
            }, in: router)
        for side in Side.allCases { try setUp(side) }
        // The cables need a moment before they carry anything.
        for version in IPVersion.allCases {
            try Shell.require(
                ["ping", "-n", "-q", "-c", "1", "-w", "10", "\(Self.address(.right, version))"], in: ends.left)
        }
    }

    private func setUp(_ side: Side) throws {
        let (here, there) = (Self.number(side), Self.number(side.other))
        try Shell.ip(
            [
                "link set \(Self.interface) up",
                "address add \(Self.address(side, .v4))/24 dev \(Self.interface)",
                "address add \(Self.address(side, .v6))/64 dev \(Self.interface)",
                "address add \(Self.loopback(side, .v4))/32 dev lo",
                "address add \(Self.loopback(side, .v6))/128 dev lo",
                "route add unreachable default metric 8192",
                "route add unreachable ::/0 metric 8192",
                "route add 10.1.\(there).0/24 via 10.1.\(here).2",
                "route add 2001:db8:\(there)::/64 via 2001:db8:\(here)::2",
            ], in: ends[side])
    }
}

/// Gives a suite one row of routed sites, which all its tests share.
struct RoutedSitesTrait: SuiteTrait, TestScoping {
    @TaskLocal static var sites: RoutedSites?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let sites = try RoutedSites.make()
        defer { sites.remove() }
        try await Self.$sites.withValue(sites) { try await function() }
    }
}

extension Trait where Self == RoutedSitesTrait {
    /// One row of routed sites for the whole suite.
    static var routedSites: Self { Self() }
}

extension RoutedSites {
    /// The sites of the running suite.
    static func current() throws -> Self {
        try #require(RoutedSitesTrait.sites, "the suite has no trait .routedSites")
    }
}
