import Foundation
import L2TPWire
import L2TPWireCrypto
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

    @Test func exampleReadsWhatIsAuthentic() throws {
        let secret = SharedSecret(Vectors.secret)
        let header = ControlHeader(tunnelID: TunnelID(0), ns: .first, nr: .first, encapsulation: .udp)
        var writer = ControlMessageWriter(header, type: .startControlConnectionRequest)
        try writer.appendMessageDigest(.hmacSHA1)
        try writer.append(AttributeType(60), isMandatory: true, value: [1, 2, 3, 4].span)
        let key = MessageDigestKey(secret)
        let message = try writer.authenticated(with: key, encapsulation: .udp, nonces: .none)
        #expect(try routerID(in: message, secret: secret) == 0x0102_0304)
        #expect(try routerID(in: Vectors.requestMD5, secret: secret) == nil)
        #expect(throws: MessageDigestError.wrong) { try routerID(in: message, secret: SharedSecret("guess")) }
    }
}
