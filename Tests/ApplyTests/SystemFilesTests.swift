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

    @Test func oneRunHoldsTheLock() throws {
        let runs = try SystemRunFolder(of: .current, in: folder.appending("run"))
        let lock = try runs.lock()
        var failure: Failure?
        do throws(Failure) { _ = try runs.lock() } catch { failure = error }
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
        let runs = try SystemRunFolder(of: .current, in: folder)
        for _ in 0..<2 { _ = try runs.lock() }
        #expect(try runs.store.load() == Ownership())
        #expect(runs.confirm() == .nobody)
        #expect(!runs.removeAbandonedTrial())
        for name in try FileSystem.names(in: folder) { try FileSystem.remove(folder.appending(name)) }
        tidyUp()
    }

    @Test func noSuchNamespace() {
        var failure: Failure?
        do throws(Failure) { _ = try SystemRunFolder(of: .named("l2tp-apply-none"), in: folder) } catch {
            failure = error
        }
        #expect(failure?.status == .usage)
        #expect(
            failure?.message.hasPrefix(
                "cannot enter network namespace /run/netns/l2tp-apply-none: there is none (ENOENT)") == true)
        tidyUp()
    }
}
