import Foundation
import Gzip
import SystemPackage
import Testing

@Suite("gzip")
struct GzipTests {
    @Test("gzip(1) reads what is written", arguments: [0, 1, 65535, 65536, 65537, 3_000_000])
    func roundTrip(_ count: Int) async throws {
        // Neither constant nor random: about as repetitive as a scrape.
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 % 97 ^ ($0 >> 11)) }
        let result = Gzip.compress(bytes.span)
        let compressed = try #require(result)
        #expect(count < 65535 || compressed.count < count / 2)
        #expect(try await Self.gunzip(compressed) == bytes)
    }

    /// What gzip(1) makes of bytes.
    static func gunzip(_ bytes: [UInt8]) async throws -> [UInt8] {
        try await TestServer.withFolder { folder in
            let file = URL(filePath: folder.appending("body.gz").string)
            try Data(bytes).write(to: file)
            let process = Process()
            let output = Pipe()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["gzip", "-dc", file.path]
            process.standardOutput = output
            try process.run()
            let result = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            return Array(result)
        }
    }
}
