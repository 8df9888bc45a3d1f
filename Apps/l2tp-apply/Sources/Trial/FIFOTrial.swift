import Glibc
import Netlink
import SystemPackage

/// A trial that is confirmed by Enter, or by another process through a FIFO.
///
/// Who confirms writes a line with its process identifier into the FIFO and reads the answer from one of its own, whose
/// name is that of the trial's with the identifier at the end. The FIFO has its name as long as the question stands; one
/// that nobody reads is what a process has left behind that was killed.
final class FIFOTrial: Trial {
    private let path: FilePath
    /// The name of the FIFO before the question: nobody can answer that yet, nor find it without a reader.
    private let earlyPath: FilePath
    private let fifo: FileDescriptor
    private let signals: any Signals
    private var input: FileDescriptor?
    private var requests = LineBuffer()

    /// Makes the FIFO, so that nothing is tried which nobody could confirm.
    ///
    /// - Parameters:
    ///   - path: The FIFO, which replaces one that is there when the question is asked.
    ///   - input: Where Enter comes from; nil if that is nowhere.
    ///   - signals: What ends it.
    /// - Throws: Why the FIFO could not be made.
    init(_ path: FilePath, input: FileDescriptor?, signals: any Signals) throws(FileError) {
        self.path = path
        earlyPath = FilePath("\(path.string).new")
        self.signals = signals
        self.input = input
        try? FileSystem.remove(earlyPath)
        try FileSystem.makeFIFO(earlyPath, permissions: .ownerReadWrite)
        do {
            // With a writer of its own it never comes to an end.
            fifo = try FileDescriptor.open(earlyPath, .readWrite, options: [.nonBlocking, .closeOnExec, .noFollow])
        } catch {
            try? FileSystem.remove(earlyPath)
            throw FileError(.open, earlyPath, error as? Errno ?? .ioError)
        }
    }

    deinit {
        try? FileSystem.remove(earlyPath)
        try? fifo.close()
    }

    var acceptsEnter: Bool { input != nil }

    func wait(seconds: Int, question: () -> Void) throws(Failure) -> Verdict {
        dropInput()
        do throws(FileError) {
            try FileSystem.rename(earlyPath, to: path)
        } catch {
            throw Failure("cannot wait for a confirmation: \(error)", error.status)
        }
        question()
        let verdict = wait(until: .now + .seconds(seconds))
        // Nobody can come after that; who has come meanwhile is told.
        try? FileSystem.remove(path)
        readRequests()
        for request in requests.lines { answer(request, verdict == .confirmed ? .kept : .reverted) }
        return verdict
    }

    private func wait(until deadline: ContinuousClock.Instant) -> Verdict {
        while true {
            if signals.isInterrupted { return .interrupted }
            if signals.isHungUp { input = nil }
            readRequests()
            if !requests.lines.isEmpty { return .confirmed }
            let rest = deadline - .now
            guard rest > .zero else { return .expired }
            let sources = [signals.fileDescriptor, fifo] + (input.map { [$0] } ?? [])
            let ready: [Bool]
            do {
                ready = try Readiness.wait(for: sources, atMost: rest)
            } catch {
                return .expired
            }
            if ready.count == 3, ready[2], readInput() { return .confirmed }
        }
    }

    private func readRequests() {
        while let bytes = try? fifo.readSome(), !bytes.isEmpty { requests.append(bytes) }
    }

    /// Takes what was typed before the question, also the beginning of a line.
    private func dropInput() {
        guard let input else { return }
        tcflush(input.rawValue, TCIFLUSH)
        while (try? Readiness.wait(for: [input], atMost: .zero)) == [true] {
            guard let bytes = try? input.readSome(), !bytes.isEmpty else { return }
        }
    }

    /// Whether a line has come. Its beginning alone does not count, and neither does the end of the input.
    private func readInput() -> Bool {
        guard let bytes = try? input?.readSome(), !bytes.isEmpty else {
            input = nil
            return false
        }
        return bytes.contains(UInt8(ascii: "\n"))
    }

    private func answer(_ request: String, _ answer: TrialAnswer) {
        guard let processID = Int32(request), processID > 0,
            let fifo = try? FileDescriptor.open(
                FIFOConfirmation.answers(path, processID), .writeOnly, options: [.nonBlocking, .closeOnExec, .noFollow])
        else { return }
        _ = try? fifo.closeAfter { try fifo.writeAll("\(answer.rawValue)\n".utf8) }
    }
}
