import L2TPConfig
import L2TPModel
import L2TPWire
import NetlinkTestSupport

/// All that there is on a host, but for what a re-creation cannot keep: numbers of links, and counters.
struct HostState: Equatable, Sendable {
    /// A link.
    struct LinkState: Equatable, Sendable {
        var name: String
        var namespace: String?
        var mtu: UInt32
        var macAddress: MACAddress?
        var alias: String?
        var master: String?
        var isUp: Bool
        var addresses: Set<String>
        /// Those of IPv4 before which there is another of their network, which is used first.
        var secondaryAddresses: Set<String>
    }

    /// A session with its interface.
    struct SessionState: Equatable, Sendable {
        var session: Session
        var sublayer: L2SpecificSublayer?
        var interface: LinkState?
    }

    var tunnels: [Tunnel]
    var sessions: [SessionKey: SessionState] = [:]
    /// The links that are no session's interface.
    var links: [LinkState] = []

    init(_ host: Host) {
        tunnels = host.home.tunnels
        var interfaces: [String: LinkState] = [:]
        let names = Set(host.home.sessions.compactMap(\.interfaceName))
        for (namespace, kernel) in [(nil, host.home), ("blue", host.blue)] {
            let all = kernel.links
            let addresses = Dictionary(grouping: kernel.addresses, by: \.linkIndex)
            for link in all {
                let state = LinkState(
                    name: link.name, namespace: namespace, mtu: link.mtu, macAddress: link.macAddress,
                    alias: link.alias, master: all.first { $0.index == link.masterIndex }?.name, isUp: link.isUp,
                    addresses: Set((addresses[link.index] ?? []).map(Self.words)),
                    secondaryAddresses: Self.secondary(addresses[link.index] ?? []))
                if names.contains(link.name) { interfaces[link.name] = state } else { links.append(state) }
            }
        }
        for session in host.home.sessions {
            sessions[session.key] = SessionState(
                session: session,
                sublayer: host.home.l2SpecificSublayer(of: session.id, in: session.tunnelID),
                interface: session.interfaceName.flatMap { interfaces[$0] })
        }
    }

    private static func words(_ address: InterfaceAddress) -> String {
        "\(address.specification)" + (address.attributes.isEmpty ? "" : " \(address.attributes)")
    }

    private static func secondary(_ addresses: [InterfaceAddress]) -> Set<String> {
        let secondary = addresses.indices.filter { index in
            let address = addresses[index]
            return address.address.version == .v4
                && addresses[..<index].contains {
                    $0.prefixBitCount == address.prefixBitCount
                        && $0.sharesPrefix(with: address.peer ?? address.address)
                }
        }
        return Set(secondary.map { "\(addresses[$0].specification)" })
    }

    /// The state without what a configuration leaves to the kernel's choice: names that were not asked for, random MAC
    /// addresses, and the order of addresses.
    func ignoringChoices(of configuration: Configuration) -> Self {
        var state = self
        for tunnel in configuration.tunnels {
            for session in tunnel.sessions {
                let key = session.specification.key
                if session.specification.interfaceName?.isPattern ?? true {
                    state.sessions[key]?.session.interfaceName = nil
                    state.sessions[key]?.interface?.name = ""
                }
                state.sessions[key]?.interface?.secondaryAddresses = []
                if session.interface.mac == .random { state.sessions[key]?.interface?.macAddress = nil }
            }
        }
        return state
    }

    /// In what a state differs from another, in lines, for messages.
    func differences(from other: Self) -> [String] {
        var lines: [String] = []
        if tunnels != other.tunnels { lines.append("tunnels \(tunnels.map(\.id)) for \(other.tunnels.map(\.id))") }
        for key in Set(sessions.keys).union(other.sessions.keys).sorted() where sessions[key] != other.sessions[key] {
            guard let session = sessions[key], let wanted = other.sessions[key] else {
                lines.append("\(key) is \(sessions[key] == nil ? "missing" : "too much")")
                continue
            }
            if session.session != wanted.session || session.sublayer != wanted.sublayer {
                lines.append("\(session.session) \(String(describing: session.sublayer)) for \(wanted.session)")
            }
            if session.interface != wanted.interface {
                lines.append("\(String(describing: session.interface)) for \(String(describing: wanted.interface))")
            }
        }
        if links != other.links { lines.append("links \(links) for \(other.links)") }
        return lines
    }
}
