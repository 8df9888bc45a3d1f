import Foundation
import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct ReadmeTests {
    private func text(_ path: String...) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(contentsOf: path.reduce(folder) { $0.appending(path: $1) }, encoding: .utf8)
    }

    @Test func readmeShowsTheTestedExample() throws {
        let readme = try text("..", "..", "README.md")
        let afterFence = try #require(readme.components(separatedBy: "```swift\n").dropFirst().first)
        let block = try #require(afterFence.components(separatedBy: "```").first)
        #expect(block == (try text("ReadmeExample.swift")))
        #expect(readme.components(separatedBy: "```swift").count == 2, "every Swift block must be tested")
    }

    @Test func exampleAnswers() throws {
        let datagram = try Hex.parse("00030000 000003e8 fedcba98 76543210 00000000 a1a2a3")
        let answer = try Hex.parse("00030000 000007d0 01234567 89abcdef 00000000 a1a2a3")
        #expect(try echo(datagram, session: Session()) == answer)
    }

    @Test func exampleIgnoresWhatIsNotForUs() throws {
        let otherSession = try Hex.parse("00030000 000003e9 fedcba98 76543210 00000000 a1a2a3")
        let otherCookie = try Hex.parse("00030000 000003e8 fedcba98 76543211 00000000 a1a2a3")
        #expect(try echo(otherSession, session: Session()) == nil)
        #expect(try echo(otherCookie, session: Session()) == nil)
        for vector in GoldenVector.control where vector.encapsulation == .udp {
            #expect(try echo(vector.bytes, session: Session()) == nil)
        }
    }

    @Test func exampleReportsErrors() throws {
        let cut = try Hex.parse("00030000 000003e8 fedcba98")
        #expect(throws: WireError(.truncated, at: 12, in: "Cookie")) { try echo(cut, session: Session()) }
    }

    /// The message has what RFC 3931 §6.6 wants.
    @Test func exampleRequests() throws {
        let expected = try Hex.parse(
            "c803 0061 00000009 0002 0001 8008 0000 0000 000a 800a 0000 003f 000003e8 800a 0000 0040 00000000 "
                + "000a 0000 000f 00000001 8008 0000 0044 0005 8009 0000 0042 6c616e 8008 0000 0047 0003 "
                + "800e 0000 0041 fedcba98 76543210 8008 0000 0045 0001")
        let bytes = try request(for: Session())
        #expect(bytes == expected)
        let findings = try ControlMessage(parsing: bytes.span, encapsulation: .udp).findings()
        #expect(findings.isEmpty)
    }

    @Test func exampleMTU() {
        #expect(Session().interfaceMTU(pathMTU: 1500) == 1438)
    }
}
