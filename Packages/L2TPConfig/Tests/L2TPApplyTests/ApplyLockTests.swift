import Foundation
import L2TPApply
import Netlink
import SystemPackage
import Testing

@Suite struct ApplyLockTests {
    private func error(_ path: FilePath, waitingAtMost limit: Duration = .zero, _ isCancelled: () -> Bool = { false })
        -> ApplyError?
    {
        do throws(ApplyError) {
            _ = try ApplyLock(path, waitingAtMost: limit, isCancelled: isCancelled)
            return nil
        } catch {
            return error
        }
    }

    /// Holds a lock as long as it exists.
    private final class Holder {
        private let lock: ApplyLock

        init(_ path: FilePath) throws(ApplyError) {
            lock = try ApplyLock(path)
        }
    }

    @Test func oneAtATime() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("run").appending("test.lock")
        var holder: Holder? = try Holder(path)
        let refusal = try #require(error(path))
        #expect(refusal.reason == .locked)
        let number = ProcessInfo.processInfo.processIdentifier
        #expect(refusal.explanation == "another process holds the record's lock (process \(number))")
        #expect(refusal.remedy != nil)
        #expect(refusal.outcome == .unchanged)
        #expect(try FileSystem.status(of: path).permissions == .ownerReadWrite)
        withExtendedLifetime(holder) {}
        holder = nil
        #expect(error(path) == nil)
    }

    @Test("It is waited for as long as is said, or until that is ended")
    func waiting() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("test.lock")
        var holder: Holder? = try Holder(path)
        let start = ContinuousClock.now
        #expect(error(path, waitingAtMost: .milliseconds(120))?.reason == .locked)
        #expect(start.duration(to: .now) >= .milliseconds(120))
        #expect(error(path, waitingAtMost: .seconds(60)) { true }?.reason == .interrupted)
        var questionCount = 0
        let late = error(path, waitingAtMost: .seconds(60)) {
            questionCount += 1
            if questionCount == 3 { holder = nil }
            return false
        }
        #expect(late == nil)
        #expect(questionCount == 3)
        withExtendedLifetime(holder) {}
    }

    @Test func unusable() throws {
        let folder = try TemporaryFolder()
        let open = folder.path.appending("open")
        try FileSystem.makeFolder(open, permissions: FilePermissions(rawValue: 0o777))
        #expect(error(open.appending("test.lock"))?.reason == .record)
        let link = folder.path.appending("link.lock")
        try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "/dev/null")
        #expect(error(link)?.reason == .record)
    }

    @Test("It is named by the number of the network namespace")
    func name() throws {
        let folder = try TemporaryFolder()
        do {
            let lock = try ApplyLock(of: .current, in: folder.path)
            _ = consume lock
        }
        let number = try NetworkNamespace.current.identity().rawValue
        #expect(try FileSystem.names(in: folder.path) == ["netns-\(number).lock"])
    }
}
