import L2TPConfig
import L2TPModel
import L2TPWire

/// What a plan would do, as text: a line for each tunnel that is concerned, below it the sessions.
struct PlanText {
    private let plan: Plan
    private let names: [TunnelID: String]
    private let places: Places
    private let consequences: Consequences
    private let isDown: Bool
    private let style: Style

    /// The text of a plan.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - configuration: What it leads to.
    ///   - places: Where that is written.
    ///   - isDown: Whether there is no configuration for all is to go.
    ///   - style: How actions are set off.
    init(_ plan: Plan, _ configuration: Configuration, places: Places, isDown: Bool, style: Style) {
        self.plan = plan
        self.places = places
        self.isDown = isDown
        self.style = style
        var names = plan.intent.tunnels.mapValues(\.name)
        for tunnel in configuration.tunnels { names[tunnel.specification.id] = tunnel.name }
        self.names = names
        consequences = Consequences(plan, configuration)
    }

    /// The lines, each with its end.
    var text: String {
        var table = Columns()
        var actions: [Int: Change.Action] = [:]
        var lineCount = 0
        func add(_ cells: [String], _ action: Change.Action? = nil) {
            actions[lineCount] = action
            table.add(cells)
            lineCount += 1
        }
        for group in groups {
            let header = group.tunnel
            let place = places.place(of: header.path)
            if let change = header.change {
                for (index, detail) in details(of: change, below: header.path).enumerated() {
                    // The tunnel's own place names the file, in which those of its attributes are then.
                    let own = index == 0 && change.path != nil ? self.place(of: change) : detail.place
                    add(
                        [index == 0 ? header.title : "", index == 0 ? change.action.verb : "", detail.text, own],
                        index == 0 ? change.action : nil)
                }
            } else {
                add([header.title, "", "", place])
            }
            for change in group.sessions {
                for (index, detail) in details(of: change, below: header.path).enumerated() {
                    add(
                        [
                            index == 0 ? "  " + title(of: change) : "", index == 0 ? change.action.verb : "",
                            detail.text, detail.place,
                        ], index == 0 ? change.action : nil)
                }
                if let consequence = consequences.sentence(for: change) {
                    table.add(consequence, at: 2)
                    lineCount += 1
                }
            }
        }
        return table.text { cell, line, column in
            guard column == 1, let action = actions[line] else { return cell }
            return style.text(cell, action)
        }
    }

    // MARK: - Groups

    /// A tunnel with the changes of its sessions.
    private struct Group {
        var tunnel: (title: String, path: ConfigurationPath?, change: Change?)
        var sessions: [Change] = []
    }

    /// The changes by tunnels, in the order in which these come first.
    private var groups: [Group] {
        var groups: [Group] = []
        var indices: [TunnelID: Int] = [:]
        for change in plan.changes where !change.isDoneByAnother {
            let id = change.object.tunnelID
            if indices[id] == nil {
                indices[id] = groups.count
                let name = names[id]
                let path = change.path.map { ConfigurationPath(Array($0.keys.prefix(2))) }
                groups.append(Group(tunnel: (Self.title("tunnel", name, "\(id)"), path, nil)))
            }
            guard let index = indices[id] else { continue }
            if groups[index].tunnel.path == nil, let path = change.path {
                groups[index].tunnel.path = ConfigurationPath(Array(path.keys.prefix(2)))
            }
            if case .tunnel = change.object {
                groups[index].tunnel.title = title(of: change)
                groups[index].tunnel.change = change
            } else {
                groups[index].sessions.append(change)
            }
        }
        return groups
    }

    private func title(of change: Change) -> String {
        switch change.object {
        case .tunnel(let id): Self.title("tunnel", change.name, "\(id)")
        case .session(let key): Self.title("session", change.name, "\(key.id)")
        }
    }

    private static func title(_ noun: String, _ name: String?, _ id: String) -> String {
        name.map { "\(noun) \($0) (\(id))" } ?? "\(noun) \(id)"
    }

    // MARK: - Details

    /// Where a tunnel is that is to be, or the first that differs about it.
    private func place(of change: Change) -> String {
        guard let path = change.path else { return "" }
        guard change.action != .create, let first = change.attributes.first else { return places.place(of: path) }
        return places.place(of: path.appending(first))
    }

    /// What a change is about in particular, and where that is written; at least one.
    private func details(of change: Change, below tunnel: ConfigurationPath?) -> [(text: String, place: String)] {
        guard let path = change.path else { return [(summary(of: change), isDown ? "" : "no longer configured")] }
        let file = tunnel.flatMap(places.file)
        func place(_ path: ConfigurationPath) -> String { places.place(of: path, in: file) }
        guard change.action != .create, !change.attributes.isEmpty else { return [(summary(of: change), place(path))] }
        return change.attributes.map { attribute in
            (attribute.text, place(path.appending(attribute)))
        }
    }

    private func summary(of change: Change) -> String {
        for step in change.steps {
            switch step {
            case .createTunnel(let tunnel) where change.action == .create: return tunnel.summary
            case .createSession(let session, let setup) where change.action == .create: return session.summary(setup)
            case .deleteTunnel(let snapshot) where change.action == .delete:
                let count = snapshot.sessions.count
                return count == 1 ? "1 session" : "\(count) sessions"
            case .deleteSession(let snapshot) where change.action == .delete:
                return snapshot.interface.map { "interface \($0.link.name)" } ?? ""
            default: continue
            }
        }
        switch change.action {
        case .recreate: return "with its tunnel"
        case .adopt: return "is as configured"
        default: return ""
        }
    }
}

extension Change.Object {
    /// The tunnel, or the one that the session is in.
    var tunnelID: TunnelID {
        switch self {
        case .tunnel(let id): id
        case .session(let key): key.tunnelID
        }
    }
}

extension AttributeChange {
    /// `peer_session_id 2000 -> 2001`.
    var text: String {
        "\(key) \(old ?? "(none)") -> \(new ?? "(none)")"
    }
}

extension ConfigurationPath {
    /// Where an attribute of what is here stands.
    func appending(_ attribute: AttributeChange) -> Self {
        Self(keys + attribute.key.split(separator: ".").map(String.init))
    }
}

extension TunnelSpecification {
    /// `udp 192.0.2.1:5000 -> 198.51.100.7:6000, peer tunnel 4000`.
    fileprivate var summary: String {
        func end(_ address: IPAddress, _ port: UInt16?) -> String {
            guard let port else { return "\(address)" }
            return address.version == .v6 ? "[\(address)]:\(port)" : "\(address):\(port)"
        }
        let udp = encapsulation.udp
        let ends = "\(end(local, udp?.sourcePort)) -> \(end(peer, udp?.destinationPort))"
        return "\(udp == nil ? "ip" : "udp") \(ends), peer tunnel \(peerID)"
    }
}

extension SessionSpecification {
    /// `peer session 2000, interface l2tp-lan in namespace site-a, master br0`.
    fileprivate func summary(_ setup: InterfaceSetup) -> String {
        var text = "peer session \(peerID)"
        if let name = interfaceName { text += ", interface \(name.text)" }
        if case .named(let name)? = setup.namespace { text += ", namespace \(name)" }
        if case .named(let name)? = setup.master { text += ", master \(name)" }
        return text
    }
}
