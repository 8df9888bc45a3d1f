import L2TPWireTestSupport
import PacketCapture
import Testing

/// Files constructed from draft-ietf-opsawg-pcap §4 (file header) and §5 (packet record).
@Suite struct PCAPTests {
    /// Magic, version 2.4, two reserved words, snap length 262144, link type 1; one record of 1700000000 s and 123456
    /// units, 3 of 60 bytes.
    static let files: [(hexadecimal: String, digits: Int, nanoseconds: Int64)] = [
        (
            "a1b2c3d4 0002 0004 00000000 00000000 00040000 00000001 6553f100 0001e240 00000003 0000003c aabbcc",
            6, 1_700_000_000_123_456_000
        ),
        (
            "d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000 00f15365 40e20100 03000000 3c000000 aabbcc",
            6, 1_700_000_000_123_456_000
        ),
        (
            "a1b23c4d 0002 0004 00000000 00000000 00040000 00000001 6553f100 0001e240 00000003 0000003c aabbcc",
            9, 1_700_000_000_000_123_456
        ),
        (
            "4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000 00f15365 40e20100 03000000 3c000000 aabbcc",
            9, 1_700_000_000_000_123_456
        ),
    ]

    @Test(arguments: 0..<4) func goldenFiles(index: Int) throws {
        let file = Self.files[index]
        let reading = try Reading(hexadecimal: file.hexadecimal)
        #expect(reading.error == nil)
        let packet = try #require(reading.packets.first)
        #expect(reading.packets.count == 1)
        #expect(packet.number == 1)
        #expect(packet.nanoseconds == file.nanoseconds)
        #expect(packet.fractionDigits == file.digits)
        #expect(packet.linkType == .ethernet)
        #expect(packet.originalLength == 60)
        #expect(packet.bytes == [0xaa, 0xbb, 0xcc])
    }

    /// Every prefix: the packets that are whole, then an error that points at the first missing byte.
    @Test(arguments: 0..<4) func truncation(index: Int) throws {
        let bytes = try Hex.parse(Self.files[index].hexadecimal) + Hex.parse(Self.files[index].hexadecimal)[24...]
        for count in 0...bytes.count {
            let reading = Reading(Array(bytes.prefix(count)))
            let isWhole = [24, 43, 62].contains(count)
            #expect(reading.packets.count == (count == 62 ? 2 : count >= 43 ? 1 : 0))
            #expect(reading.error?.code == (isWhole ? nil : .truncated))
            #expect(reading.error?.offset == (isWhole ? nil : count))
        }
    }

    @Test func truncationSaysWhere() throws {
        let bytes = try Hex.parse(Self.files[0].hexadecimal)
        #expect(
            Reading(Array(bytes.dropLast())).error?.description
                == "capture ends too soon, at byte 42 (Packet Data): the record begins at byte 24")
        #expect(Reading([]).error?.description == "capture ends too soon, at byte 0 (Magic Number)")
    }

    @Test func absurdLength() throws {
        let file = Self.files[0].hexadecimal + "00000000 00000000 00040001 00000001"
        let reading = try Reading(hexadecimal: file)
        #expect(reading.packets.count == 1)
        #expect(
            reading.error
                == CaptureError(
                    .badLength, at: 51, in: "Captured Packet Length", "262145 bytes, a packet has at most 262144"))
    }

    @Test func otherFormats() throws {
        let modified = try Reading(hexadecimal: "a1b2cd34 0002 0004")
        #expect(modified.error?.code == .unsupportedFormat)
        let text = Reading(Array("hello".utf8))
        #expect(text.error?.code == .unknownFormat)
        #expect(text.error?.offset == 0)
        let old = try Reading(hexadecimal: "a1b2c3d4 0002 0002 00000000 00000000 00040000 00000001")
        #expect(old.error == CaptureError(.unsupportedFormat, at: 4, in: "Major Version", "version 2.2, 2.4 is usual"))
    }

    /// The upper bits of the link type tell of a frame check sequence (§4).
    @Test func linkTypeWithoutCheckSequenceBits() throws {
        let reading = try Reading(
            hexadecimal: "a1b2c3d4 0002 0004 00000000 00000000 00040000 24000071 00000000 00000000 00000000 00000000")
        #expect(reading.packets.map(\.linkType) == [.linuxCooked])
    }

    @Test(arguments: CaptureWriter.Resolution.allCases) func roundTrip(resolution: CaptureWriter.Resolution) {
        var generator = SeededGenerator(for: "PCAPTests.roundTrip")
        var writer = CaptureWriter(linkType: .raw, resolution: resolution, snapLength: 1000)
        var written: [(bytes: [UInt8], nanoseconds: Int64)] = []
        for _ in 0..<500 {
            let packet = (
                generator.bytes(Int.random(in: 0...1500, using: &generator)),
                Int64.random(in: 0..<4_294_967_295_999_999_999, using: &generator)
            )
            written.append(packet)
            writer.write(packet.0.span, at: packet.1)
        }
        for chunkByteCount in [1, 7, 4096, .max] {
            let reading = Reading(writer.bytes, chunkByteCount: chunkByteCount)
            #expect(reading.error == nil)
            #expect(reading.packets.map(\.number) == Array(1...500))
            let unit: Int64 = resolution == .microseconds ? 1000 : 1
            for (packet, original) in zip(reading.packets, written) {
                #expect(packet.bytes == Array(original.bytes.prefix(1000)))
                #expect(packet.originalLength == original.bytes.count)
                #expect(packet.nanoseconds == original.nanoseconds / unit * unit)
            }
        }
    }

    /// A packet larger than the buffer at first is.
    @Test func largestPacket() {
        let packet = [UInt8](repeating: 0x5a, count: CaptureReader.largestPacket)
        var writer = CaptureWriter(linkType: .ethernet)
        for _ in 0..<3 { writer.write(packet.span, at: 0) }
        let reading = Reading(writer.bytes, chunkByteCount: 100_000)
        #expect(reading.error == nil)
        #expect(reading.packets.map(\.bytes) == [packet, packet, packet])
    }
}
