import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPWire
import LinkControl
import Testing

extension KernelTests {
    /// The addresses that somebody else has given an interface are on the one that takes its place, with all that they had.
    @Suite
    struct KeptAddressTests {
        @Test func areGivenAgain() throws {
            try ApplySite.withQuickGrace { site in
                let store = MemoryOwnershipStore()
                try site.apply(try Self.configuration(), store)
                // The kernel makes a link-local address of a random number.
                try site.home.set("ipv6/conf/pwk/addr_gen_mode", to: "3")
                try Shell.ip(["link set pwk down", "link set pwk up"] + Self.lines, in: site.home)
                let before = try Self.addresses(of: "pwk", at: site)
                #expect(before.all.count == 9, "\(before)")
                #expect(before.byHand.count == 8, "\(before)")
                #expect(try site.plan(try Self.configuration(), store).isEmpty)

                // A failure after the re-creation.
                var failing = try Self.configuration(cookie: 1)
                failing.tunnels[0].sessions.append(
                    SessionConfiguration(
                        name: "z",
                        specification: SessionSpecification(
                            tunnelID: TunnelID(900), id: SessionID(920), peerID: SessionID(921),
                            interfaceName: try InterfaceName("pwz")),
                        interface: InterfaceConfiguration(mac: .address(macAddress("03:00:00:00:00:01")))))
                var outcome: ApplyError.Outcome?
                do {
                    try site.apply(failing, store)
                } catch let error as ApplyError {
                    outcome = error.outcome
                }
                #expect(outcome == .rolledBack)
                try Self.expect(try Self.addresses(of: "pwk", at: site), toBe: before.byHand)

                // Two re-creations, the second under another name.
                try site.apply(try Self.configuration(cookie: 1), store)
                try Self.expect(try Self.addresses(of: "pwk", at: site), toBe: before.byHand)
                try site.apply(try Self.configuration(cookie: 1, name: "lan"), store)
                let renamed = before.byHand.map { address in
                    var address = address
                    address.attributes = address.attributes.renamed(to: "lan")
                    return address
                }
                #expect(renamed.contains { $0.attributes.label == "lan:x" })
                try Self.expect(try Self.addresses(of: "lan", at: site), toBe: renamed)
                // As ip shows them.
                let shown = try Shell.require(["ip", "-o", "address", "show", "dev", "lan"], in: site.home).output
                #expect(shown.contains("10.77.0.1/24 scope link deprecated lan"), "\(shown)")
                #expect(shown.contains("pwkhand"), "\(shown)")
            }
        }

        /// A configured address of which others of its network depend, and such as users and their programs give.
        private static let lines =
            ["address delete 10.77.0.1/24 dev pwk"]
            + [
                "10.77.0.1/24 dev pwk scope link preferred_lft 0",
                "10.77.0.77/24 dev pwk scope link label pwk:x",
                "10.78.0.1/24 dev pwk label pwkhand metric 77 noprefixroute",
                "10.79.0.1/24 dev pwk valid_lft 3600 preferred_lft 1800",
                "2001:db8:79::1/64 dev pwk nodad preferred_lft 0",
                "2001:db8:80::1/64 dev pwk nodad mngtmpaddr",
                "2001:db8:81::1/64 dev pwk nodad valid_lft 3600 preferred_lft 1800",
                "fe80::77/64 dev pwk nodad",
            ].map { "address add \($0)" }

        private static func configuration(cookie: UInt32 = 7, name: String = "pwk") throws -> Configuration {
            let session = SessionConfiguration(
                name: "lan",
                specification: SessionSpecification(
                    tunnelID: TunnelID(900), id: SessionID(910), peerID: SessionID(911), cookie: Cookie(cookie),
                    interfaceName: try InterfaceName(name)),
                interface: InterfaceConfiguration(
                    addresses: [AddressSpecification(ipAddress("10.77.0.1"), prefixBitCount: 24)]))
            let tunnel = TunnelSpecification(
                id: TunnelID(900), peerID: TunnelID(901), local: ApplySite.local4[0], peer: ApplySite.peers4[0],
                encapsulation: .udp(UDPParameters(sourcePort: 5900, destinationPort: 5901)))
            return Configuration(tunnels: [TunnelConfiguration(name: "hq", specification: tunnel, sessions: [session])])
        }

        /// All addresses of an interface, and those that the kernel has not made by itself, without what is left of their
        /// time.
        private static func addresses(
            of name: String, at site: ApplySite
        ) throws -> (all: [InterfaceAddress], byHand: Set<AddressSpecification>) {
            let link = try site.home.requireLink(name)
            var client = try site.home.linkClient()
            let all = try client.addresses().filter { $0.linkIndex == link.index }.map { $0.withoutLabel(of: link) }
            let given = all.filter { !$0.isAutomatic }.map { address in
                var specification = address.specification
                specification.attributes = address.attributes.withoutRemainingTime
                return specification
            }
            return (all, Set(given))
        }

        private static func expect(
            _ found: (all: [InterfaceAddress], byHand: Set<AddressSpecification>),
            toBe wanted: some Sequence<AddressSpecification>,
            sourceLocation: Testing.SourceLocation = #_sourceLocation
        ) throws {
            let wanted = Set(wanted)
            #expect(found.byHand.subtracting(wanted) == [], sourceLocation: sourceLocation)
            #expect(wanted.subtracting(found.byHand) == [], sourceLocation: sourceLocation)
            // One link-local address of the kernel's, and no other of its own.
            #expect(found.all.count { $0.isAutomatic } == 1, "\(found.all)", sourceLocation: sourceLocation)
            for lifetime in found.all.compactMap(\.attributes.lifetime) where lifetime.isFinite {
                #expect((3000...3600).contains(lifetime.valid), sourceLocation: sourceLocation)
                #expect((1200...1800).contains(lifetime.preferred), sourceLocation: sourceLocation)
            }
        }
    }
}
