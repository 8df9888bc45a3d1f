internal import L2TPConfig
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import LinkControl
internal import Netlink
internal import SystemPackage

/// Setting interfaces up, many at a time.
extension Applier where Transport: ~Copyable {
    /// How many interfaces are set up without asking whether the run is to end.
    private static var chunk: Int { 1024 }
    /// From this many on, a list of all links costs less than a question for each.
    private static var manyLinks: Int { 16 }

    /// Sets interfaces up: moved first, then MAC address while down, MTU, alias, master and state, then addresses,
    /// for those of IPv6 go when a link goes down or its MTU gets too small.
    ///
    /// Throws the first error; what was done until then stays done.
    mutating func setUp(
        _ tasks: [InterfaceTask], paths: [SessionKey: ConfigurationPath] = [:], _ isCancelled: () -> Bool = { false },
        _ progress: (Int) -> Void = { _ in }
    ) throws(ApplyError) {
        var done = 0
        for chunk in try withMTUs(tasks.filter { !$0.setup.isEmpty }).chunks(of: Self.chunk) {
            if isCancelled() { throw .interrupted }
            let moved = try move(chunk, paths)
            // In an order that is the same in every run.
            let groups = Dictionary(grouping: moved, by: \.present.namespace).sorted { $0.key ?? "" < $1.key ?? "" }
            for (namespace, var members) in groups {
                if isCancelled() { throw .interrupted }
                try change(&members, in: namespace, paths)
                if isCancelled() { throw .interrupted }
                try give(members, in: namespace, paths)
                done += members.count
                progress(done)
            }
        }
    }

    /// The tasks of sessions that were just created.
    mutating func locateCreated(_ sessions: [StagedWork.Creation]) throws(ApplyError) -> [InterfaceTask] {
        let wanted = sessions.filter { !$0.setup.isEmpty }
        guard !wanted.isEmpty else { return [] }
        let names = try names(of: wanted.map(\.specification))
        let links = try links(named: names)
        var tasks: [InterfaceTask] = []
        tasks.reserveCapacity(wanted.count)
        for (index, creation) in wanted.enumerated() {
            guard let link = links[index] else {
                throw ApplyError(
                    .other,
                    "cannot find the interface of \(creation.specification.key): there is no \(names[index])",
                    remedy: "something else may have renamed it")
            }
            tasks.append(
                InterfaceTask(
                    creation.specification.key, creation.setup, present: InterfaceState(link: link),
                    session: creation.specification))
        }
        return tasks
    }

    /// The names of the interfaces of sessions that were just created.
    private mutating func names(of sessions: [SessionSpecification]) throws(ApplyError) -> [String] {
        var names = sessions.map { $0.interfaceName.flatMap { $0.isPattern ? nil : $0.text } ?? "" }
        // What the kernel has chosen, it tells.
        let unknown = names.indices.filter { names[$0].isEmpty }
        guard !unknown.isEmpty else { return names }
        let found: [Session?]
        do throws(L2TPError) {
            found = try client.sessions(unknown.map { sessions[$0].key })
        } catch {
            throw ApplyError(error)
        }
        for (index, session) in zip(unknown, found) {
            guard let name = session?.interfaceName else {
                throw ApplyError(.other, "cannot find the interface of \(sessions[index].key): it has gone")
            }
            names[index] = name
        }
        return names
    }

    /// The links of those names in the namespace of the tunnels.
    private func links(named names: [String]) throws(ApplyError) -> [Link?] {
        if names.count >= Self.manyLinks, let seat = try? access.seat(nil), let all = try? seat.client.links() {
            let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            return names.map { byName[$0] }
        }
        // A list that links come into and go from all the time never gets done.
        return try access.read("the interfaces", in: nil) { (client) throws(NetlinkError) in
            try client.links(named: names)
        }
    }

    /// Computes automatic MTUs. One to whose peer there is no route any more stays what the kernel has made it.
    private mutating func withMTUs(_ tasks: [InterfaceTask]) throws(ApplyError) -> [InterfaceTask] {
        let automatic = tasks.indices.filter { tasks[$0].setup.mtu == .automatic && tasks[$0].session != nil }
        guard !automatic.isEmpty else { return tasks }
        let ids = Array(Set(automatic.map { tasks[$0].key.tunnelID }))
        let found: [Tunnel?]
        do throws(L2TPError) {
            found = try client.tunnels(ids)
        } catch {
            throw ApplyError(error)
        }
        var tunnels: [TunnelID: TunnelSpecification] = [:]
        for case let tunnel? in found where tunnel.peer != nil { tunnels[tunnel.id] = TunnelSpecification(tunnel) }
        let mtus = try reader.pathMTUs(Set(tunnels.values.map(PeerPath.init)))
        var tasks = tasks
        for index in automatic {
            guard let session = tasks[index].session, let tunnel = tunnels[session.tunnelID],
                let path = mtus[PeerPath(tunnel)]
            else { continue }
            let mtu = tunnel.interfaceMTU(of: session, pathMTU: path)
            let link = tasks[index].present.link
            if mtu >= link.minimumMTU, mtu <= link.maximumMTU ?? .max { tasks[index].setup.mtu = .bytes(mtu) }
        }
        return tasks
    }

    /// Moves interfaces to other namespaces, one after the other, and finds them there.
    private mutating func move(
        _ tasks: [InterfaceTask], _ paths: [SessionKey: ConfigurationPath]
    ) throws(ApplyError) -> [InterfaceTask] {
        guard tasks.contains(where: { $0.destination != $0.present.namespace }) else { return tasks }
        var tasks = tasks
        var arrivals: [String?: [Int]] = [:]
        for (index, task) in tasks.enumerated() where task.destination != task.present.namespace {
            let seat = try access.seat(task.present.namespace)
            do throws(LinkError) {
                try seat.client.move(task.present.link, to: access.destination(task.destination))
            } catch {
                throw ApplyError(error, path: paths[task.key])
            }
            arrivals[task.destination, default: []].append(index)
        }
        for (namespace, indices) in arrivals {
            let names = indices.map { tasks[$0].present.link.name }
            let links = try access.read("the interfaces", in: namespace) { (client) throws(NetlinkError) in
                try client.links(named: names)
            }
            for (index, link) in zip(indices, links) {
                guard let link else {
                    let name = tasks[index].present.link.name
                    throw ApplyError(
                        .other,
                        "cannot find interface \(name)\(LinkAccess<Transport>.place(namespace)), to which it "
                            + "was moved", path: paths[tasks[index].key])
                }
                if tasks[index].setup.isUp == nil { tasks[index].setup.isUp = tasks[index].present.link.isUp }
                tasks[index].present = InterfaceState(link: link, namespace: namespace)
            }
        }
        return tasks
    }

    /// Changes the links of one namespace.
    private mutating func change(
        _ tasks: inout [InterfaceTask], in namespace: String?, _ paths: [SessionKey: ConfigurationPath]
    ) throws(ApplyError) {
        let seat = try access.seat(namespace)
        let masters = try masterIndices(tasks, in: namespace)
        let wasUp = tasks.map(\.present.link.isUp)
        let down = tasks.indices.filter { tasks[$0].needsDown }
        try fail(seat.client.change(down.map { (tasks[$0].present.link, LinkChanges(isUp: false)) }), paths) {
            tasks[down[$0]].key
        }
        for index in down {
            tasks[index].present.link.isUp = false
            tasks[index].isDisturbed = true
        }
        var changed: [(index: Int, changes: LinkChanges)] = []
        for index in tasks.indices {
            var master: UInt32?
            if case .named(let name) = tasks[index].setup.master {
                guard let found = masters[name] else {
                    throw ApplyError(
                        .refused,
                        "there is no interface \(name)\(LinkAccess<Transport>.place(namespace)) for "
                            + "\(tasks[index].present.link.name) to belong to", path: paths[tasks[index].key])
                }
                master = found
            }
            let changes = tasks[index].changes(wasUp: wasUp[index], masterIndex: master)
            guard !changes.isEmpty else { continue }
            changed.append((index, changes))
            if changes.master != nil || changes.isUp == false || changes.mtu.map({ $0 < 1280 }) ?? false {
                tasks[index].isDisturbed = true
            }
        }
        try fail(seat.client.change(changed.map { (tasks[$0.index].present.link, $0.changes) }), paths) {
            tasks[changed[$0].index].key
        }
    }

    /// The numbers of the links that interfaces are to belong to, by name.
    private func masterIndices(
        _ tasks: [InterfaceTask], in namespace: String?
    ) throws(ApplyError) -> [String: UInt32] {
        let names = Array(
            Set(
                tasks.compactMap { task -> String? in
                    if case .named(let name) = task.setup.master { name } else { nil }
                }))
        guard !names.isEmpty else { return [:] }
        let links = try access.read("the interfaces", in: namespace) { (client) throws(NetlinkError) in
            try client.links(named: names)
        }
        return Dictionary(
            zip(names, links).compactMap { name, link in link.map { (name, $0.index) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Takes addresses from the interfaces of one namespace and gives them others.
    private mutating func give(
        _ tasks: [InterfaceTask], in namespace: String?, _ paths: [SessionKey: ConfigurationPath]
    ) throws(ApplyError) {
        var tasks = tasks.filter { !$0.setup.addressesToRemove.isEmpty || !$0.setup.addressesToAdd.isEmpty }
        guard !tasks.isEmpty else { return }
        let seat = try access.seat(namespace)
        var isDoubtful = false
        let going = tasks.indices.flatMap { index in
            tasks[index].setup.addressesToRemove.filter { address in
                tasks[index].present.addresses.contains { $0.specification.isSame(as: address) }
            }.map { (index: index, address: $0) }
        }
        if !going.isEmpty {
            let errors = seat.client.remove(going.map { ($0.address, tasks[$0.index].present.link) })
            // One that has gone with something else is what was wanted; it is looked at below whether it has.
            isDoubtful = errors.contains { $0?.reason == .notFound }
            try fail(errors.map { $0?.reason == .notFound ? nil : $0 }, paths) { tasks[going[$0].index].key }
            for (index, _) in going { tasks[index].isDisturbed = true }
        }
        if tasks.contains(where: \.isDisturbed) { try refresh(&tasks, in: namespace) }
        if try takeAltered(tasks, in: namespace, paths) { try refresh(&tasks, in: namespace) }
        let coming = tasks.indices.flatMap { index in
            tasks[index].setup.addressesToAdd.filter { address in
                !tasks[index].present.addresses.contains { $0.specification.isSame(as: address) }
            }.map { (index: index, address: $0) }
        }
        if !coming.isEmpty {
            let errors = seat.client.add(coming.map { ($0.address, tasks[$0.index].present.link) })
            let isThere = errors.contains { $0?.reason == .exists }
            try fail(errors.map { $0?.reason == .exists ? nil : $0 }, paths) { tasks[coming[$0].index].key }
            if isThere { isDoubtful = true }
        }
        if isDoubtful { try check(&tasks, in: namespace, paths) }
    }

    /// Takes the addresses from interfaces that are to be as they were and have other attributes, so that they can be given
    /// anew; whether there were some.
    private func takeAltered(
        _ tasks: [InterfaceTask], in namespace: String?, _ paths: [SessionKey: ConfigurationPath]
    ) throws(ApplyError) -> Bool {
        let altered = tasks.indices.filter { tasks[$0].restoresAttributes }.flatMap { index in
            tasks[index].present.addresses.lazy.map(\.specification).filter { there in
                guard let wanted = tasks[index].setup.addressesToAdd.first(where: there.isSame) else { return false }
                return wanted.attributes.withoutRemainingTime != there.attributes.withoutRemainingTime
            }.map { (index: index, address: $0) }
        }
        guard !altered.isEmpty else { return false }
        let errors = try access.seat(namespace).client.remove(
            altered.map { ($0.address, tasks[$0.index].present.link) })
        try fail(errors.map { $0?.reason == .notFound ? nil : $0 }, paths) { tasks[altered[$0].index].key }
        return true
    }

    /// Reads the addresses of interfaces again.
    private func refresh(_ tasks: inout [InterfaceTask], in namespace: String?) throws(ApplyError) {
        let addresses = try access.read("the addresses", in: namespace) { (client) throws(NetlinkError) in
            try client.addresses()
        }
        let byLink = Dictionary(grouping: addresses, by: \.linkIndex)
        for index in tasks.indices {
            let link = tasks[index].present.link
            tasks[index].present.addresses = (byLink[link.index] ?? []).map { $0.withoutLabel(of: link) }
        }
    }

    /// Throws if an interface has not the addresses that it was given, or has one that was taken from it.
    private func check(
        _ tasks: inout [InterfaceTask], in namespace: String?, _ paths: [SessionKey: ConfigurationPath]
    ) throws(ApplyError) {
        try refresh(&tasks, in: namespace)
        for task in tasks {
            func has(_ address: AddressSpecification) -> Bool {
                task.present.addresses.contains { $0.specification.isSame(as: address) }
            }
            let name = task.present.link.name
            if let missing = task.setup.addressesToAdd.first(where: { !has($0) }) {
                throw ApplyError(
                    .refused, errno: .fileExists, "cannot add address \(missing) on \(name): it has it in another form",
                    path: paths[task.key])
            }
            let unwanted = task.setup.addressesToRemove.first { address in
                has(address) && !task.setup.addressesToAdd.contains { $0.isSame(as: address) }
            }
            if let unwanted {
                throw ApplyError(
                    .refused, errno: .addressNotAvailable, "cannot remove address \(unwanted) on \(name)",
                    path: paths[task.key])
            }
        }
    }

    /// Throws the first of errors; `key` tells the session of each.
    private func fail(
        _ errors: [LinkError?], _ paths: [SessionKey: ConfigurationPath], key: (Int) -> SessionKey
    ) throws(ApplyError) {
        guard let index = errors.firstIndex(where: { $0 != nil }), let error = errors[index] else { return }
        throw ApplyError(error, path: paths[key(index)])
    }
}
