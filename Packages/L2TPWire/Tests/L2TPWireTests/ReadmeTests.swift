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

    @Test func exampleMTU() {
        #expect(Session().interfaceMTU(pathMTU: 1500) == 1438)
    }
}
