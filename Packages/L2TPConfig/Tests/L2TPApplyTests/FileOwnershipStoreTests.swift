import Foundation
import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPWire
import Netlink
import SystemPackage
import Testing

@Suite struct FileOwnershipStoreTests {
    private static let ownership = Ownership(
        tunnels: [
            TunnelID(10): Ownership.OwnedTunnel(name: "hq", specifications: [Example.base["hq"].specification])
        ],
        sessions: [
            SessionKey(SessionID(1), in: TunnelID(10)): Ownership.OwnedSession(
                name: "lan", specifications: [Example.base["hq", "lan"].specification],
                addresses: Example.base["hq", "lan"].interface.addresses)
        ])

    private func error(_ body: () throws(ApplyError) -> Void) -> ApplyError? {
        do throws(ApplyError) {
            try body()
            return nil
        } catch {
            return error
        }
    }

    @Test("The text that was applied is told without reading all of the record")
    func source() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("test.record")
        let store = FileOwnershipStore(path)
        #expect(try store.source() == nil)
        var ownership = Self.ownership
        try store.save(ownership)
        #expect(try store.source() == nil)
        ownership.source = ConfigurationDigest(high: 1, low: .max)
        try store.save(ownership)
        #expect(try store.source() == ownership.source)
        #expect(try store.load() == ownership)
        try FileSystem.replace(path, by: Array("damaged".utf8), permissions: .ownerReadWrite)
        #expect(error { () throws(ApplyError) in _ = try store.source() }?.reason == .record)
    }

    @Test func roundTrip() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("run").appending("test.record")
        let store = FileOwnershipStore(path)
        #expect(try store.load() == Ownership())
        #expect(!FileManager.default.fileExists(atPath: path.string))
        try store.save(Self.ownership)
        #expect(try store.load() == Self.ownership)
        #expect(try FileOwnershipStore(path).load() == Self.ownership)
        #expect(try FileSystem.status(of: path).permissions == .ownerReadWrite)
        #expect(try FileSystem.status(of: path.removingLastComponent()).permissions == .ownerReadWriteExecute)
        try store.save(Ownership())
        #expect(try store.load() == Ownership())
        // Nothing is left of the files that take its place.
        #expect(try FileSystem.names(in: path.removingLastComponent()) == ["test.record"])
    }

    @Test("What a run has left that was killed while it wrote is removed")
    func remains() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("test.record")
        for name in [".test.record.0123456789abcdef", ".other.record.0123456789abcdef"] {
            try FileSystem.replace(folder.path.appending(name), by: [1], permissions: .ownerReadWrite)
        }
        try FileOwnershipStore(path).save(Self.ownership)
        #expect(try FileSystem.names(in: folder.path) == [".other.record.0123456789abcdef", "test.record"])
    }

    @Test("It is named by the number of the network namespace")
    func name() throws {
        let folder = try TemporaryFolder()
        try FileOwnershipStore(of: .current, in: folder.path).save(Self.ownership)
        let number = try NetworkNamespace.current.identity().rawValue
        #expect(try FileSystem.names(in: folder.path) == ["netns-\(number).record"])
        #expect(try FileOwnershipStore(of: .current, in: folder.path).load() == Self.ownership)
    }

    @Test func noSuchNamespace() throws {
        let folder = try TemporaryFolder()
        let store = FileOwnershipStore(of: .path("\(folder.path)/none"), in: folder.path)
        #expect(error { () throws(ApplyError) in _ = try store.load() } != nil)
        #expect(error { () throws(ApplyError) in try store.save(Self.ownership) } != nil)
    }

    @Test("A record that was cut off, or changed, is none, and never an empty one")
    func damaged() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("test.record")
        let store = FileOwnershipStore(path)
        let bytes = Array(Self.ownership.recorded().utf8)
        for count in stride(from: 0, to: bytes.count, by: 7) {
            try FileSystem.replace(path, by: Array(bytes[..<count]), permissions: .ownerReadWrite)
            let error = try #require(error { () throws(ApplyError) in _ = try store.load() }, "\(count) bytes")
            #expect(error.reason == .record)
            #expect(error.outcome == .unchanged)
            #expect(error.explanation.contains(path.string))
            #expect(error.remedy?.contains("--adopt") ?? false)
        }
        try FileSystem.replace(path, by: Array("l2tprec 2\nend 1\n".utf8), permissions: .ownerReadWrite)
        #expect(error { () throws(ApplyError) in _ = try store.load() }?.reason == .record)
        // It is replaced all the same, when a run has ended well.
        try store.save(Self.ownership)
        #expect(try store.load() == Self.ownership)
    }

    @Test("What somebody else may have put there is refused")
    func foreign() throws {
        let folder = try TemporaryFolder()
        let real = folder.path.appending("real")
        try FileSystem.makeFolder(real, permissions: .ownerReadWriteExecute)
        try FileOwnershipStore(real.appending("a.record")).save(Self.ownership)

        let linked = folder.path.appending("linked")
        try FileManager.default.createSymbolicLink(atPath: linked.string, withDestinationPath: real.string)
        let throughFolder = FileOwnershipStore(linked.appending("a.record"))
        #expect(error { () throws(ApplyError) in _ = try throughFolder.load() }?.reason == .record)
        #expect(error { () throws(ApplyError) in try throughFolder.save(Self.ownership) }?.reason == .record)

        let link = real.appending("b.record")
        try FileManager.default.createSymbolicLink(
            atPath: link.string, withDestinationPath: real.appending("a.record").string)
        let throughFile = FileOwnershipStore(link)
        #expect(error { () throws(ApplyError) in _ = try throughFile.load() }?.reason == .record)
        #expect(error { () throws(ApplyError) in try throughFile.save(Self.ownership) }?.reason == .record)

        let open = folder.path.appending("open")
        try FileSystem.makeFolder(open, permissions: FilePermissions(rawValue: 0o777))
        let error = try #require(
            error { () throws(ApplyError) in try FileOwnershipStore(open.appending("a.record")).save(Self.ownership) })
        #expect(error.reason == .record)
        #expect(error.remedy?.contains("chmod") ?? false)
        #expect(try FileSystem.names(in: open) == [])
    }

    @Test("A folder that cannot be made, and a file that cannot be read")
    func unusable() throws {
        let folder = try TemporaryFolder()
        let file = folder.path.appending("file")
        try FileSystem.replace(file, by: [], permissions: .ownerReadWrite)
        let store = FileOwnershipStore(file.appending("a.record"))
        #expect(error { () throws(ApplyError) in try store.save(Self.ownership) }?.reason == .record)
        #expect(error { () throws(ApplyError) in _ = try store.load() }?.reason == .record)
        let directory = FileOwnershipStore(folder.path)
        #expect(error { () throws(ApplyError) in _ = try directory.load() }?.reason == .record)
    }

    @Test("Whoever reads meanwhile finds the old record or the new one")
    func isReplacedAtOnce() async throws {
        let folder = try TemporaryFolder()
        let store = FileOwnershipStore(folder.path.appending("test.record"))
        try store.save(Self.ownership)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 0..<50 { try store.save(number.isMultiple(of: 2) ? Ownership() : Self.ownership) }
            }
            group.addTask {
                for _ in 0..<200 {
                    let found = try store.load()
                    #expect(found == Self.ownership || found == Ownership())
                }
            }
            try await group.waitForAll()
        }
    }
}
