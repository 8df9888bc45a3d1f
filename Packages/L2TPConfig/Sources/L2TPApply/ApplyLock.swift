public import Netlink
public import SystemPackage

/// What keeps runs apart that have the same record: one holds it at a time, until it is released, at the latest when its
/// process ends.
public struct ApplyLock: ~Copyable {
    /// How often a lock that another holds is asked for again.
    private static var interval: Duration { .milliseconds(50) }

    private let lock: FileLock

    /// Takes the lock in a file, which is made if it is not there, as is its folder.
    ///
    /// - Parameters:
    ///   - path: The file; it stays when the lock is released.
    ///   - limit: How long to wait until another process releases it.
    ///   - isCancelled: Asked while waiting, whether to give up.
    /// - Throws: ``ApplyError`` with reason `locked`, which names the process that holds it as far as that is known,
    ///   with `interrupted`, and with `record` if the file cannot be had.
    public init(
        _ path: FilePath, waitingAtMost limit: Duration = .zero, isCancelled: () -> Bool = { false }
    ) throws(ApplyError) {
        let folder = path.removingLastComponent()
        try RunFolder(path: folder.isEmpty ? FilePath(".") : folder).make()
        let deadline = ContinuousClock.now + limit
        while true {
            do throws(FileLock.Failure) {
                lock = try FileLock(path, permissions: .ownerReadWrite)
                return
            } catch {
                switch error {
                case .file(let error):
                    throw ApplyError(record: error)
                case .held(_, let processID):
                    let left = deadline - .now
                    guard left > .zero else { throw Self.held(by: processID) }
                    if isCancelled() { throw .interrupted }
                    try Self.pause(min(left, Self.interval))
                }
            }
        }
    }

    /// Takes the lock of a network namespace, `netns-INODE.lock` with the number of the namespace's file.
    ///
    /// - Parameters:
    ///   - namespace: The namespace that the tunnels are in.
    ///   - folder: Where the locks are; nil stands for `/run/l2tp`.
    ///   - limit: How long to wait until another process releases it.
    ///   - isCancelled: Asked while waiting, whether to give up.
    /// - Throws: ``ApplyError`` as ``init(_:waitingAtMost:isCancelled:)``, and if there is no such namespace.
    public init(
        of namespace: NetworkNamespace, in folder: FilePath? = nil, waitingAtMost limit: Duration = .zero,
        isCancelled: () -> Bool = { false }
    ) throws(ApplyError) {
        let path = try RunFolder(path: folder ?? RunFolder.usual).file(of: namespace, "lock")
        try self.init(path, waitingAtMost: limit, isCancelled: isCancelled)
    }

    private static func held(by processID: Int32?) -> ApplyError {
        let holder = processID.map { " (process \($0))" } ?? ""
        return ApplyError(
            .locked, "another process holds the record's lock\(holder)", remedy: "wait until it has ended")
    }

    private static func pause(_ duration: Duration) throws(ApplyError) {
        do throws(NetlinkError) {
            _ = try Readiness.wait(for: [], atMost: duration)
        } catch {
            throw ApplyError(reading: "what happens", error)
        }
    }
}
