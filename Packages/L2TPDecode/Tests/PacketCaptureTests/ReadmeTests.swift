import CaptureFiles
import Foundation
import L2TPWireTestSupport
import PacketCapture
import SystemPackage
import Testing

@Suite struct ReadmeTests {
    private func text(_ path: String...) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(contentsOf: path.reduce(folder) { $0.appending(path: $1) }, encoding: .utf8)
    }

    @Test func readmeShowsTheTestedExample() throws {
        let readme = try text("..", "..", "README.md")
        let blocks = readme.components(separatedBy: "```swift\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(blocks.contains(try text("ReadmeExample.swift")))
    }

    @Test func exampleCounts() throws {
        var writer = CaptureWriter(linkType: .ethernet)
        let datagram = Frames.udp(to: 1701, [UInt8](repeating: 7, count: 24))
        let frames = [
            Frames.ethernet(.arp, [0, 1]),
            Frames.ethernet(.ipv4, Frames.ipv4(.udp, datagram)),
            Frames.ethernet(.ipv4, Frames.ipv4(.udp, Array(datagram[..<16]), hasMore: true)),
            Frames.ethernet(.ipv4, Frames.ipv4(.udp, Array(datagram[16...]), offset: 16)),
            Frames.ethernet(.ipv6, Frames.ipv6(.udp, Frames.udp(to: 53, [1]))),
            Array(Frames.ethernet(.ipv6, Frames.ipv6(.udp, Frames.udp(to: 53, [1]))).dropLast()),
            Frames.ethernet(.ipv4, Frames.ipv4(.udp, Array(datagram[..<16]), hasMore: true)),
        ]
        for frame in frames { writer.write(frame.span, at: 0) }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pcap")
        try Data(writer.bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let (bytes, remarks) = try payloadBytes(of: FilePath(file.path))
        #expect(bytes == [1701: 48, 53: 1])
        #expect(remarks.count == 2)
        #expect(
            remarks.first
                == "packet 6: packet is truncated, at byte 62 (IPv6 Payload Length): it says 49 bytes, 48 are there")
    }
}
