import L2TPWireTestSupport
import PacketCapture
import Testing

/// Files constructed from draft-ietf-opsawg-pcapng.
@Suite struct PCAPNGTests {
    /// §4.1, §4.2, §4.3: a section of most significant byte first, an interface with if_tsresol 9 and a name, a packet.
    static let big = """
        0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c
        00000001 00000028 0001 0000 00040000 0002 0003 65746800 0009 0001 09000000 0000 0000 00000028
        00000006 00000024 00000000 17979cfe 3e9d1040 00000003 0000003c aabbcc00 00000024
        """
    /// The same, least significant byte first, with microseconds by default.
    static let little = """
        0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000
        01000000 14000000 7100 0000 00000400 14000000
        06000000 24000000 00000000 240a0600 00c0a8d1 03000000 03000000 aabbcc00 24000000
        """

    @Test func bigEndian() throws {
        let reading = try Reading(hexadecimal: Self.big)
        #expect(reading.error == nil)
        let packet = try #require(reading.packets.first)
        #expect(reading.packets.count == 1)
        #expect(packet.linkType == .ethernet)
        #expect(packet.nanoseconds == 0x1797_9cfe_3e9d_1040)
        #expect(packet.fractionDigits == 9)
        #expect(packet.originalLength == 60)
        #expect(packet.bytes == [0xaa, 0xbb, 0xcc])
    }

    @Test func littleEndian() throws {
        let reading = try Reading(hexadecimal: Self.little)
        #expect(reading.error == nil)
        let packet = try #require(reading.packets.first)
        #expect(packet.linkType == .linuxCooked)
        #expect(packet.nanoseconds == 1_700_003_112_861_696_000)
        #expect(packet.fractionDigits == 6)
    }

    /// A new section has its own byte order and its own interfaces (§4.1).
    @Test func sections() throws {
        let reading = try Reading(hexadecimal: Self.big + Self.little + Self.big)
        #expect(reading.error == nil)
        #expect(reading.packets.map(\.linkType) == [.ethernet, .linuxCooked, .ethernet])
        #expect(reading.packets.map(\.number) == [1, 2, 3])
        let header = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"
        let packet = "06000000 24000000 00000000 00000000 00000000 03000000 03000000 aabbcc00 24000000"
        let forgotten = try Reading(hexadecimal: Self.big + header + packet)
        #expect(forgotten.error?.code == .unknownInterface)
        #expect(forgotten.error?.offset == 104 + 28 + 8)
        #expect(forgotten.packets.count == 1)
    }

    /// §4.4 Simple Packet Block (cut at the interface's snap length 4), Appendix A Packet Block, and blocks that are
    /// skipped: Name Resolution (4) and one of nobody.
    @Test func otherBlocks() throws {
        let reading = try Reading(
            hexadecimal: """
                0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c
                00000001 00000014 0065 0000 00000004 00000014
                00000003 00000014 00000009 45000009 00000014
                00000004 00000010 00000000 00000010
                0badcafe 0000000c 0000000c
                00000002 00000028 0000 0007 00000000 00000001 00000002 00000002 6000 0000 00000000 00000028
                """)
        #expect(reading.error == nil)
        #expect(reading.packets.count == 2)
        #expect(reading.packets.first?.bytes == [0x45, 0, 0, 9])
        #expect(reading.packets.first?.originalLength == 9)
        #expect(reading.packets.first?.nanoseconds == nil)
        #expect(reading.packets.last?.bytes == [0x60, 0])
        #expect(reading.packets.last?.nanoseconds == 1000)
        #expect(reading.packets.allSatisfy { $0.linkType == .raw })
    }

    /// if_tsresol (a power of 10, a power of 2) and if_tsoffset (§4.2).
    @Test(
        arguments: [
            ("00", 3, 3_000_000_000, 0), ("03", 3, 3_000_000, 3), ("0c", 3000, 3, 9), ("8a", 512, 500_000_000, 4),
            ("bf", 1 << 62, 500_000_000, 9), ("ff", 1 << 62, 0, 9), ("7f", 1 << 62, 0, 9),
        ])
    func resolution(option: String, ticks: Int, nanoseconds: Int, digits: Int) throws {
        let time = Hex.print(Frames.bigEndian(ticks, 8))
        let reading = try Reading(
            hexadecimal: """
                0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c
                00000001 00000028 0001 0000 00000000 0009 0001 \(option)000000 000e 0008 0000000000000002 00000028
                00000006 00000020 00000000 \(time) 00000000 00000000 00000020
                """)
        #expect(reading.error == nil)
        #expect(reading.packets.first?.nanoseconds == Int64(nanoseconds + 2_000_000_000))
        #expect(reading.packets.first?.fractionDigits == digits)
    }

    @Test func timeBeyondAllTimes() throws {
        let reading = try Reading(
            hexadecimal: """
                0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c
                00000001 00000014 0001 0000 00000000 00000014
                00000006 00000020 00000000 ffffffff ffffffff 00000000 00000000 00000020
                """)
        #expect(reading.error == nil)
        #expect(reading.packets.map(\.nanoseconds) == [nil])
    }

    /// Every prefix: an error at the first missing byte, unless a block ends there.
    @Test(arguments: [big, little]) func truncation(file: String) throws {
        let bytes = try Hex.parse(file + file)
        // Where blocks end: the length of each block stands at its end.
        var ends: Set<Int> = [0]
        var end = 0
        let isBig = file == Self.big
        while end < bytes.count {
            end += isBig ? Int(bytes[end + 7]) : Int(bytes[end + 4])
            ends.insert(end)
        }
        #expect(ends.count == 7)
        for count in 0...bytes.count {
            for chunkByteCount in [3, Int.max] {
                let reading = Reading(Array(bytes.prefix(count)), chunkByteCount: chunkByteCount)
                #expect(reading.packets.count == (count == bytes.count ? 2 : count >= bytes.count / 2 ? 1 : 0))
                let isWhole = ends.contains(count) && count > 0
                #expect(reading.error?.code == (isWhole ? nil : .truncated))
                #expect(reading.error?.offset == (isWhole ? nil : count))
            }
        }
    }

    static let header = "0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c"
    static let interface = "00000001 00000014 0001 0000 00000000 00000014"

    @Test(
        arguments: [
            ("0a0d0d0a 0000001c 1a2b3c4e 0001 0000 ffffffffffffffff 0000001c", "wrong byte-order magic", 8),
            ("0a0d0d0a 0000001c 1a2b3c4d 0002 0000 ffffffffffffffff 0000001c", "unsupported capture format", 12),
            ("0a0d0d0a 00000014 1a2b3c4d 0001 0000 00000014", "wrong length", 4),
            (header + "00000006 0000000b", "wrong length", 32),
            (header + "00000006 00000008", "wrong length", 32),
            (header + "0badcafe fffffffc", "wrong length", 32),
            (header + "0badcafe 0000000c 00000010", "wrong length", 36),
            (header + "00000006 00200000", "wrong length", 32),
            (header + "00000001 00000014 0001 0000 00000000 00000018", "wrong length", 44),
            (header + "00000001 00000018 0001 0000 00000000 00090004 00000018", "wrong length", 46),
            (
                header + "00000001 0000001c 0001 0000 00000000 00090002 00000000 0000001c", "wrong length", 46
            ),
            (header + "00000003 00000010 00000000 00000010", "packet of an undescribed interface", 28),
            (header + interface + "00000003 00000010 00000001 00000010", "wrong length", 56),
            (
                header + interface + "00000006 00000020 00000001 0000000000000000 00000000 00000000 00000020",
                "packet of an undescribed interface", 56
            ),
            (
                header + interface + "00000006 00000020 00000000 0000000000000000 00000001 00000001 00000020",
                "wrong length", 68
            ),
        ])
    func damage(file: String, code: String, offset: Int) throws {
        let reading = try Reading(hexadecimal: file)
        #expect(reading.packets.isEmpty)
        #expect(reading.error?.code.rawValue == code)
        #expect(reading.error?.offset == offset)
    }

    /// A skipped block may be larger than the buffer.
    @Test func largeUnknownBlock() throws {
        let length = "00200000"
        var bytes = try Hex.parse(Self.header + Self.interface + "0badcafe" + length)
        bytes += [UInt8](repeating: 0x55, count: 0x20_0000 - 12)
        bytes += try Hex.parse(length + "00000006 00000020 00000000 0000000000000000 00000000 00000000 00000020")
        let reading = Reading(bytes)
        #expect(reading.error == nil)
        #expect(reading.packets.count == 1)
    }
}
