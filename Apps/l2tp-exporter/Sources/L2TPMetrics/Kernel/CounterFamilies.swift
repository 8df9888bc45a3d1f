internal import L2TPModel

/// The counters of tunnels or sessions as metrics: which of the kernel's numbers is which.
struct CounterFamilies {
    private let labels: LabelColumn
    private let statistics: [Statistics]

    /// - Parameters:
    ///   - labels: The labels of the objects.
    ///   - statistics: Their counters, in the same order.
    init(_ labels: LabelColumn, _ statistics: [Statistics]) {
        self.labels = labels
        self.statistics = statistics
    }

    /// Those of tunnels. The kernel counts discards and what was out of sequence for sessions only.
    var ofTunnels: [MetricFamily] {
        [
            family(.tunnelTransmitPackets) { $0.transmitPackets },
            family(.tunnelTransmitBytes) { $0.transmitBytes },
            family(.tunnelTransmitErrors) { $0.transmitErrors },
            family(.tunnelReceivePackets) { $0.receivePackets },
            family(.tunnelReceiveBytes) { $0.receiveBytes },
            family(.tunnelReceiveErrors) { $0.receiveErrors },
            partialFamily(.tunnelReceiveInvalidPackets) { $0.receiveInvalidPackets },
        ]
    }

    /// Those of sessions. The kernel counts invalid packets for tunnels only.
    var ofSessions: [MetricFamily] {
        [
            family(.sessionTransmitPackets) { $0.transmitPackets },
            family(.sessionTransmitBytes) { $0.transmitBytes },
            family(.sessionTransmitErrors) { $0.transmitErrors },
            family(.sessionReceivePackets) { $0.receivePackets },
            family(.sessionReceiveBytes) { $0.receiveBytes },
            family(.sessionReceiveErrors) { $0.receiveErrors },
            family(.sessionReceiveSequenceDiscards) { $0.receiveSequenceDiscards },
            family(.sessionReceiveOutOfSequencePackets) { $0.receiveOutOfSequencePackets },
            partialFamily(.sessionReceiveCookieDiscards) { $0.receiveCookieDiscards },
        ]
    }

    @inline(__always)
    private func family(_ definition: MetricDefinition, _ value: (Statistics) -> UInt64) -> MetricFamily {
        MetricFamily(definition, labels, statistics.map { .integer(value($0)) })
    }

    /// A counter that old kernels lack: those have no sample.
    @inline(__always)
    private func partialFamily(_ definition: MetricDefinition, _ value: (Statistics) -> UInt64?) -> MetricFamily {
        if statistics.allSatisfy({ value($0) != nil }) { return family(definition) { value($0) ?? 0 } }
        let samples = zip(labels.sets, statistics).compactMap { labels, statistics in
            value(statistics).map { MetricSample(labels, .integer($0)) }
        }
        return MetricFamily(definition, samples)
    }
}
