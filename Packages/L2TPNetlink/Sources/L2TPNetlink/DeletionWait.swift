internal import Glibc
internal import L2TPModel
internal import LinkControl
internal import Netlink

/// How far a deletion has come that the kernel carries out in the background.
public struct DeletionProgress: Hashable, Sendable {
    /// What is being deleted.
    public var object: L2TPError.Object
    /// How long the wait has lasted.
    public var elapsed: Duration
    /// How long it may last.
    public var limit: Duration
    /// How many of the sessions' interfaces were still there when last counted.
    public var remainingInterfaces: Int
}

/// A bounded wait with growing pauses.
struct DeletionWait {
    private let object: L2TPError.Object
    private let limit: Duration
    private let start = ContinuousClock.now
    private var pauseMilliseconds: UInt32 = 1

    /// A wait for an object with `sessionCount` sessions, from now on.
    ///
    /// The kernel removes sessions one after the other, on Linux 6.1 in about 30 ms each; without a
    /// limit of the caller's the bound is a multiple of that.
    init(object: L2TPError.Object, limit: Duration?, sessionCount: Int) {
        self.object = object
        self.limit = limit ?? .seconds(10) + .milliseconds(200) * sessionCount
    }

    /// Pauses between two looks: 1 ms at first, 100 ms at last. Throws `timedOut` past the limit.
    mutating func pause(
        remainingInterfaces: Int, _ progress: (DeletionProgress) -> Void
    ) throws(L2TPError) {
        let elapsed = ContinuousClock.now - start
        guard elapsed < limit else {
            let rest = remainingInterfaces > 0 ? ", with \(remainingInterfaces) of its interfaces" : ""
            throw L2TPError(
                .delete, object, .timedOut,
                "the kernel accepted the deletion, but it is still there after \(limit)\(rest)")
        }
        progress(
            DeletionProgress(
                object: object, elapsed: elapsed, limit: limit, remainingInterfaces: remainingInterfaces))
        usleep(pauseMilliseconds * 1000)
        pauseMilliseconds = min(pauseMilliseconds * 2, 100)
    }
}

extension L2TPClient where Transport: ~Copyable {
    /// The numbers of the interfaces that the sessions have under the names the kernel reports.
    mutating func linkIndexes(
        of sessions: [Session], for operation: L2TPError.Operation, _ object: L2TPError.Object
    ) throws(L2TPError) -> [UInt32] {
        let names = sessions.compactMap(\.interfaceName)
        guard !names.isEmpty else { return [] }
        do {
            return try withLinks { (client) throws(NetlinkError) in
                let wanted = Set(names)
                let links =
                    names.count == 1 ? [try client.link(named: names[0])].compactMap(\.self) : try client.links()
                // A session's interface is of no kind; one that is has inherited a name by renaming.
                return links.filter { wanted.contains($0.name) && $0.kind == nil }.map(\.index)
            }
        } catch {
            throw L2TPError(operation, object, error)
        }
    }

    /// Waits until the links of those numbers are gone.
    mutating func awaitRemoval(
        of links: inout [UInt32], _ wait: inout DeletionWait, _ progress: (DeletionProgress) -> Void
    ) throws(L2TPError) {
        while true {
            do {
                links = try remaining(of: links)
            } catch {
                throw L2TPError(.delete, .subsystem, error)
            }
            if links.isEmpty { return }
            try wait.pause(remainingInterfaces: links.count, progress)
        }
    }

    private mutating func remaining(of links: [UInt32]) throws(NetlinkError) -> [UInt32] {
        guard !links.isEmpty else { return [] }
        return try withLinks { (client) throws(NetlinkError) in
            if links.count == 1 { return try client.link(index: links[0]) == nil ? [] : links }
            let present = Set(try client.links().map(\.index))
            return links.filter(present.contains)
        }
    }
}
