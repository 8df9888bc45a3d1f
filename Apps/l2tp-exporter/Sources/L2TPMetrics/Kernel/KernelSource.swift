internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
public import Netlink
internal import Synchronization

/// The metrics of the kernel's tunnels and sessions.
///
/// A counter's labels are the identifiers, and the namespace if namespaces were asked for, so that its series goes on
/// when addresses or names change, and begins at zero again when the session is created anew. Facts are labels of
/// `l2tp_tunnel_info` and `l2tp_session_info` only. Cookies are nowhere. A counter that the kernel does not keep has
/// no sample.
///
/// Linux 6.11 and later accept two sessions of the same identifiers in one UDP tunnel. If the kernel lists both, the first
/// has samples: two with the same labels would make a scrape invalid. `l2tp_sessions` counts all that are listed.
public final class KernelSource<Transport: NetlinkTransport & Sendable & ~Copyable>: MetricSource {
    private let reader: KernelReader<Transport>
    private let parts: KernelMetricParts
    /// The labels of the sessions of each namespace; nil stands for the own one.
    private let columns = Mutex<[String?: SessionColumns]>([:])

    /// The metrics of what a reader reads.
    public init(_ reader: KernelReader<Transport>, _ parts: KernelMetricParts = .all) {
        self.reader = reader
        self.parts = parts
    }

    /// The metrics, and for each namespace whether it could be read.
    public func collect(in walk: Walk) -> MetricCollection {
        let reading = reader.read(in: walk)
        var collection = MetricCollection()
        columns.withLock { columns in
            var old = columns
            columns = [:]
            for namespace in reading.namespaces {
                var labels = LabelSet()
                if reader.isLabelled { labels.append(.netns, namespace.name ?? "") }
                var own = old.removeValue(forKey: namespace.name) ?? SessionColumns()
                collection.add(metrics(namespace, labels, &own))
                columns[namespace.name] = own
            }
        }
        return collection
    }

    /// Closes the sockets in namespaces whose names are gone.
    public func release() {
        reader.closeDeparted()
    }

    private func metrics(
        _ namespace: NamespaceReading, _ labels: LabelSet, _ columns: inout SessionColumns
    ) -> MetricCollection {
        let place = namespace.name.map { " in network namespace \($0)" } ?? ""
        let contents: NamespaceReading.Contents
        switch namespace.contents {
        case .failure(let error):
            return MetricCollection(
                statuses: [
                    SourceStatus(
                        "tunnels and sessions\(place)", upLabels: labels, problem: error.line, cause: error.cause)
                ])
        case .success(let read):
            contents = read
        }
        var families = [
            MetricFamily(.tunnels, [MetricSample(labels, .integer(UInt64(contents.tunnels.count)))]),
            MetricFamily(.sessions, [MetricSample(labels, .integer(UInt64(contents.sessions.count)))]),
        ]
        if parts.contains(.tunnels) { families += TunnelMetrics(contents.tunnels, labels).families }
        if !parts.isDisjoint(with: [.sessions, .interfaces]) {
            let sessions = SessionMetrics(contents, labels, &columns)
            if parts.contains(.sessions) { families += sessions.families }
            if parts.contains(.interfaces) { families += sessions.interfaceFamilies }
        }
        return MetricCollection(
            families,
            statuses: [
                SourceStatus("tunnels and sessions\(place)", upLabels: labels),
                SourceStatus("interfaces\(place)", upLabels: labels, problem: namespace.interfaceProblem),
            ])
    }
}

extension L2TPError {
    fileprivate var cause: SourceStatus.Cause {
        switch reason {
        case .notSupported: .notSupported
        case .notPermitted: .notPermitted
        default: .other
        }
    }

    /// The description as one line. What is missing for want of a privilege, most often a unit has to give.
    fileprivate var line: String {
        var error = self
        if reason == .notPermitted {
            // What is opened before anything is asked is the namespace.
            let capabilities = operation == .open ? "CAP_NET_ADMIN CAP_SYS_ADMIN" : "CAP_NET_ADMIN"
            error.remedy =
                "it needs \(capabilities), as root has, or a unit with AmbientCapabilities=\(capabilities), which its "
                + "CapabilityBoundingSet= must not exclude"
        }
        return error.description.split(separator: "\n").map { $0.drop(while: { $0 == " " }) }.joined(separator: "; ")
    }
}
