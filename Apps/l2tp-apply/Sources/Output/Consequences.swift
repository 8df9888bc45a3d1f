import L2TPConfig
import L2TPModel
import L2TPWire

/// What the re-creation of a session means for who uses its interface.
struct Consequences {
    private let sessions: [SessionKey: SessionConfiguration]
    private let interfaces: [SessionKey: InterfaceState]
    private let goingCount: Int

    /// Few deletions and creations are over in about a tenth of a second; more take longer.
    private static let fewCount = 10

    /// The consequences of a plan that leads to a configuration.
    init(_ plan: Plan, _ configuration: Configuration) {
        var interfaces: [SessionKey: InterfaceState] = [:]
        var goingCount = 0
        func note(_ snapshot: SessionSnapshot) {
            interfaces[snapshot.specification.key] = snapshot.interface
            goingCount += 1
        }
        for step in plan.changes.lazy.flatMap(\.steps) {
            switch step {
            case .deleteSession(let snapshot): note(snapshot)
            case .deleteTunnel(let snapshot): snapshot.sessions.forEach(note)
            default: continue
            }
        }
        self.interfaces = interfaces
        self.goingCount = goingCount
        var sessions: [SessionKey: SessionConfiguration] = [:]
        if !interfaces.isEmpty {
            for session in configuration.tunnels.lazy.flatMap(\.sessions) {
                sessions[session.specification.key] = session
            }
        }
        self.sessions = sessions
    }

    /// `l2tp-lan loses its link for about 0.1 s; MAC, addresses and bridge br0 are kept`; nil if a change has no such
    /// consequence.
    func sentence(for change: Change) -> String? {
        guard change.action == .recreate, case .session(let key) = change.object, let setup = change.creation else {
            return nil
        }
        guard let before = interfaces[key] else {
            return change.attributes.contains { $0.key == "interface.name" && $0.old == nil }
                ? "its interface is not found: it was renamed or moved, and a new one takes its place" : nil
        }
        let duration = goingCount <= Self.fewCount ? "for about 0.1 s" : "until all sessions are re-created"
        var parts = ["\(before.link.name) loses its link \(duration)"]
        var kept: [String] = []
        var changed: [String] = []
        func note(_ word: String, isKept: Bool) {
            if isKept { kept.append(word) } else { changed.append(word) }
        }
        note("MAC", isKept: setup.macAddress != nil && setup.macAddress == before.link.macAddress)
        // Those that come by themselves need nobody who keeps them.
        let addresses = before.addresses.filter { !$0.isAutomatic && !$0.address.isLinkLocal }.map(\.address)
        if !addresses.isEmpty {
            note("addresses", isKept: Set(setup.addressesToAdd.map(\.address)).isSuperset(of: addresses))
        }
        if let master = before.masterName {
            let kind = kind(of: master, key)
            note("\(kind) \(master)", isKept: setup.master == .named(master))
        }
        if !kept.isEmpty {
            let isOne = kept.count == 1 && kept[0] != "addresses"
            parts.append("\(Self.list(kept)) \(isOne ? "is" : "are") kept")
        }
        if !changed.isEmpty {
            let isOne = changed.count == 1 && changed[0] != "addresses"
            parts.append("\(Self.list(changed)) \(isOne ? "changes" : "change")")
        }
        return parts.joined(separator: "; ")
    }

    private func kind(of master: String, _ key: SessionKey) -> String {
        switch sessions[key]?.interface.master {
        case .bridge(let name)? where name.text == master: "bridge"
        case .vrf(let name)? where name.text == master: "VRF"
        default: "master"
        }
    }

    private static func list(_ words: [String]) -> String {
        words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " and \(words[words.count - 1])"
    }
}

extension Change {
    /// How the interface of the session is set up that it creates; nil if it creates none.
    fileprivate var creation: InterfaceSetup? {
        for case .createSession(_, let setup) in steps { return setup }
        return nil
    }
}

extension IPAddress {
    /// Whether it is one that IPv6 gives every interface.
    fileprivate var isLinkLocal: Bool {
        if case .v6(let address) = self { address.isLinkLocal } else { false }
    }
}
