import Foundation
import L2TPWire
import L2TPWireTestSupport
import Testing

/// The examples of the pages of the documentation are files of these tests, and do what the pages say.
@Suite struct ExampleTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    private static let pages = folder.appending(path: "../../Sources/L2TPWire/Documentation.docc")

    @Test(arguments: ["ControlMessages", "AttributeValuePairs", "DataMessagesOfL2TPv2", "DataMessagesOfL2TPv3"])
    func pageShowsTheTestedExample(name: String) throws {
        let page = try String(contentsOf: Self.pages.appending(path: "\(name).md"), encoding: .utf8)
        let example = try String(contentsOf: Self.folder.appending(path: "Examples/\(name).swift"), encoding: .utf8)
        let blocks = page.components(separatedBy: "```swift\n").dropFirst()
        #expect(blocks.count == 1, "every Swift block must be tested")
        #expect(try #require(blocks.first).components(separatedBy: "```").first == example)
    }

    /// No page has an example that is not among these, and each is linked from the first one.
    @Test func everyPage() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.pages.path(percentEncoded: false)).sorted()
        #expect(
            names == [
                "AttributeValuePairs.md", "ControlMessages.md", "DataMessagesOfL2TPv2.md", "DataMessagesOfL2TPv3.md",
                "L2TPWire.md",
            ])
        let first = try String(contentsOf: Self.pages.appending(path: "L2TPWire.md"), encoding: .utf8)
        for name in names.dropLast() { #expect(first.contains("<doc:\(name.dropLast(3))>")) }
        #expect(!first.contains("```swift"))
    }

    @Test func controlMessages() throws {
        let request = try #require(GoldenControlMessage.all.first { $0.name == "v3-icrq" }).bytes
        let header = ControlHeader(
            tunnelID: TunnelID(9), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(2), encapsulation: .udp)
        let result = try #require(try answer(request, localID: SessionID(7), header: header))
        let reply = try Hex.parse(
            "c803 0030 00000009 0001 0002 8008 0000 0000 000b 800a 0000 003f 00000007 800a 0000 0040 55667788 "
                + "8008 0000 0047 0003")
        #expect(result.reply == reply)
        let cookie = Cookie(0x0123_4567_89AB_CDEF as UInt64)
        #expect(result.data == (try DataHeader(encapsulation: .udp, sessionID: SessionID(0x5566_7788), cookie: cookie)))
        let hello = try #require(GoldenControlMessage.all.first { $0.name == "v3-hello" }).bytes
        #expect(try answer(hello, localID: SessionID(7), header: header) == nil)
    }

    @Test func endOfControlConnection() throws {
        let bytes = try stop(ours: TunnelID(7), text: "full\u{1B}")
        let expected = try Hex.parse(
            "c803 002d 00000009 0002 0001 8008 0000 0000 0004 800f 0000 0001 0002 0004 66756c6c1b "
                + "800a 0000 003d 00000007")
        #expect(bytes == expected)
        let findings = try ControlMessage(parsing: bytes.span, encapsulation: .udp).findings()
        #expect(findings.isEmpty)
        let reason = "general error: insufficient resources, \"full\\u{1B}\""
        #expect(try reasonOfEnd(bytes) == reason)
        let hello = try #require(GoldenControlMessage.all.first { $0.name == "v3-hello" }).bytes
        #expect(try reasonOfEnd(hello) == nil)
        let unknown = try Hex.parse("c803 001c 00000009 0002 0001 8008 0000 0000 0004 8008 0000 0001 0063")
        #expect(try reasonOfEnd(unknown) == "result code 99")
    }

    @Test func attributeValuePairs() throws {
        let message = try Hex.parse(
            "c803 003e 00000001 00000000 8008 0000 0000 0004 800e 0000 0001 0002 0008 41565020 800a 0000 003d 00000001 "
                + "000a 7ed9 0001 000000d7 0008 0009 0005 abcd")
        #expect(
            try describe(message) == [
                "18: Message Type 4 (StopCCN)", "26: Result Code, Result Code 2 (general error)",
                "28: Result Code, Error Code 8 (unknown AVP with the M bit set)",
                "30: Result Code, Error Message AVP ", "40: Assigned Control Connection ID 1", "50: Temperature 215",
                "60: AVP 9/5, 2 bytes",
            ])
    }

    @Test func dataOfVersion2() throws {
        let header = try DataHeaderV2(tunnelID: TunnelID(1), sessionID: SessionID(2), hasLength: true)
        let numbered = try Hex.parse("0802 1122 3344 0005 0000 aabb")
        let answer = try relay(numbered, header: header) { frame in [frame[1], frame[0]] }
        #expect(answer == (try Hex.parse("4802 000e 0001 0002 0000 0000 bbaa")))
        let plain = try relay(Hex.parse("0002 1122 3344 aa"), header: header) { _ in [] }
        #expect(plain == (try Hex.parse("4002 0008 0001 0002")))
        #expect(try relay(Hex.parse("00030000 00000001"), header: header) { _ in [] } == nil)
    }

    @Test func dataOfVersion3() throws {
        let format = DataFormat(cookieLength: .four, sublayer: .default)
        var counter = LossCounter(format: format, expectedCookie: Cookie(0xABCD_EF01 as UInt32))
        for (number, lost) in [(0xFFFFFE, 0), (0xFFFFFF, 0), (1, 1), (0, 1), (5, 4)] as [(UInt32, Int)] {
            let packet = "00000001 abcdef01 40" + String(String(0x100_0000 + number, radix: 16).dropFirst())
            #expect(try counter.count(Hex.parse(packet)))
            #expect(counter.lost == lost)
        }
        #expect(try !counter.count(Hex.parse("00000001 abcdef02 40000009")))
        #expect(try counter.count(Hex.parse("00000001 abcdef01 00000000")))
        #expect(throws: WireError(.truncated, at: 9, in: "L2-Specific Sublayer")) {
            try counter.count(Hex.parse("00000001 abcdef01 40"))
        }
        #expect(counter.lost == 4)
    }
}
