import Foundation
import Testing

/// The examples of the README are files of this folder, which are compiled and run.
@Suite struct ReadmeTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// The Swift blocks of the README.
    private func blocks() throws -> [String] {
        let readme = Self.folder.appendingPathComponent("../../../README.md").standardized
        let text = try String(contentsOf: readme, encoding: .utf8)
        return text.components(separatedBy: "```swift\n").dropFirst().compactMap { part in
            part.components(separatedBy: "```").first
        }
    }

    @Test(arguments: [
        (0, "CreatePseudowire.swift"), (1, "RemovePseudowire.swift"), (2, "SetUpInterface.swift"),
        (3, "CreateManagedTunnel.swift"), (4, "FollowChanges.swift"), (5, "CreatePseudowireTests.swift"),
    ])
    func examplesAreThoseFiles(index: Int, file: String) throws {
        let blocks = try blocks()
        try #require(blocks.count == 6)
        let source = try String(contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
        #expect(blocks[index] == source)
    }
}
