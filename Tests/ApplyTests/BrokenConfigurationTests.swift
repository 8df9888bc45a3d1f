import Foundation
import L2TPConfigTestSupport
import NetlinkTestSupport
import Testing

@testable import l2tp_apply

/// Configurations with errors: the program says what the goldens of L2TPConfig say, and asks the kernel for nothing.
@Suite struct BrokenConfigurationTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../Packages/L2TPConfig/Tests/L2TPConfigTests/Broken")

    private static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "toml" }.map { $0.deletingPathExtension().lastPathComponent }.sorted()
    }

    @Test func thereAreEnough() throws {
        #expect(try Self.names().count >= 400)
    }

    @Test(arguments: try names())
    func nothingIsAsked(name: String) throws {
        let text = try Data(contentsOf: Self.folder.appending(path: "\(name).toml"))
        let expected = try String(contentsOf: Self.folder.appending(path: "\(name).expected"), encoding: .utf8)
        let configuration = BrokenConfiguration(Array(text), name: "\(name).toml")
        for option in ["--check", "", "--plan", "--try", "--adopt"] {
            let bench = Bench()
            for file in configuration.files { bench.files.data[file.name] = file.bytes }
            bench.files.texts = configuration.secrets
            bench.files.readable = configuration.secretsReadableByOthers
            if configuration.isReadableByOthers { bench.files.readable.formUnion(configuration.files.map(\.name)) }
            let options = option == "--try" ? [option, "5"] : option.isEmpty ? [] : [option]
            let run = bench.run(options + configuration.files.map(\.name))
            #expect(run.status == .invalid, "\(option)")
            #expect(run.error.hasPrefix(expected), "\(option): \(run.error)")
            #expect(bench.kernel.requests.isEmpty, "\(option)")
        }
    }
}
