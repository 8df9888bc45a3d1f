import L2TPMetrics
import Netlink
import NetlinkTestSupport

/// Sources that are walked by hand.
struct Walker {
    let sources: [any MetricSource]

    init(_ sources: any MetricSource...) { self.sources = sources }

    init(_ kernel: FakeKernel, _ parts: KernelMetricParts = .all) {
        sources = [KernelSource(KernelReader(.own(kernel)), parts)]
    }

    func walk() -> WalkResult { WalkResult(walking: sources, version: "1.0") }

    func series() throws -> Series { try Series(ExpositionFormat.text004.text(of: walk().families)) }
}

extension NamespaceDirectory where Transport == FakeTransport {
    /// Only the own namespace.
    static func own(_ kernel: FakeKernel) -> Self {
        Self(
            names: { [] }, identity: { _ in NetworkNamespace.Identity(rawValue: 1) },
            connector: { _ in kernel.connector })
    }
}
