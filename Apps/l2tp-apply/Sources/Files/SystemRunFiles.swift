import Glibc
import L2TPApply
import L2TPNetlink
import Netlink
import SystemPackage

/// What the runs in one network namespace share, in files that are named for the namespace's inode number.
struct SystemRunFolder: RunFolder {
    /// Where the files are.
    static let usualFolder = FilePath("/run/l2tp")

    private let folder: FilePath
    private let name: String

    /// The files of a network namespace.
    ///
    /// Throws ``Failure`` if there is no such namespace.
    init(of namespace: NetworkNamespace, in folder: FilePath = usualFolder) throws(Failure) {
        self.folder = folder
        do throws(NetlinkError) {
            name = "netns-\(try namespace.identity().rawValue)"
        } catch {
            throw Self.failure(error, namespace)
        }
    }

    /// Why a network namespace has no identity, in the words of who would enter it.
    private static func failure(_ error: NetlinkError, _ namespace: NetworkNamespace) -> Failure {
        let status = error.errno == .permissionDenied ? Status.notPermitted : .usage
        do throws(L2TPError) {
            _ = try L2TPClient(.kernel(in: namespace))
            return Failure("\(error)", status)
        } catch {
            return Failure(error.description, status)
        }
    }

    private func path(_ ending: String) -> FilePath { folder.appending("\(name).\(ending)") }

    var store: any OwnershipStore { FileOwnershipStore(path("record")) }

    func lock() throws(Failure) -> any AnyObject {
        do throws(ApplyError) {
            return HeldLock(try ApplyLock(path("lock")))
        } catch {
            let remedy =
                error.reason == .locked
                ? "wait until it has ended; one with --try ends with l2tp-apply --confirm" : error.remedy
            let symbol = error.errno.map { " (\($0.symbol))" } ?? ""
            throw Failure(error.explanation + symbol, remedy: remedy, error.status, error.reason)
        }
    }

    func beginTrial(_ signals: any Signals) throws(Failure) -> any Trial {
        guard let signals = signals as? ProcessSignals else {
            throw Failure("cannot wait for a confirmation: the signals of the process are not taken", .refused)
        }
        do throws(FileError) {
            return try FIFOTrial(path("confirm"), input: Self.input(), signals: signals)
        } catch {
            throw Failure("cannot wait for a confirmation: \(error)", error.status)
        }
    }

    func confirm() -> ConfirmationResult { FIFOConfirmation(path("confirm")).confirm() }

    func removeAbandonedTrial() -> Bool {
        guard FIFOConfirmation(path("confirm")).isAbandoned else { return false }
        try? FileSystem.remove(path("confirm"))
        return true
    }

    /// Standard input if somebody can press Enter there: a file has its lines already.
    private static func input() -> FileDescriptor? {
        let input = FileDescriptor.standardInput
        if isatty(input.rawValue) == 1 {
            // What was typed before the question is no answer to it.
            tcflush(input.rawValue, TCIFLUSH)
            return input
        }
        guard let type = try? input.stat().type, type == .fifo || type == .socket else { return nil }
        return input
    }
}

/// A lock that lasts as long as somebody holds it.
private final class HeldLock {
    private let lock: ApplyLock

    init(_ lock: consuming ApplyLock) {
        self.lock = consume lock
    }
}
