import L2TPConfig
import L2TPModel
import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct ConvergenceTests {
    /// Two configurations that are applied one after the other to a host that others use too.
    private struct Scenario {
        var host: SimulatedHost
        var owned: Ownership
        var before: Configuration
        var desired: Configuration
        var third: Configuration
        var byHand: RandomPlanning<SeededGenerator>.ByHand

        init(seed: UInt64) throws {
            var random = RandomPlanning(SeededGenerator(seed: seed))
            host = try random.host()
            before = random.configuration()
            desired = random.configuration()
            third = random.configuration()
            // Most of the time only a little is changed.
            if random.chance(3, in: 4) { desired = random.variation(of: before) }
            if random.chance(3, in: 4) { third = random.variation(of: desired) }
            let plan = Planner().plan(before, current: host.state, owned: Ownership())
            #expect(plan.conflicts.isEmpty)
            try host.perform(plan.stages.all)
            owned = plan.ownership
            byHand = try random.meddle(with: &host)
        }
    }

    private static let seed = SeededGenerator(for: "convergence of plans").seed

    private static func scenario(_ number: Int) throws -> Scenario {
        try Scenario(seed: seed &+ UInt64(number))
    }

    /// Plans, carries the plan out, and checks that all is as it should be then.
    private func converge(
        _ host: SimulatedHost, to desired: Configuration, owned: Ownership, from scenario: Scenario, _ comment: String,
        checksLosses: Bool = true
    ) throws {
        var host = host
        let plan = Planner().plan(desired, current: host.state, owned: owned)
        try #require(plan.conflicts.isEmpty, "\(comment): \(plan.conflicts)")
        do {
            try host.perform(plan.stages.all)
        } catch {
            Issue.record("\(comment): \(error)")
            return
        }
        #expect(host.deviations(from: desired) == [], "\(comment)")
        #expect(host.residues(of: desired, scenario.byHand) == [], "\(comment)")
        #expect(host.foreign == scenario.host.foreign, "\(comment)")
        if checksLosses { #expect(host.losses(since: scenario.host, desired, scenario.byHand) == [], "\(comment)") }
        let again = Planner().plan(desired, current: host.state, owned: plan.ownership)
        #expect(again.isEmpty, "\(comment): \(again.changes) \(again.conflicts)")
        #expect(again.ownership == plan.ownership, "\(comment)")
        #expect(again.unchangedCount == desired.tunnels.count + desired.tunnels.map(\.sessions.count).reduce(0, +))
    }

    @Test("A plan makes the configuration hold, and a second one is empty", arguments: 0..<300)
    func converges(number: Int) throws {
        let scenario = try Self.scenario(number)
        #expect(Planner().plan(scenario.before, current: scenario.host.state, owned: scenario.owned).isEmpty)
        try converge(
            scenario.host, to: scenario.desired, owned: scenario.owned, from: scenario, "seed \(Self.seed) + \(number)")
    }

    @Test("A run that ends before any request is made good by the next, whatever that is to reach", arguments: 0..<300)
    func killed(number: Int) throws {
        let scenario = try Self.scenario(number)
        let plan = Planner().plan(scenario.desired, current: scenario.host.state, owned: scenario.owned)
        var host = scenario.host
        let requests = plan.stages.all.flatMap(host.requests)
        for (count, request) in requests.enumerated() {
            let comment = "seed \(Self.seed) + \(number), after \(count) of \(requests.count) requests"
            try converge(host, to: scenario.desired, owned: plan.intent, from: scenario, comment)
            if count.isMultiple(of: 3) {
                try converge(
                    host, to: scenario.third, owned: plan.intent, from: scenario, "third, \(comment)",
                    checksLosses: false)
            }
            try host.perform(request)
        }
        try converge(host, to: scenario.desired, owned: plan.intent, from: scenario, "seed \(Self.seed) + \(number)")
    }

    @Test("A run that is killed time and again is made good", arguments: 0..<100)
    func killedTwice(number: Int) throws {
        let scenario = try Self.scenario(number)
        var generator = SeededGenerator(seed: UInt64(number))
        var (host, owned) = (scenario.host, scenario.owned)
        for attempt in 0..<4 {
            let desired = attempt == 2 ? scenario.third : scenario.desired
            let plan = Planner().plan(desired, current: host.state, owned: owned)
            try #require(plan.conflicts.isEmpty)
            let requests = plan.stages.all.flatMap(host.requests)
            for request in requests.prefix(Int.random(in: 0...requests.count, using: &generator)) {
                try host.perform(request)
            }
            owned = plan.intent
        }
        // The third configuration may have ended what the first two agree on.
        try converge(
            host, to: scenario.desired, owned: owned, from: scenario, "seed \(Self.seed) + \(number)",
            checksLosses: false)
    }

    @Test("Being killed time and again on the way to the same costs nothing", arguments: 0..<200)
    func killedAgain(number: Int) throws {
        let scenario = try Self.scenario(number)
        var generator = SeededGenerator(seed: UInt64(number))
        var (host, owned) = (scenario.host, scenario.owned)
        for _ in 0..<4 {
            let plan = Planner().plan(scenario.desired, current: host.state, owned: owned)
            try #require(plan.conflicts.isEmpty)
            let requests = plan.stages.all.flatMap(host.requests)
            for request in requests.prefix(Int.random(in: 0...requests.count, using: &generator)) {
                try host.perform(request)
            }
            owned = plan.intent
        }
        try converge(host, to: scenario.desired, owned: owned, from: scenario, "seed \(Self.seed) + \(number)")
    }

    @Test("What was done up to any request can be undone", arguments: 0..<300)
    func undone(number: Int) throws {
        let scenario = try Self.scenario(number)
        let steps = Planner().plan(scenario.desired, current: scenario.host.state, owned: scenario.owned).stages.all
        var host = scenario.host
        for (index, step) in steps.enumerated() {
            for request in host.requests(of: step) {
                try host.perform(request)
                var undone = host
                for step in steps[...index].reversed() {
                    for inverse in step.undone() { try undone.performUndoing(inverse) }
                }
                #expect(
                    undone.differences(from: scenario.host) == [],
                    "seed \(Self.seed) + \(number), step \(index) of \(steps.count): \(step)")
            }
        }
    }
}

extension SimulatedHost.HostSession {
    fileprivate var summary: String {
        "\(session.peerID) \(sublayer) \(session.reorderTimeout) \(session.sendsSequenceNumbers) "
            + "\(interface.namespace ?? "-") \(interface.masterName ?? "-") "
            + "\(interface.link.mtu) \(interface.link.macAddress?.description ?? "-") \(interface.link.isUp) "
            + "\(interface.link.alias ?? "-") \(interface.addresses.map(\.specification.description))"
    }
}

extension SimulatedHost {
    /// What takes a step back that was done in part may find nothing to take back.
    fileprivate mutating func performUndoing(_ step: Step) throws {
        for request in requests(of: step) {
            // What is there with other attributes is given anew.
            if case .link(let key, .add(let address)) = request,
                let there = sessions[key]?.interface.addresses.first(where: { $0.isSame(as: address) }),
                there.attributes != address.attributes
            {
                try change(key, .remove(address))
            }
            try perform(request)
        }
    }

    /// What our tunnels have nothing to do with.
    fileprivate var foreign: [SessionKey: HostSession] {
        sessions.filter { $0.key.tunnelID.rawValue >= 50 }
    }

    /// In what two hosts differ.
    fileprivate func differences(from other: Self) -> [String] {
        let (left, right) = (comparable, other.comparable)
        var found = Set(tunnels.keys).symmetricDifference(other.tunnels.keys).map { "tunnel \($0)" }
        found += tunnels.filter { $1 != other.tunnels[$0] }.map { "tunnel \($0.key)" }
        for key in Set(left.keys).union(right.keys) where left[key] != right[key] {
            found.append("\(key): \(left[key]?.summary ?? "-") instead of \(right[key]?.summary ?? "-")")
        }
        return found
    }

    /// All of it but the numbers of links and what comes by itself.
    fileprivate var comparable: [SessionKey: HostSession] {
        sessions.mapValues { session in
            var session = session
            let automatic = session.interface.automaticAddress?.address
            session.interface.link.index = 0
            session.interface.addresses.removeAll { $0.address == automatic }
            for index in session.interface.addresses.indices { session.interface.addresses[index].linkIndex = 0 }
            session.interface.addresses.sort { $0.specification.description < $1.specification.description }
            return session
        }
    }

    /// In what the host is not what a configuration asks for; the kernel's own sublayer included.
    fileprivate func deviations(from desired: Configuration) -> [String] {
        var found: [String] = []
        func check(_ holds: Bool, _ what: @autoclosure () -> String) { if !holds { found.append(what()) } }
        let tunnelIDs = Set(desired.tunnels.map(\.specification.id))
        let keys = Set(desired.tunnels.flatMap { $0.sessions.map(\.specification.key) })
        for id in tunnels.keys where id.rawValue < 50 { check(tunnelIDs.contains(id), "tunnel \(id) stays") }
        for key in sessions.keys where key.tunnelID.rawValue < 50 { check(keys.contains(key), "\(key) stays") }
        for tunnel in desired.tunnels {
            let specification = tunnel.specification
            guard let present = tunnels[specification.id] else {
                found.append("tunnel \(specification.id) is missing")
                continue
            }
            check(present.peerID == specification.peerID, "peer of \(present.id)")
            check(present.local == specification.local && present.peer == specification.peer, "ends of \(present.id)")
            check(present.encapsulation.number == specification.encapsulation.number, "encap of \(present.id)")
            check(present.encapsulation.udp?.sourcePort == specification.encapsulation.udp?.sourcePort, "udp_sport")
            if specification.peer.version == .v4 {
                check(present.encapsulation.udp?.ipv4Checksum == specification.encapsulation.udp?.ipv4Checksum, "csum")
            }
            for session in tunnel.sessions { found += deviations(from: session, of: tunnel) }
        }
        return found
    }

    private func deviations(from desired: SessionConfiguration, of tunnel: TunnelConfiguration) -> [String] {
        let key = desired.specification.key
        guard let present = sessions[key] else { return ["\(key) is missing"] }
        var found = present.session.differences(from: desired.specification).filter { !$0.mayBeKernels }
            .map { "\(key): \($0.attribute)" }
        func check(_ holds: Bool, _ what: String) { if !holds { found.append("\(key): \(what)") } }
        check(present.sublayer == desired.specification.l2SpecificSublayer, "l2spec_type")
        let (interface, wanted) = (present.interface, desired.interface)
        check(interface.link.isUp == wanted.isUp, "up")
        check(interface.namespace == wanted.namespace, "netns")
        for address in wanted.addresses {
            check(interface.addresses.contains { $0.isSame(as: address) }, "\(address)")
        }
        if let master = wanted.master { check(interface.masterName == master.name.text, "master") }
        if case .bytes(let mtu) = wanted.mtu {
            check(interface.link.mtu == mtu, "mtu")
        } else if let pathMTU {
            check(
                interface.link.mtu == tunnel.specification.interfaceMTU(of: desired.specification, pathMTU: pathMTU),
                "automatic mtu")
        }
        switch wanted.mac {
        case .address(let address): check(interface.link.macAddress == address, "mac")
        case .stable:
            guard let machineID else { break }
            let address = StableMACAddress.address(
                machine: machineID, local: tunnel.specification.local, tunnelID: key.tunnelID, sessionID: key.id)
            check(interface.link.macAddress == address, "stable mac")
        case .random: break
        }
        return found
    }

    /// What interfaces have that is neither configured nor given by hand.
    fileprivate func residues(
        of desired: Configuration, _ byHand: RandomPlanning<SeededGenerator>.ByHand
    ) -> [String] {
        var found: [String] = []
        for session in desired.tunnels.flatMap(\.sessions) {
            let key = session.specification.key
            guard let interface = sessions[key]?.interface else { continue }
            if let master = interface.masterName, master != session.interface.master?.name.text,
                master != byHand.masters[key]
            {
                found.append("\(key) master \(master)")
            }
            let right = session.interface.addresses + (byHand.addresses[key] ?? [])
            for address in interface.addresses where !right.contains(where: address.isSame) {
                if address.address != interface.automaticAddress?.address {
                    found.append("\(key) \(address.specification)")
                }
            }
        }
        return found
    }

    /// What interfaces had and should have kept, but have not.
    fileprivate func losses(
        since before: SimulatedHost, _ desired: Configuration, _ byHand: RandomPlanning<SeededGenerator>.ByHand
    ) -> [String] {
        var found: [String] = []
        for session in desired.tunnels.flatMap(\.sessions) {
            let key = session.specification.key
            guard let old = before.sessions[key]?.interface, let new = sessions[key]?.interface else { continue }
            if session.interface.mac == .random, new.link.macAddress != old.link.macAddress {
                found.append("\(key) mac")
            }
            if new.link.alias != old.link.alias { found.append("\(key) alias") }
            guard new.namespace == old.namespace else { continue }
            if session.interface.master == nil, let master = byHand.masters[key], new.masterName != master {
                found.append("\(key) master")
            }
            func hasKept(_ attributes: AddressAttributes, of address: AddressSpecification) -> Bool {
                guard new.link.name != old.link.name else { return attributes == address.attributes }
                if attributes == address.attributes.renamed(to: new.link.name) { return true }
                // A name that the kernel chooses is known in time only to a run that goes on.
                return session.specification.interfaceName == nil && attributes == address.attributes
            }
            for address in byHand.addresses[key] ?? [] {
                guard let there = new.addresses.first(where: { $0.isSame(as: address) }) else {
                    found.append("\(key) \(address)")
                    continue
                }
                if !hasKept(there.attributes, of: address) { found.append("\(key) \(address): \(there.attributes)") }
            }
            for address in byHand.changed[key] ?? [] {
                guard session.interface.addresses.contains(where: { $0.isSame(as: address) }) else { continue }
                guard let there = new.addresses.first(where: { $0.isSame(as: address) }),
                    hasKept(there.attributes, of: address)
                else {
                    found.append("\(key) \(address) changed: \(new.addresses)")
                    continue
                }
            }
        }
        return found
    }
}
