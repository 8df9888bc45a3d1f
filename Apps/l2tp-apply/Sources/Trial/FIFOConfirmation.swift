import Glibc
import Netlink
import SystemPackage

/// Confirms a ``FIFOTrial`` of another process.
struct FIFOConfirmation {
    private let path: FilePath
    private let patience: Duration

    /// A confirmation of the trial with a FIFO at a path, which waits so long for an answer.
    init(_ path: FilePath, patience: Duration = .seconds(10)) {
        self.path = path
        self.patience = patience
    }

    /// The FIFO in which a process that confirms expects the answer.
    static func answers(_ path: FilePath, _ processID: Int32) -> FilePath {
        FilePath("\(path.string).\(processID)")
    }

    /// Whether there is a FIFO that nobody reads: a run was killed in its trial.
    var isAbandoned: Bool {
        do {
            try FileDescriptor.open(path, .writeOnly, options: [.nonBlocking, .closeOnExec, .noFollow]).close()
            return false
        } catch {
            return error as? Errno == .noSuchAddressOrDevice
        }
    }

    /// Tells the run that waits, and returns what that says.
    func confirm() -> ConfirmationResult {
        let trial: FileDescriptor
        do {
            trial = try FileDescriptor.open(path, .writeOnly, options: [.nonBlocking, .closeOnExec, .noFollow])
        } catch {
            switch error as? Errno {
            case .noSuchFileOrDirectory?: return .nobody
            case .noSuchAddressOrDevice?: return .abandoned
            case let errno: return .failed(FileError(.open, path, errno ?? .ioError))
            }
        }
        defer { try? trial.close() }
        let processID = getpid()
        let answers = Self.answers(path, processID)
        defer { try? FileSystem.remove(answers) }
        do throws(FileError) {
            try? FileSystem.remove(answers)
            try FileSystem.makeFIFO(answers, permissions: .ownerReadWrite)
            return try ask(trial, processID, answers)
        } catch {
            return .failed(error)
        }
    }

    private func ask(_ trial: FileDescriptor, _ processID: Int32, _ answers: FilePath) throws(FileError)
        -> ConfirmationResult
    {
        let fifo: FileDescriptor
        do {
            fifo = try FileDescriptor.open(answers, .readWrite, options: [.nonBlocking, .closeOnExec, .noFollow])
        } catch {
            throw FileError(.open, answers, error as? Errno ?? .ioError)
        }
        defer { try? fifo.close() }
        do {
            _ = try trial.writeAll("\(processID)\n".utf8)
        } catch {
            // It has ended meanwhile.
            return error as? Errno == .brokenPipe ? .nobody : .silence
        }
        var buffer = LineBuffer()
        let deadline = ContinuousClock.now + patience
        while case let rest = deadline - .now, rest > .zero {
            guard (try? Readiness.wait(for: [fifo], atMost: rest))?.first == true else { continue }
            if let bytes = try? fifo.readSome() { buffer.append(bytes) }
            switch buffer.lines.first.flatMap(TrialAnswer.init) {
            case .kept?: return .kept
            case .reverted?: return .reverted
            case nil: continue
            }
        }
        return .silence
    }
}
