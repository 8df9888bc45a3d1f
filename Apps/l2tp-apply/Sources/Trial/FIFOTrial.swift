import L2TPApply
import Netlink
import SystemPackage

/// A time in which somebody can say that what was applied is to stay.
protocol Trial: AnyObject {
    /// Waits for so many seconds at most. When the call returns, whoever has confirmed by `--confirm` knows the verdict.
    func wait(seconds: Int) -> Verdict
}

/// How a trial has ended.
enum Verdict: Hashable {
    /// Somebody has said that it is to stay.
    case confirmed
    /// Nobody has in time.
    case expired
    /// The run was asked to end.
    case interrupted
}

/// A trial that is confirmed by Enter, or by another process through a FIFO.
///
/// Who confirms writes a line with its process identifier into the FIFO and reads the answer from one of its own, whose
/// name is that of the trial's with the identifier at the end. The FIFO is there as long as the trial is; one that
/// nobody reads is what a process has left behind that was killed.
final class FIFOTrial: Trial {
    private let path: FilePath
    private let fifo: FileDescriptor
    private let signals: ProcessSignals
    private var input: FileDescriptor?
    private var requests = LineBuffer()

    /// A trial with a FIFO at a path, which is made anew.
    ///
    /// - Parameters:
    ///   - path: The FIFO.
    ///   - input: Where Enter comes from; nil if that is nowhere.
    ///   - signals: What ends it.
    /// - Throws: Why the FIFO could not be made.
    init(_ path: FilePath, input: FileDescriptor?, signals: ProcessSignals) throws(FileError) {
        self.path = path
        self.signals = signals
        self.input = input
        try? FileSystem.remove(path)
        try FileSystem.makeFIFO(path, permissions: .ownerReadWrite)
        do {
            // With a writer of its own it never comes to an end.
            fifo = try FileDescriptor.open(path, .readWrite, options: [.nonBlocking, .closeOnExec, .noFollow])
        } catch {
            throw FileError(.open, path, error as? Errno ?? .ioError)
        }
    }

    deinit {
        try? fifo.close()
        try? FileSystem.remove(path)
    }

    func wait(seconds: Int) -> Verdict {
        let deadline = ContinuousClock.now + .seconds(seconds)
        let verdict = wait(until: deadline)
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

/// What is answered to somebody who confirms.
enum TrialAnswer: String {
    /// What was applied stays.
    case kept
    /// It was or will be taken back.
    case reverted
}

/// Lines that come in pieces.
struct LineBuffer {
    private var rest: [UInt8] = []
    /// The lines that are complete, without their ends.
    private(set) var lines: [String] = []

    /// Takes a piece.
    mutating func append(_ bytes: [UInt8]) {
        rest += bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(String(decoding: rest[..<end], as: UTF8.self))
            rest.removeFirst(end + 1)
        }
        // Nobody who means it writes so much without an end.
        if rest.count > 4096 { rest = [] }
    }
}
