import Foundation
import L2TPConfig
import Testing

/// What is said about configurations that cannot be applied, word by word.
@Suite struct BrokenFileTests {
    @Test("there are enough of them, each with what is expected")
    func files() throws {
        let names = try BrokenFile.names("toml")
        #expect(names.count >= 400)
        #expect(try BrokenFile.names("expected") == names)
    }

    @Test(arguments: try BrokenFile.names("toml"))
    func findings(name: String) throws {
        let file = try BrokenFile(name)
        let reading = file.reading
        let found = reading.diagnostics.map { "\($0)\n" }.joined()
        #expect(found == file.expected)
        #expect(!reading.isValid)
        for diagnostic in reading.diagnostics {
            let isOneLine = diagnostic.description.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control
            }
            #expect(isOneLine)
        }
    }

    @Test("no finding holds a cookie", arguments: try BrokenFile.names("toml"))
    func secrets(name: String) throws {
        let cookies = ["0123456789abcdef", "fedcba9876543210"]
        for diagnostic in try BrokenFile(name).reading.diagnostics {
            #expect(!cookies.contains { diagnostic.description.contains($0) })
        }
    }
}
