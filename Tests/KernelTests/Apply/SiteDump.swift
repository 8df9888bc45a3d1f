import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Testing

/// Everything that applying could touch at a site: tunnels, sessions, links, addresses and masters in both namespaces,
/// without counters and the numbers of links, which are new when something is created anew.
struct SiteDump: Hashable, Sendable, CustomStringConvertible {
    /// A link with what belongs to it.
    struct LinkDump: Hashable, Sendable {
        var name: String
        var mtu: UInt32
        var isUp: Bool
        var kind: String?
        var macAddress: MACAddress?
        var alias: String?
        var master: String?
        /// In words, sorted; without those that the kernel makes of the MAC address.
        var addresses: [String]
    }

    var tunnels: [Tunnel]
    var sessions: [Session]
    var home: [LinkDump]
    var far: [LinkDump]

    init(_ site: ApplySite) throws {
        try self.init(site.home, far: site.far)
    }

    /// Dumps one namespace with tunnels, and perhaps one with interfaces that were moved there.
    init(_ namespace: TestNamespace, far other: TestNamespace? = nil) throws {
        var client = try namespace.client()
        tunnels = try client.tunnels().sorted { $0.id.rawValue < $1.id.rawValue }
        for index in tunnels.indices { tunnels[index].statistics = Statistics() }
        sessions = try client.sessions().sorted { $0.key < $1.key }
        for index in sessions.indices { sessions[index].statistics = Statistics() }
        home = try Self.links(of: namespace)
        far = try other.map(Self.links) ?? []
    }

    private static func links(of namespace: TestNamespace) throws -> [LinkDump] {
        var client = try namespace.linkClient()
        let links = try client.links()
        let names = Dictionary(links.map { ($0.index, $0.name) }, uniquingKeysWith: { first, _ in first })
        let addresses = Dictionary(grouping: try client.addresses(), by: \.linkIndex)
        return links.map { link in
            // A bridge takes its MAC address and MTU from its ports.
            let isFree = link.kind != "bridge"
            return LinkDump(
                name: link.name, mtu: isFree ? link.mtu : 0, isUp: link.isUp, kind: link.kind,
                macAddress: isFree ? link.macAddress : nil, alias: link.alias,
                master: link.masterIndex.map { names[$0] ?? "?" },
                addresses: (addresses[link.index] ?? []).map(\.specification.description)
                    .filter { !$0.hasPrefix("fe80::") }.sorted())
        }.sorted { $0.name < $1.name }
    }

    /// Each object in a line.
    var lines: [String] {
        tunnels.map { "\($0)" } + sessions.map { "\($0)" } + home.map { "\($0)" } + far.map { "far \($0)" }
    }

    var description: String { lines.joined(separator: "\n") }

    /// What another dump has otherwise, for messages.
    func difference(to other: Self) -> String {
        let (before, after) = (Set(lines), Set(other.lines))
        let gone = lines.filter { !after.contains($0) }.map { "- \($0)" }
        let come = other.lines.filter { !before.contains($0) }.map { "+ \($0)" }
        return (gone + come).joined(separator: "\n")
    }
}

/// A tunnel with a session and an interface that somebody else has made by hand, which nothing may touch.
struct ForeignTunnel {
    static let name = "foreign"
    static let id: UInt32 = 77
    private let site: ApplySite
    private let tunnel: Tunnel
    private let session: Session
    private let link: Link

    /// Makes it.
    init(at site: ApplySite) throws {
        self.site = site
        try Shell.ip(
            [
                "l2tp add tunnel tunnel_id \(Self.id) peer_tunnel_id 78 encap udp local 192.0.2.1 remote 192.0.2.101 "
                    + "udp_sport 777 udp_dport 778",
                "l2tp add session tunnel_id \(Self.id) session_id 79 peer_session_id 80 name \(Self.name) cookie 01020304",
            ], in: site.home)
        // Without traffic of the kernel's own its counters stay as they are.
        try site.home.set("ipv6/conf/\(Self.name)/disable_ipv6", to: "1")
        try Shell.ip(["link set \(Self.name) up", "address add 172.16.0.1/24 dev \(Self.name)"], in: site.home)
        let present = try Self.read(site)
        tunnel = try #require(present.0)
        session = try #require(present.1)
        link = try #require(present.2)
    }

    /// Whether it is as it was made, with the same counters of what it has received and the same link.
    func isUntouched() throws -> Bool {
        let present = try Self.read(site)
        return present.0 == tunnel && present.1 == session && present.2?.index == link.index
            && present.2?.macAddress == link.macAddress && present.2?.mtu == link.mtu && present.2?.isUp == true
    }

    private static func read(_ site: ApplySite) throws -> (Tunnel?, Session?, Link?) {
        var client = try site.home.client()
        let tunnel = try client.tunnels().first { $0.id == TunnelID(id) }
        let session = try client.sessions().first { $0.tunnelID == TunnelID(id) }
        return (tunnel, session, try site.home.link(name))
    }
}
