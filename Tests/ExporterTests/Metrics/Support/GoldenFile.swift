import Foundation

/// A file that says what a text should be.
struct GoldenFile {
    let name: String

    private var url: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Golden/\(name)")
    }

    func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }
}
