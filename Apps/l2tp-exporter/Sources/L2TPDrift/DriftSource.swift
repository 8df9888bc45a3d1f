internal import L2TPConfig
public import L2TPMetrics
internal import L2TPModel
internal import L2TPWire
public import Netlink
internal import Synchronization

/// What is configured, and whether it is there.
///
/// It compares with what the walk has read from the kernel, and asks for nothing itself. If that could not be read, there
/// is no `l2tp_present`, for nobody knows; a tunnel or session of which it is 0 is missing, or is not what is configured.
public final class DriftSource<Transport: NetlinkTransport & Sendable & ~Copyable>: MetricSource {
    /// The labels of what is configured, made once for a configuration.
    private struct Labels {
        var generation: Int
        /// Of each tunnel, followed by its sessions.
        var column: LabelColumn
    }

    private let configuration: WatchedConfiguration
    private let reader: KernelReader<Transport>
    private let namespace: String?
    private let labels = Mutex<Labels?>(nil)

    /// A comparison.
    ///
    /// - Parameters:
    ///   - configuration: What is to exist.
    ///   - reader: What reads what exists.
    ///   - namespace: The network namespace where it is to exist, nil for the exporter's own; one that `reader` reads.
    public init(_ configuration: WatchedConfiguration, _ reader: KernelReader<Transport>, in namespace: String? = nil) {
        self.configuration = configuration
        self.reader = reader
        self.namespace = namespace
    }

    /// `l2tp_configuration_valid`, `l2tp_configured` and `l2tp_present`.
    public func collect(in walk: Walk) -> MetricCollection {
        let reading = configuration.current()
        var outer = LabelSet()
        if reader.isLabelled { outer.append(.netns, namespace ?? "") }
        let isValid: UInt64 = reading.problem == nil ? 1 : 0
        var families = [MetricFamily(.configurationValid, [MetricSample(outer, .integer(isValid))])]
        let status = SourceStatus("the configuration", upLabels: nil, problem: reading.problem)
        guard let configuration = reading.configuration else { return MetricCollection(families, statuses: [status]) }
        let labels = labels(of: configuration, reading.generation, outer)
        families.append(MetricFamily(.configured, labels, Array(repeating: .integer(1), count: labels.count)))
        if let check = presenceCheck(walk) {
            var presence: [MetricValue] = []
            for tunnel in configuration.tunnels {
                // l2tp-apply creates the sessions of a tunnel anew that it creates anew.
                let isTunnelPresent = check.isPresent(tunnel)
                presence.append(.integer(isTunnelPresent ? 1 : 0))
                presence += tunnel.sessions.map { .integer(isTunnelPresent && check.isPresent($0) ? 1 : 0) }
            }
            families.append(MetricFamily(.present, labels, presence))
        }
        return MetricCollection(families, statuses: [status])
    }

    /// What is there; nil if that is not known.
    private func presenceCheck(_ walk: Walk) -> PresenceCheck? {
        guard let reading = reader.read(in: walk).namespaces.first(where: { $0.name == namespace }) else {
            // Of all namespaces, it is not among them.
            return PresenceCheck([], [])
        }
        guard case .success(let contents) = reading.contents else { return nil }
        return PresenceCheck(contents.tunnels, contents.sessions)
    }

    private func labels(of configuration: Configuration, _ generation: Int, _ outer: LabelSet) -> LabelColumn {
        labels.withLock { labels in
            if let labels, labels.generation == generation { return labels.column }
            var sets: [LabelSet] = []
            for tunnel in configuration.tunnels {
                let tunnelID = UInt64(tunnel.specification.id.rawValue)
                var set = outer
                set.append(.tunnel, tunnel.name)
                set.append(.tunnelID, number: tunnelID)
                sets.append(set)
                for session in tunnel.sessions {
                    var set = outer
                    set.append(.tunnel, tunnel.name)
                    set.append(.session, session.name)
                    set.append(.tunnelID, number: tunnelID)
                    set.append(.sessionID, number: UInt64(session.specification.id.rawValue))
                    sets.append(set)
                }
            }
            let column = LabelColumn(sets)
            labels = Labels(generation: generation, column: column)
            return column
        }
    }
}
