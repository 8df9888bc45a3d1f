import Foundation
import Testing

/// The table in docs/testing.md of what the kernel tests cover: what it names exists.
@Suite("Table of kernel behaviour")
struct KernelBehaviourTests {
    /// `Suite/test` as the table has it.
    private let names: [String]
    /// The sources of the kernel tests by the name of the file.
    private let sources: [String: String]

    init() throws {
        let manual = try String(
            contentsOf: ManifestTests.repository.appending(path: "docs/testing.md"), encoding: .utf8)
        let section = try #require(manual.components(separatedBy: "\n## Kernel behaviour covered\n").dropFirst().first)
        let table = section.components(separatedBy: "\n## ")[0].split(separator: "\n").filter { $0.hasPrefix("| ") }
        names = table.flatMap { row in
            let cells = row.split(separator: "|")
            return (cells.last ?? "").split(separator: "`").filter { $0.contains("/") }.map { String($0) }
        }
        let folder = ManifestTests.repository.appending(path: "Tests/KernelTests")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var sources: [String: String] = [:]
        for case let file as URL in try #require(files) where file.pathExtension == "swift" {
            sources[file.deletingPathExtension().lastPathComponent] = try String(contentsOf: file, encoding: .utf8)
        }
        self.sources = sources
    }

    @Test("every test that is named exists")
    func namedTestsExist() throws {
        #expect(names.count > 50)
        for name in names {
            let parts = name.components(separatedBy: "/")
            try #require(parts.count == 2, "\(name)")
            let source = try #require(sources[parts[0]], "\(name): no such file")
            #expect(source.contains("struct \(parts[0]) {"), "\(name): no such suite")
            let functions = source.components(separatedBy: "@Test").dropFirst().map { test in
                test.components(separatedBy: " func ").dropFirst().first?.prefix { $0 != "(" }
            }
            #expect(functions.contains(Substring(parts[1])), "\(name): no such test")
        }
    }

    @Test("every suite of the matrices is named")
    func suitesAreNamed() throws {
        let folder = ManifestTests.repository.appending(path: "Tests/KernelTests/Matrix")
        let suites = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix("Tests.swift") }.map { $0.dropLast(".swift".count) }
        #expect(!suites.isEmpty)
        for suite in suites {
            #expect(names.contains { $0.hasPrefix("\(suite)/") }, "\(suite)")
        }
    }
}
