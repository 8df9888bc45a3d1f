internal import L2TPModel

/// A counter of a tunnel or session: its metric, and where the kernel's number is.
struct CounterColumn: Sendable {
    let definition: MetricDefinition
    /// Nil where the kernel lacks it.
    let value: @Sendable (Statistics) -> UInt64?

    /// Those of tunnels. The kernel counts discards and what was out of sequence for sessions only.
    static let ofTunnels: [Self] = [
        Self(definition: .tunnelTransmitPackets) { $0.transmitPackets },
        Self(definition: .tunnelTransmitBytes) { $0.transmitBytes },
        Self(definition: .tunnelTransmitErrors) { $0.transmitErrors },
        Self(definition: .tunnelReceivePackets) { $0.receivePackets },
        Self(definition: .tunnelReceiveBytes) { $0.receiveBytes },
        Self(definition: .tunnelReceiveErrors) { $0.receiveErrors },
        Self(definition: .tunnelReceiveInvalidPackets) { $0.receiveInvalidPackets },
    ]

    /// Those of sessions. The kernel counts invalid packets for tunnels only.
    static let ofSessions: [Self] = [
        Self(definition: .sessionTransmitPackets) { $0.transmitPackets },
        Self(definition: .sessionTransmitBytes) { $0.transmitBytes },
        Self(definition: .sessionTransmitErrors) { $0.transmitErrors },
        Self(definition: .sessionReceivePackets) { $0.receivePackets },
        Self(definition: .sessionReceiveBytes) { $0.receiveBytes },
        Self(definition: .sessionReceiveErrors) { $0.receiveErrors },
        Self(definition: .sessionReceiveSequenceDiscards) { $0.receiveSequenceDiscards },
        Self(definition: .sessionReceiveOutOfSequencePackets) { $0.receiveOutOfSequencePackets },
        Self(definition: .sessionReceiveCookieDiscards) { $0.receiveCookieDiscards },
    ]

    /// The metric with the samples of objects, given by their labels and counters, as far as the kernel has it.
    func family(_ labels: LabelColumn, _ statistics: [Statistics]) -> MetricFamily {
        var values: [MetricValue] = []
        values.reserveCapacity(statistics.count)
        for index in statistics.indices {
            guard let number = value(statistics[index]) else { return incompleteFamily(labels, statistics) }
            values.append(.integer(number))
        }
        return MetricFamily(definition, labels, values)
    }

    private func incompleteFamily(_ labels: LabelColumn, _ statistics: [Statistics]) -> MetricFamily {
        MetricFamily(
            definition,
            zip(labels.sets, statistics).compactMap { labels, statistics in
                value(statistics).map { MetricSample(labels, .integer($0)) }
            })
    }
}
