import L2TPMetrics
import Netlink
import NetlinkTestSupport
import Synchronization
import SystemPackage

/// Network namespaces that come and go; each is a kernel of its own.
final class Namespaces: Sendable {
    struct Entry {
        var identity: UInt64
        var kernel: FakeKernel
    }

    let own = FakeKernel()
    private let entries = Mutex<[String: Entry]>([:])
    private let opened = Mutex(0)

    /// Gives a name to a namespace.
    func add(_ name: String, _ identity: UInt64, _ kernel: FakeKernel) {
        entries.withLock { $0[name] = Entry(identity: identity, kernel: kernel) }
    }

    func remove(_ name: String) {
        entries.withLock { $0[name] = nil }
    }

    /// How many connectors were asked for.
    var openedCount: Int { opened.withLock(\.self) }

    private func entry(_ namespace: NetworkNamespace) throws(NetlinkError) -> Entry {
        guard case .named(let name) = namespace else { return Entry(identity: 1, kernel: own) }
        guard let entry = entries.withLock({ $0[name] }) else {
            throw NetlinkError(.enterNamespace, .noSuchFileOrDirectory, message: "/run/netns/\(name)")
        }
        return entry
    }

    var directory: NamespaceDirectory<FakeTransport> {
        NamespaceDirectory(
            names: { self.entries.withLock { $0.keys.sorted() } },
            identity: { (namespace) throws(NetlinkError) in
                NetworkNamespace.Identity(rawValue: try self.entry(namespace).identity)
            },
            connector: { namespace in
                self.opened.withLock { $0 += 1 }
                return NetlinkConnector { (netlinkProtocol) throws(NetlinkError) in
                    try self.entry(namespace).kernel.connector.open(netlinkProtocol)
                }
            })
    }

    func walker(_ selection: NamespaceSelection) -> Walker {
        Walker(KernelSource(KernelReader(directory, selection)))
    }
}
