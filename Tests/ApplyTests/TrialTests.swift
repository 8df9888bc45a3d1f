import Glibc
import Netlink
import Synchronization
import SystemPackage
import Testing

@testable import l2tp_apply

/// The wait of `--try`, over FIFOs of the system.
@Suite(.serialized) struct TrialTests {
    private let folder: FilePath
    private var path: FilePath { folder.appending("confirm") }

    init() throws {
        folder = FilePath("/tmp/l2tp-apply-trial-\(getpid())-\(UInt32.random(in: 0 ... .max))")
        try FileSystem.makeFolder(folder, permissions: .ownerReadWriteExecute)
    }

    private func tidyUp() {
        let names = (try? FileSystem.names(in: folder)) ?? []
        #expect(names == [])
        for name in names { try? FileSystem.remove(folder.appending(name)) }
        _ = unsafe folder.withPlatformString { name in unsafe rmdir(name) }
    }

    /// Confirms, from another thread, after so many microseconds.
    private func confirm(_ answer: Answer, after delay: UInt32 = 0) {
        #expect(throws: Never.self) {
            try DetachedThread.start { [path] in
                usleep(delay)
                answer.set(FIFOConfirmation(path).confirm())
            }
        }
    }

    @Test func nobodyConfirms() throws {
        let trial = try FIFOTrial(path, input: nil, signals: ProcessSignals())
        // Before the question there is nothing to confirm, and nothing that looks like a killed run either.
        #expect(FIFOConfirmation(path).confirm() == .nobody)
        #expect(!FIFOConfirmation(path).isAbandoned)
        #expect(try trial.wait(seconds: 0) {} == .expired)
        #expect(FIFOConfirmation(path).confirm() == .nobody)
        tidyUp()
    }

    @Test func anotherConfirms() throws {
        let trial = try FIFOTrial(path, input: nil, signals: ProcessSignals())
        let answer = Answer()
        let verdict = try trial.wait(seconds: 20) {
            #expect((try? FileSystem.status(of: path).permissions.rawValue).map { $0 & 0o777 } == 0o600)
            confirm(answer)
        }
        #expect(verdict == .confirmed)
        #expect(answer.get() == .kept)
        tidyUp()
    }

    /// A request that comes when the time is over is answered too.
    @Test func tooLate() throws {
        let trial = try FIFOTrial(path, input: nil, signals: ProcessSignals())
        let answer = Answer()
        let verdict = try trial.wait(seconds: 0) {
            confirm(answer)
            while (try? FileSystem.names(in: folder))?.count ?? 2 < 2 { usleep(1000) }
        }
        #expect([.expired, .confirmed].contains(verdict))
        #expect(answer.get() == (verdict == .confirmed ? .kept : .reverted))
        tidyUp()
    }

    @Test func anEnter() throws {
        let pipe = try FileDescriptor.pipe()
        let trial = try FIFOTrial(path, input: pipe.readEnd, signals: ProcessSignals())
        let verdict = try trial.wait(seconds: 20) { _ = try? pipe.writeEnd.writeAll("yes\n".utf8) }
        #expect(verdict == .confirmed)
        try pipe.readEnd.close()
        try pipe.writeEnd.close()
        tidyUp()
    }

    @Test func anEnterBeforeTheQuestion() throws {
        let pipe = try FileDescriptor.pipe()
        _ = try pipe.writeEnd.writeAll("host-a\nhost-b\n".utf8)
        let trial = try FIFOTrial(path, input: pipe.readEnd, signals: ProcessSignals())
        _ = try pipe.writeEnd.writeAll("host-c\n".utf8)
        #expect(try trial.wait(seconds: 1) {} == .expired)
        try pipe.readEnd.close()
        try pipe.writeEnd.close()
        tidyUp()
    }

    /// Without its FIFO there is no question.
    @Test func aFIFOThatIsGone() throws {
        let trial = try FIFOTrial(path, input: nil, signals: ProcessSignals())
        for name in try FileSystem.names(in: folder) { try FileSystem.remove(folder.appending(name)) }
        var isAsked = false
        #expect(throws: Failure.self) { try trial.wait(seconds: 20) { isAsked = true } }
        #expect(!isAsked)
        tidyUp()
    }

    /// The end of the input is no Enter, and neither is half a line: the trial goes on without it.
    @Test(arguments: ["", "half a line"])
    func theEndOfTheInput(text: String) throws {
        let pipe = try FileDescriptor.pipe()
        let trial = try FIFOTrial(path, input: pipe.readEnd, signals: ProcessSignals())
        let answer = Answer()
        let verdict = try trial.wait(seconds: 20) {
            _ = try? pipe.writeEnd.closeAfter { try pipe.writeEnd.writeAll(text.utf8) }
            confirm(answer, after: 100_000)
        }
        #expect(verdict == .confirmed)
        #expect(answer.get() == .kept)
        try pipe.readEnd.close()
    }

    /// What a process leaves behind that is killed is told from one that waits, and replaced.
    @Test func leftovers() throws {
        try FileSystem.makeFIFO(path, permissions: .ownerReadWrite)
        #expect(FIFOConfirmation(path).isAbandoned)
        #expect(FIFOConfirmation(path).confirm() == .abandoned)
        let trial = try FIFOTrial(path, input: nil, signals: ProcessSignals())
        let verdict = try trial.wait(seconds: 0) { #expect(!FIFOConfirmation(path).isAbandoned) }
        #expect(verdict == .expired)
        #expect(!FIFOConfirmation(path).isAbandoned)
        tidyUp()
    }

    @Test func silence() throws {
        try FileSystem.makeFIFO(path, permissions: .ownerReadWrite)
        let reader = try FileDescriptor.open(path, .readWrite, options: .nonBlocking)
        #expect(FIFOConfirmation(path, patience: .milliseconds(10)).confirm() == .silence)
        try reader.close()
        try FileSystem.remove(path)
        tidyUp()
    }

    /// Nonsense confirms nothing that anybody is told of, and does not stop the wait.
    @Test func linesInPieces() {
        var buffer = LineBuffer()
        buffer.append(Array("12".utf8))
        #expect(buffer.lines.isEmpty)
        buffer.append(Array("3\n4\n5".utf8))
        #expect(buffer.lines == ["123", "4"])
        buffer.append(Array(repeating: UInt8(ascii: "x"), count: 5000))
        buffer.append(Array("6\n".utf8))
        #expect(buffer.lines == ["123", "4", "6"])
    }
}

/// An answer that comes from another thread.
private final class Answer: Sendable {
    private let result = Mutex<ConfirmationResult?>(nil)

    func set(_ result: ConfirmationResult) {
        self.result.withLock { $0 = result }
    }

    /// Waits for it.
    func get() -> ConfirmationResult? {
        for _ in 0..<20000 {
            if let result = result.withLock({ $0 }) { return result }
            usleep(1000)
        }
        return nil
    }
}
