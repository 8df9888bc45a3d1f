import Glibc
import L2TPApply
import Netlink
import SystemPackage

/// What the runs in one network namespace share, in files that are named for the namespace's inode number.
struct SystemRunFiles: RunFiles {
    private let namespace: NetworkNamespace
    private let folder: FilePath
    /// The FIFO of trials.
    private let trial: FilePath

    /// The files of a network namespace.
    ///
    /// Throws ``Failure`` if there is no such namespace.
    init(of namespace: NetworkNamespace, in folder: FilePath = RunFolder.usual) throws(Failure) {
        self.namespace = namespace
        self.folder = folder
        do throws(NetlinkError) {
            trial = try RunFolder(path: folder).path(of: namespace, "confirm")
        } catch {
            throw Failure(entering: error)
        }
    }

    var store: any OwnershipStore { FileOwnershipStore(of: namespace, in: folder) }

    func lock(waitingAtMost limit: Duration, isCancelled: () -> Bool) throws(Failure) -> any AnyObject {
        do throws(ApplyError) {
            return HeldLock(
                try ApplyLock(of: namespace, in: folder, waitingAtMost: limit, isCancelled: isCancelled))
        } catch {
            let remedy =
                switch error.reason {
                case .locked: "wait until it has ended; one with --try ends with l2tp-apply --confirm"
                default: error.status == .notPermitted ? error.remedy ?? "run as root" : error.remedy
                }
            let symbol = error.errno.map { " (\($0.symbol))" } ?? ""
            throw Failure(error.explanation + symbol, remedy: remedy, error.status, error.reason)
        }
    }

    func beginTrial(_ signals: any Signals) throws(Failure) -> any Trial {
        do throws(FileError) {
            return try FIFOTrial(trial, input: Self.input, signals: signals)
        } catch {
            throw Failure("cannot wait for a confirmation: \(error); nothing was changed", error.status)
        }
    }

    func confirm() -> ConfirmationResult { FIFOConfirmation(trial).confirm() }

    func removeAbandonedTrial() -> Bool {
        let isAbandoned = FIFOConfirmation(trial).isAbandoned
        if isAbandoned { try? FileSystem.remove(trial) }
        // And the FIFOs of those that waited for an answer. The lock is held: no trial is left that could give one.
        if let name = trial.lastComponent?.string, let names = try? FileSystem.names(in: folder) {
            for rest in names where rest.hasPrefix("\(name).") { try? FileSystem.remove(folder.appending(rest)) }
        }
        return isAbandoned
    }

    /// Standard input if it is a terminal. In a script it may hold what is meant for others: no line there is an Enter.
    private static var input: FileDescriptor? {
        isatty(FileDescriptor.standardInput.rawValue) == 1 ? .standardInput : nil
    }
}

/// A lock that lasts as long as somebody holds it.
private final class HeldLock {
    private let lock: ApplyLock

    init(_ lock: consuming ApplyLock) {
        self.lock = consume lock
    }
}

extension Failure {
    /// Why a network namespace cannot be entered.
    fileprivate init(entering error: NetlinkError) {
        let (explanation, remedy) = error.namespaceExplanation
        let text = "\(explanation) (\(error.errno.symbol))"
        switch error.errno {
        case .permissionDenied, .notPermitted: self.init(text, remedy: "run as root", .notPermitted)
        default: self.init(text, remedy: remedy, .usage)
        }
    }
}
