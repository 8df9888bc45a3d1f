import Foundation
import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import PacketCapture
import Testing

@Suite struct ReadmeTests {
    private func text(_ path: String...) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(contentsOf: path.reduce(folder) { $0.appending(path: $1) }, encoding: .utf8)
    }

    @Test func readmeShowsTheTestedExamples() throws {
        let readme = try text("..", "..", "README.md")
        let blocks = readme.components(separatedBy: "```swift\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(
            blocks == [
                try text("..", "PacketCaptureTests", "ReadmeExample.swift"), try text("ReadmeExample.swift"),
            ], "every Swift block must be tested")
    }

    @Test func exampleDescribes() throws {
        let arp = Frames.ethernet(0x0806, Frames.arp())
        let configured = Session(id: SessionID(7), sublayer: .none)
        let inferred = Session(cookie: Cookie(0x1122_3344 as UInt32))
        let messages = [
            try configured.message([1, 2, 3]), try inferred.message([1, 2, 3]), try inferred.message(arp),
            try controlMessage(.hello), try controlMessage(nil), try Hex.parse("0002 0007 0008 c021 0901"), [0x00],
        ]
        var writer = CaptureWriter(linkType: .raw)
        for message in messages {
            let packet = Frames.ipv4(17, Frames.udp(1701, 1701, message))
            writer.write(packet.span, at: 0)
        }
        let fragment = Frames.ipv4(17, [UInt8](repeating: 0, count: 8), fragment: 0x2000, id: 77)
        for packet in [Frames.ipv4(50, [1, 2, 3]), [0x45], fragment] { writer.write(packet.span, at: 0) }
        let known = KnownSession(
            encapsulation: .udp, sessionID: SessionID(7), format: configured.format, source: .configuration)
        #expect(
            try describe(writer.bytes, knowing: [known]) == [
                "1: session 7, cookie of 0 bytes, sublayer none (configuration): "
                    + "3 bytes, too few for an Ethernet frame",
                "2: session 1000, cookie of 4 bytes, sublayer default (inferred): "
                    + "3 bytes, too few for an Ethernet frame",
                "3: session 1000, cookie of 4 bytes, sublayer default (inferred): ARP who-has 10.0.0.2 tell 10.0.0.1",
                "4: HELLO, 1 AVPs", "5: ZLB", "6: session 8: LCP Echo-Request id 1",
                "7: no L2TP message; message is truncated, at byte 1 (Ver)", "8: ESP, which may hide L2TP",
                "9: packet is truncated, at byte 1 (IPv4 header)",
                "fragments of 10.0.0.1 > 10.0.0.2, protocol 17, identification 77, from packet 10: "
                    + "8 of an unknown number of bytes: fragments are missing at the end of the capture",
            ])
    }

    @Test func exampleReportsErrors() {
        #expect(throws: CaptureError.self) { try describe([1, 2, 3]) }
    }
}
