internal import L2TPNetlink
public import Netlink
internal import Synchronization
internal import SystemPackage

/// Reads tunnels, sessions and interfaces of the chosen network namespaces, once in each walk.
///
/// A scrape costs the kernel one list of tunnels and one of sessions in each namespace; links are read once and
/// followed by notifications. A namespace whose name is gone is forgotten at the next walk; until then its
/// sockets keep it alive, see ``closeDeparted()``.
public final class KernelReader<Transport: NetlinkTransport & Sendable & ~Copyable>: Sendable {
    private let directory: NamespaceDirectory<Transport>
    private let selection: NamespaceSelection
    private let followsInterfaces: Bool
    private let pause: Duration
    /// Why there is no L2TP, and until when it is not looked for.
    private let absence = Mutex<(error: L2TPError, end: ContinuousClock.Instant)?>(nil)
    /// By name; nil stands for the own namespace.
    private let readers = Mutex<[String?: NamespaceReader<Transport>]>([:])

    /// A reader that opens its sockets when they are first needed, in the namespace that the thread is in then.
    ///
    /// - Parameters:
    ///   - directory: The namespaces there are.
    ///   - selection: Those to be read.
    ///   - followsInterfaces: Whether the interfaces of sessions are read.
    ///   - pause: How long a kernel without L2TP is not asked again, for it starts modprobe each time.
    public init(
        _ directory: NamespaceDirectory<Transport>, _ selection: NamespaceSelection = .own,
        followsInterfaces: Bool = true, askingAgainAfter pause: Duration = .zero
    ) {
        self.directory = directory
        self.selection = selection
        self.followsInterfaces = followsInterfaces
        self.pause = pause
    }

    /// Whether metrics have a label `netns`.
    public var isLabelled: Bool { selection.isLabelled }

    /// What there is; read when the walk first asks for it.
    public func read(in walk: Walk) -> KernelReading {
        walk.result(of: self) { read() }
    }

    /// Closes the sockets in namespaces whose names are gone or are others' now.
    ///
    /// A socket keeps its namespace, with the tunnels in it, alive when `ip netns delete` has taken its name away. A walk
    /// closes them too.
    public func closeDeparted() {
        readers.withLock { readers in
            readers = readers.filter { name, reader in
                guard let name else { return true }
                return reader.identity != nil && (try? directory.identity(.named(name))) == reader.identity
            }
        }
    }

    private func read() -> KernelReading {
        let names: [String?] =
            switch selection {
            case .own: [nil]
            case .named(let names): names.map(Optional.init)
            case .all: [nil] + directory.names()
            }
        let old = readers.withLock { $0 }
        // L2TP is in all namespaces or in none: the first that is asked answers for all.
        var absence = self.absence.withLock { $0 }.flatMap { ContinuousClock.now < $0.end ? $0.error : nil }
        var new: [String?: NamespaceReader<Transport>] = [:]
        var seen: Set<NetworkNamespace.Identity> = []
        var namespaces: [NamespaceReading] = []
        for name in names where new[name] == nil {
            var identity: NetworkNamespace.Identity?
            do throws(NetlinkError) {
                identity = try directory.identity(name.map { .named($0) } ?? .current)
            } catch {
                // One of all that has gone meanwhile is not missed. Else opening a socket tells what is wrong; without
                // /proc the own namespace has no identity, and can be read nevertheless.
                let isGone = error.errno == .noSuchFileOrDirectory || error.errno == .invalidArgument
                if selection == .all, name != nil, isGone { continue }
            }
            if selection == .all, let identity, !seen.insert(identity).inserted { continue }
            let reader = reader(old[name], name, identity)
            new[name] = reader
            if let absence {
                namespaces.append(NamespaceReading(name: name, contents: .failure(absence)))
                continue
            }
            let reading = reader.read(name: name)
            if case .failure(let error) = reading.contents, error.reason == .notSupported {
                absence = error
                self.absence.withLock { $0 = (error, ContinuousClock.now + pause) }
            }
            namespaces.append(reading)
        }
        readers.withLock { $0 = new }
        return KernelReading(namespaces: namespaces)
    }

    /// The reader of the walk before, unless its name is another namespace's now.
    private func reader(
        _ old: NamespaceReader<Transport>?, _ name: String?, _ identity: NetworkNamespace.Identity?
    ) -> NamespaceReader<Transport> {
        if let old, old.identity == identity { return old }
        let namespace = name.map { NetworkNamespace.named($0) } ?? .current
        return NamespaceReader(
            directory.connector(namespace), identity: identity, followsInterfaces: followsInterfaces)
    }
}
