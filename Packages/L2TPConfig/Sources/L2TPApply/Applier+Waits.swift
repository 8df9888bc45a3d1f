internal import L2TPConfig
internal import L2TPModel
internal import LinkControl
internal import Netlink

/// Waiting for what must be there before anything is touched.
extension Applier where Transport: ~Copyable {
    /// How often a wait asks whether it is to end.
    static var cancellationInterval: Duration { .milliseconds(100) }

    /// Waits until all is there that the tunnels and interfaces of a plan need.
    ///
    /// It watches the kernel's notifications, and returns whether anything had to be waited for. Throws ``ApplyError`` with reason `timedOut` that says what is missing,
    /// with `refused` at once if another host has a local address, and with `interrupted`.
    func waitForPrerequisites(
        of stages: StagedWork, atMost limit: Duration, _ isCancelled: () -> Bool,
        _ progress: (ApplyProgress) -> Void
    ) throws(ApplyError) -> Bool {
        var missing = Prerequisites(stages)
        guard !missing.isEmpty else { return false }
        let deadline = ContinuousClock.now + limit
        let count = missing.count
        var lacks = try look(for: &missing)
        guard !missing.isEmpty else { return false }
        let watches = try Set(missing.masters.map(\.namespace)).union([nil]).map { (namespace) throws(ApplyError) in
            try WatchSeat(access, namespace)
        }
        var isNews = true
        while true {
            if isNews {
                // Again after the watches have begun: what came just before them is not notified.
                lacks = try look(for: &missing)
                guard !missing.isEmpty else { return true }
                progress(
                    ApplyProgress(
                        .waiting(for: missing.descriptions), doneCount: count - missing.count, totalCount: count))
            }
            if isCancelled() { throw .interrupted }
            let left = deadline - .now
            guard left > .zero else {
                throw Self.timeout(lacks, after: limit)
            }
            isNews = false
            for watch in watches {
                let pause = min(left, Self.cancellationInterval) / watches.count
                if try watch.waitForNews(atMost: pause) { isNews = true }
            }
        }
    }

    /// How often something is attempted that fails, or looked at that is expected to change: at least so often where there
    /// is a time for it, for a busy machine's may be over after one look.
    static var attempts: Int { 4 }

    /// Waits a moment before another attempt.
    func pause() throws(ApplyError) {
        do throws(NetlinkError) {
            _ = try Readiness.wait(for: [], atMost: .milliseconds(10))
        } catch {
            throw ApplyError(reading: "what happens", error)
        }
    }

    private static func timeout(_ lacks: [Lack], after limit: Duration) -> ApplyError {
        let more = lacks.count > 4 ? ["\(lacks.count - 4) more are missing"] : []
        let text = (lacks.prefix(4).map(\.text) + more).joined(separator: "; ")
        var remedies: [String] = []
        for case let remedy? in lacks.prefix(4).map(\.remedy) where !remedies.contains(remedy) {
            remedies.append(remedy)
        }
        let (seconds, attoseconds) = limit.components
        let time = attoseconds == 0 ? "\(seconds) s" : "\(limit)"
        return ApplyError(
            .timedOut, limit > .zero ? "after \(time), \(text)" : text,
            remedy: remedies.isEmpty ? nil : remedies.joined(separator: "; "), path: lacks.first?.path)
    }

    /// Takes out of what is missing what is there; the rest in words.
    private func look(for missing: inout Prerequisites) throws(ApplyError) -> [Lack] {
        var lacks: [Lack] = []
        try lookForAddresses(&missing, &lacks)
        try lookForRoutes(&missing, &lacks)
        try lookForMasters(&missing, &lacks)
        return lacks
    }

    private func lookForAddresses(
        _ missing: inout Prerequisites, _ lacks: inout [Lack]
    ) throws(ApplyError) {
        guard !missing.addresses.isEmpty else { return }
        let present = try access.read("the addresses", in: nil) { (client) throws(NetlinkError) in
            try client.addresses()
        }
        let found = Dictionary(grouping: present, by: \.address)
        var remaining: [IPAddress] = []
        for address in missing.addresses {
            let holders = found[address] ?? []
            if holders.contains(where: \.isUsable) || address.isLoopback { continue }
            if holders.contains(where: \.isDuplicate) {
                throw ApplyError(
                    .refused, "local address \(address) cannot be used: another host has it",
                    remedy: "remove it here or there and add it again",
                    path: missing.place(of: .address(address)))
            }
            remaining.append(address)
            lacks.append(lack(of: address, isTentative: !holders.isEmpty, missing))
        }
        missing.addresses = remaining
    }

    private func lack(of address: IPAddress, isTentative: Bool, _ missing: Prerequisites) -> Lack {
        Lack(
            isTentative
                ? "local address \(address) is still tentative" : "local address \(address) is not \(access.home)",
            remedy: isTentative ? nil : "add \(address) to an interface, or correct local",
            path: missing.place(of: .address(address)))
    }

    private func lookForRoutes(
        _ missing: inout Prerequisites, _ lacks: inout [Lack]
    ) throws(ApplyError) {
        guard !missing.paths.isEmpty else { return }
        let seat = try access.seat(nil)
        var remaining: [PeerPath] = []
        let lookups = seat.client.routes(to: missing.paths.map { ($0.peer, $0.source) })
        for (path, lookup) in zip(missing.paths, lookups) {
            switch lookup {
            case .success(.route): continue
            case .success(let refusal):
                lacks.append(
                    Lack(
                        "there is no way to \(path.peer): \(refusal.explanation)",
                        remedy: refusal.remedy(for: path.peer), path: missing.place(of: .path(path))))
            case .failure(let error) where error.reason == .addressNotLocal:
                // An address that was there may have gone again.
                if let source = path.source, !missing.addresses.contains(source) {
                    missing.addresses.append(source)
                    lacks.append(lack(of: source, isTentative: false, missing))
                }
            case .failure(let error):
                throw ApplyError(error)
            }
            remaining.append(path)
        }
        missing.paths = remaining
    }

    private func lookForMasters(
        _ missing: inout Prerequisites, _ lacks: inout [Lack]
    ) throws(ApplyError) {
        var remaining: [Prerequisites.Master] = []
        for (namespace, masters) in Dictionary(grouping: missing.masters, by: \.namespace) {
            let names = masters.map(\.name)
            let found = try access.read("the interfaces", in: namespace) { (client) throws(NetlinkError) in
                try client.links(named: names)
            }
            for (master, link) in zip(masters, found) where link == nil {
                remaining.append(master)
                lacks.append(
                    Lack(
                        "there is no interface \(master.name)\(LinkAccess<Transport>.place(namespace))",
                        remedy: "make \(master.name), or correct bridge or vrf",
                        path: missing.place(of: .master(master))))
            }
        }
        missing.masters = remaining
    }
}

/// Something that is not there yet.
private struct Lack {
    /// What is missing, in words.
    var text: String
    /// What to do about it; nil if it comes by itself.
    var remedy: String?
    /// Where the configuration asks for it; nil if that is not known.
    var path: ConfigurationPath?

    init(_ text: String, remedy: String?, path: ConfigurationPath?) {
        self.text = text
        self.remedy = remedy
        self.path = path
    }
}

extension ApplyError {
    /// The run was ended from outside.
    static var interrupted: Self { Self(.interrupted, "interrupted") }
}

extension IPAddress {
    /// Whether the address never leaves the host, and needs to be on no link for that.
    fileprivate var isLoopback: Bool {
        if case .v4(let address) = self { address.isLoopback } else { false }
    }
}

extension RouteLookup {
    /// What to do so that packets reach a peer.
    fileprivate func remedy(for peer: IPAddress) -> String {
        switch self {
        case .route, .noRoute: "add a route to \(peer), or correct remote"
        case .unreachable, .prohibited, .blackhole: "change the route to \(peer), or correct remote"
        }
    }

    /// What stands against packets, in words.
    fileprivate var explanation: String {
        switch self {
        case .route: "there is one"
        case .noRoute: "no route"
        case .unreachable: "a route says unreachable"
        case .prohibited: "a route says prohibit"
        case .blackhole: "a route says blackhole"
        }
    }
}

/// A watch of one network namespace.
final class WatchSeat<Transport: NetlinkTransport & ~Copyable> {
    private let namespace: String?
    private var watch: SurroundingsWatch<Transport>

    init(_ access: LinkAccess<Transport>, _ namespace: String?) throws(ApplyError) {
        self.namespace = namespace
        do throws(NetlinkError) {
            watch = try SurroundingsWatch(access.connector(namespace))
        } catch {
            throw ApplyError(reading: "what happens\(LinkAccess<Transport>.place(namespace))", error)
        }
    }

    /// Waits until another look may find something else; whether one is worthwhile.
    func waitForNews(atMost limit: Duration) throws(ApplyError) -> Bool {
        do throws(NetlinkError) {
            return try watch.waitForNews(atMost: limit)
        } catch {
            throw ApplyError(reading: "what happens\(LinkAccess<Transport>.place(namespace))", error)
        }
    }
}
