import CommandLineSupport
import Glibc
import L2TPApply
import L2TPConfig
import Netlink
import SystemPackage
import Testing

@testable import l2tp_apply

/// Configurations and what runs share, in the file system.
@Suite struct SystemFilesTests {
    private let folder: FilePath

    init() throws {
        folder = FilePath("/tmp/l2tp-apply-files-\(getpid())-\(UInt32.random(in: 0 ... .max))")
        try FileSystem.makeFolder(folder, permissions: .ownerReadWriteExecute)
    }

    private func tidyUp(_ names: String...) {
        for name in names { #expect(throws: Never.self) { try FileSystem.remove(folder.appending(name)) } }
        #expect(unsafe folder.withPlatformString { name in unsafe rmdir(name) } == 0)
    }

    private func write(_ name: String, _ text: String, _ permissions: FilePermissions = .ownerReadWrite) throws {
        try FileSystem.replace(folder.appending(name), by: Array(text.utf8), permissions: permissions)
    }

    @Test func configurations() throws {
        try write("b.toml", Texts.old)
        try write(
            "a.toml", Texts.siteA.replacing("cookie = \"0123456789abcdef\"", with: "cookie_file = \"lan.cookie\""))
        try write("lan.cookie", "0123456789abcdef\n")
        try write(".hidden.toml", "x")
        let source = SystemConfigurations()
        #expect(try source.names(in: folder.string) == [".hidden.toml", "a.toml", "b.toml", "lan.cookie"])
        let reading = try source.load([folder.string])
        #expect(reading.diagnostics == [])
        #expect(reading.configuration.tunnels.map(\.name) == ["hq", "old"])
        let path = ConfigurationPath(["tunnel", "old"])
        #expect(reading.locate(path)?.description == "\(folder)/b.toml:1:1")
        tidyUp("a.toml", "b.toml", "lan.cookie", ".hidden.toml")
    }

    @Test func filesThatOthersCanRead() throws {
        try write("a.toml", Texts.old, [.ownerReadWrite, .groupRead])
        let reading = try SystemConfigurations().load([folder.appending("a.toml").string])
        #expect(reading.diagnostics.map(\.severity) == [.warning])
        tidyUp("a.toml")
    }

    @Test func whatCannotBeRead() {
        let path = folder.appending("none").string
        #expect(throws: Errno.noSuchFileOrDirectory) { try SystemConfigurations().names(in: path) }
        #expect(throws: SecretError("No such file or directory (ENOENT)")) { try SystemSecrets().read(path) }
        tidyUp()
    }

    private func take(_ runs: SystemRunFiles) throws(Failure) -> any AnyObject {
        try runs.lock(waitingAtMost: .zero) { false }
    }

    /// What has no bytes yet is not empty: neither a FIFO without a writer nor one whose writer pauses.
    @Test func fifos() throws {
        let path = folder.appending("fifo")
        try FileSystem.makeFIFO(path, permissions: .ownerReadWrite)
        let text = Texts.old
        try DetachedThread.start {
            usleep(20_000)
            guard let writer = try? FileDescriptor.open(path, .writeOnly) else { return }
            for piece in [text.prefix(20), text.dropFirst(20)] {
                usleep(20_000)
                _ = try? writer.writeAll(piece.utf8)
            }
            try? writer.close()
        }
        let reading = try SystemConfigurations().load([path.string])
        #expect(reading.diagnostics == [])
        #expect(reading.configuration.tunnels.map(\.name) == ["old"])
        tidyUp("fifo")
    }

    @Test func cookiesFromFIFOs() throws {
        let path = folder.appending("fifo")
        try FileSystem.makeFIFO(path, permissions: [.ownerReadWrite, .groupRead])
        try DetachedThread.start {
            guard let writer = try? FileDescriptor.open(path, .writeOnly) else { return }
            _ = try? writer.closeAfter { try writer.writeAll("0123456789abcdef\n".utf8) }
        }
        let secret = try SystemSecrets().read(path.string)
        #expect(secret.text == "0123456789abcdef\n" && secret.isReadableByOthers)
        tidyUp("fifo")
    }

    @Test func theLockIsWaitedFor() throws {
        let runs = try SystemRunFiles(of: .current, in: folder)
        var held: (any AnyObject)? = try take(runs)
        var failure: Failure?
        do throws(Failure) { _ = try runs.lock(waitingAtMost: .seconds(60)) { true } } catch { failure = error }
        #expect(failure?.reason == .interrupted)
        let next = try runs.lock(waitingAtMost: .seconds(60)) {
            held = nil
            return false
        }
        #expect(held == nil)
        withExtendedLifetime(next) {}
        for name in try FileSystem.names(in: folder) { try FileSystem.remove(folder.appending(name)) }
        tidyUp()
    }

    /// What those leave behind that are killed goes with the next run, and nothing else does.
    @Test func whatKilledRunsHaveLeft() throws {
        let runs = try SystemRunFiles(of: .current, in: folder)
        for name in ["confirm", "confirm.new", "confirm.1234"] {
            try FileSystem.makeFIFO(
                RunFolder(path: folder).path(of: .current, name), permissions: .ownerReadWrite)
        }
        try write("netns-1.confirm.1234", "")
        #expect(runs.removeAbandonedTrial())
        #expect(try FileSystem.names(in: folder) == ["netns-1.confirm.1234"])
        #expect(!runs.removeAbandonedTrial())
        tidyUp("netns-1.confirm.1234")
    }

    @Test func oneRunHoldsTheLock() throws {
        let runs = try SystemRunFiles(of: .current, in: folder.appending("run"))
        let lock = try take(runs)
        var failure: Failure?
        do throws(Failure) { _ = try take(runs) } catch { failure = error }
        #expect(failure?.reason == .locked)
        #expect(failure?.status == .refused)
        #expect(failure?.message.hasSuffix("(process \(getpid()))") == true)
        #expect(failure?.remedy?.contains("--confirm") == true)
        withExtendedLifetime(lock) {}
        let names = try FileSystem.names(in: folder.appending("run"))
        #expect(names.count == 1)
        #expect(names.first?.hasPrefix("netns-") == true && names.first?.hasSuffix(".lock") == true)
        for name in names { try FileSystem.remove(folder.appending("run").appending(name)) }
        _ = unsafe folder.appending("run").withPlatformString { name in unsafe rmdir(name) }
        tidyUp()
    }

    @Test func theLockIsFreeAfterTheRun() throws {
        let runs = try SystemRunFiles(of: .current, in: folder)
        for _ in 0..<2 { _ = try take(runs) }
        #expect(try runs.store.load() == Ownership())
        #expect(runs.confirm() == .nobody)
        #expect(!runs.removeAbandonedTrial())
        for name in try FileSystem.names(in: folder) { try FileSystem.remove(folder.appending(name)) }
        tidyUp()
    }

    @Test func noSuchNamespace() {
        var failure: Failure?
        do throws(Failure) { _ = try SystemRunFiles(of: .named("l2tp-apply-none"), in: folder) } catch {
            failure = error
        }
        #expect(failure?.status == .usage)
        #expect(
            failure?.message.hasPrefix(
                "cannot enter network namespace /run/netns/l2tp-apply-none: there is none (ENOENT)") == true)
        tidyUp()
    }
}
