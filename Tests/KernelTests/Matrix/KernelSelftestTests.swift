import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// The sixteen checks of the kernel's own test of L2TP (tools/testing/selftests/net/l2tp.sh), through tunnels
    /// that our client makes.
    @Suite(.routedSites, .serialized)
    struct KernelSelftestTests {
        /// What is between the hosts.
        enum Phase: String, Hashable, Sendable, CaseIterable {
            case plain
            case ipsec = "with IPsec"
            case ipsecAgain = "with IPsec, once more"
            case afterIPsec = "after IPsec teardown"

            var isSecure: Bool { self == .ipsec || self == .ipsecAgain }
        }

        /// Where the echo request goes.
        enum Destination: String, Hashable, Sendable, CaseIterable {
            /// To the other end's address on the session's interface.
            case basic = "basic L2TP tunnel"
            /// From loopback address to loopback address.
            case route = "route through L2TP tunnel"
        }

        /// One line of what the kernel's test prints.
        struct Check: Hashable, Sendable, CustomTestStringConvertible {
            var phase: Phase
            var version: IPVersion
            var destination: Destination

            var testDescription: String { "IPv\(version.rawValue) \(destination.rawValue), \(phase.rawValue)" }
        }

        static let checks = Phase.allCases.flatMap { phase in
            IPVersion.allCases.flatMap { version in
                Destination.allCases.map { Check(phase: phase, version: version, destination: $0) }
            }
        }

        let sites: RoutedSites

        init() throws {
            sites = try RoutedSites.current()
        }

        @Test(arguments: checks)
        func check(_ check: Check) throws {
            try setUpTunnels()
            try enter(check.phase)
            let tap = try FrameTap(RoutedSites.routerInterface(.left), in: sites.router)
            let outcome = try Shell.run(ping(check), in: sites.ends.left)
            #expect(outcome.succeeded, "\(outcome)")

            // The kernel's test believes in its IPsec; this one looks.
            let (l2tp, esp): (UInt8, UInt8) = (115, 50)
            let seen = Set(try tap.frames().compactMap { CarriedProtocol(frame: $0)?.number })
            #expect(seen.contains(check.phase.isSecure ? esp : l2tp))
            #expect(!seen.contains(check.phase.isSecure ? l2tp : esp))

            // Policies of the system are none of the tunnel's socket, which alone the kernel reports.
            var client = try sites.ends.left.client()
            #expect(try client.sessions().map(\.usesIPsec) == [false, false])
        }

        private func ping(_ check: Check) -> [String] {
            let command = ["ping", "-n", "-q", "-c", "1", "-w", "5"]
            return switch check.destination {
            case .basic: command + [Self.peerAddress(.left, check.version)]
            case .route:
                command + [
                    "-I", RoutedSites.loopback(.left, check.version), RoutedSites.loopback(.right, check.version),
                ]
            }
        }

        /// Brings what is between the hosts into the phase.
        private func enter(_ phase: Phase) throws {
            let mode = TransportMode(sites: sites)
            if try mode.isOn != (phase.isSecure || phase == .afterIPsec) {
                if phase == .plain { try mode.end() } else { try mode.begin() }
            }
            if phase == .afterIPsec { try mode.end() }
        }

        /// Makes the tunnels and all that leads into them, unless an earlier check has.
        private func setUpTunnels() throws {
            for side in Side.allCases {
                var client = try sites.ends[side].client()
                guard try client.tunnels().isEmpty else { continue }
                for version in IPVersion.allCases {
                    try client.createTunnel(Self.tunnel(side, version))
                    try client.createSession(try Self.session(side, version))
                    let interface = Self.interface(version)
                    let (own, peer) = (Self.peerAddress(side.other, version), Self.peerAddress(side, version))
                    let length = version == .v4 ? 32 : 128
                    try Shell.ip(
                        ["link set \(interface) up", "address add \(own) peer \(peer) dev \(interface)"],
                        in: sites.ends[side])
                    // The kernel makes the route to an IPv6 peer when it gets round to it.
                    let route = "route add \(RoutedSites.loopback(side.other, version))/\(length) via \(peer)"
                    let isSet = try eventually {
                        try Shell.run(["ip"] + route.split(separator: " ").map(String.init), in: sites.ends[side])
                            .succeeded
                    }
                    try #require(isSet)
                }
            }
        }

        private static func interface(_ version: IPVersion) -> String { "l2tp\(version.rawValue)" }

        /// The address on the session's interface that a side reaches through it.
        private static func peerAddress(_ side: Side, _ version: IPVersion) -> String {
            let number = side == .left ? 2 : 1
            return version == .v4 ? "172.16.1.\(number)" : "fc00:1::\(number)"
        }

        private static func id(_ side: Side, _ version: IPVersion) -> UInt32 {
            (version == .v4 ? 1041 : 1061) + (side == .left ? 0 : 1)
        }

        private static func tunnel(_ side: Side, _ version: IPVersion) -> TunnelSpecification {
            TunnelSpecification(
                id: TunnelID(id(side, version)), peerID: TunnelID(id(side.other, version)),
                local: RoutedSites.address(side, version), peer: RoutedSites.address(side.other, version),
                encapsulation: .ip)
        }

        private static func session(_ side: Side, _ version: IPVersion) throws -> SessionSpecification {
            SessionSpecification(
                tunnelID: TunnelID(id(side, version)), id: SessionID(id(side, version)),
                peerID: SessionID(id(side.other, version)), interfaceName: try InterfaceName(interface(version)))
        }
    }
}
