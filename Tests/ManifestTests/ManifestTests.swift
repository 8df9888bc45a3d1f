import Foundation
import Testing

/// The manifest at the top names the same targets as the packages' own, but for their tests, and must not come to disagree.
@Suite("Manifests")
struct ManifestTests {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let packages = ["L2TPWire", "L2TPWireCrypto", "L2TPNetlink", "L2TPConfig", "L2TPDecode"]

    @Test("the list of packages here is the folder's")
    func everyPackageIsCompared() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Self.repository.appending(path: "Packages").path)
        #expect(Set(folders.filter { !$0.hasPrefix(".") }) == Set(Self.packages))
    }

    @Test("top and nested manifest agree", arguments: packages)
    func agreement(package: String) throws {
        let top = try Manifest(ofPackageIn: "", of: Self.repository)
        let nested = try Manifest(ofPackageIn: "Packages/\(package)", of: Self.repository)
        #expect(!nested.targets.isEmpty)
        for (name, target) in nested.targets where target.type != "test" {
            #expect(top.targets[name] == target, "target \(name)")
        }
        for (name, targets) in nested.libraries {
            #expect(top.libraries[name] == targets, "product \(name)")
        }
        for (identity, requirement) in nested.remoteDependencies {
            #expect(top.remoteDependencies[identity] == requirement, "dependency \(identity)")
        }
    }

    @Test("a package tests what its folder of tests has, built as its libraries are", arguments: packages)
    func tests(package: String) throws {
        let targets = try Manifest(ofPackageIn: "Packages/\(package)", of: Self.repository).targets
        let tests = targets.filter { $0.value.type == "test" }
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Self.repository.appending(path: "Packages/\(package)/Tests").path
        ).filter { $0.hasSuffix("Tests") }
        #expect(!folders.isEmpty && Set(tests.keys) == Set(folders))
        let library = try #require(targets.values.first { $0.type == "regular" })
        for (name, target) in tests {
            #expect(target.settings == library.settings, "target \(name)")
        }
    }

    @Test("no target of the top manifest is built with unsafe flags, which would forbid depending on it by version")
    func noUnsafeFlags() throws {
        let top = try Manifest(ofPackageIn: "", of: Self.repository)
        for (name, target) in top.targets {
            #expect(!target.settings.contains { $0.contains("unsafeFlags") }, "target \(name)")
        }
    }
}
