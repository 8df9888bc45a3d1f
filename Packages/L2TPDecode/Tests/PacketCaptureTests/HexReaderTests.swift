import L2TPWireTestSupport
import PacketCapture
import Testing

@Suite struct HexReaderTests {
    private func read(
        _ text: String, lines: HexReader.Lines = .packetEach, chunkByteCount: Int = .max
    ) -> Reading<HexError> {
        Reading(HexReader(MemorySource(Array(text.utf8), chunkByteCount: chunkByteCount), linkType: .raw, lines: lines))
    }

    @Test func plainDigits() {
        let reading = read("450000\n# a comment\n\n 0x60 00:00 \t11\r\naB")
        #expect(reading.error == nil)
        #expect(reading.packets.map(\.bytes) == [[0x45, 0, 0], [0x60, 0, 0, 0x11], [0xab]])
        #expect(reading.packets.map(\.number) == [1, 2, 3])
        #expect(
            reading.packets.allSatisfy {
                $0.linkType == .raw && $0.nanoseconds == nil && $0.originalLength == $0.bytes.count
            })
        let one = read("4500\n00\n\n# more\n01", lines: .onePacket)
        #expect(one.packets.map(\.bytes) == [[0x45, 0, 0, 1]])
        #expect(read("").packets.isEmpty)
        #expect(read("\n# nothing\n").error == nil)
    }

    /// The offset dumps of well-known programs, of the same 20 bytes.
    static let dumps = [
        // tcpdump -xx
        """
        12:34:56.789012 IP 192.0.2.1.1701 > 192.0.2.2.1701: UDP, length 12
        \t0x0000:  4500 0014 6162 4000 4011 0000 c000 0201
        \t0x0010:  c000 0202
        """,
        // tcpdump -XX
        """
        12:34:56.789012 IP 192.0.2.1 > 192.0.2.2: ip-proto-17 0
        \t0x0000:  4500 0014 6162 4000 4011 0000 c000 0201  E...ab@.@.......
        \t0x0010:  c000 0202                                ....
        """,
        // xxd
        """
        00000000: 4500 0014 6162 4000 4011 0000 c000 0201  E...ab@.@.......
        00000010: c000 0202                                ....
        """,
        // tshark -x, as text2pcap reads it
        """
        Packet (20 bytes)
        0000  45 00 00 14 61 62 40 00 40 11 00 00 c0 00 02 01   E...ab@.@.......
        0010  c0 00 02 02                                       ....

        """,
        // hexdump -C
        """
        00000000  45 00 00 14 61 62 40 00  40 11 00 00 c0 00 02 01  |E...ab@.@.......|
        00000010  c0 00 02 02                                       |....|
        00000014
        """,
        // od -Ax -tx1
        """
        000000 45 00 00 14 61 62 40 00 40 11 00 00 c0 00 02 01
        000010 c0 00 02 02
        000014
        """,
    ]

    @Test(arguments: dumps) func offsetDumps(dump: String) throws {
        let packet = try Hex.parse("45000014 61624000 40110000 c0000201 c0000202")
        for text in [dump, dump + "\n"] {
            #expect(read(text).packets.map(\.bytes) == [packet])
            #expect(read(text).error == nil)
            #expect(read(text + "\n" + dump, chunkByteCount: 5).packets.map(\.bytes) == [packet, packet])
        }
    }

    /// Lines that hexdump -C, od and xxd -a leave out.
    @Test func repeatedLines() throws {
        let zeros = String(repeating: " 00", count: 16)
        let packet = [UInt8](repeating: 0, count: 64) + [1, 2]
        for dump in [
            "00000000 \(zeros)  |................|\n*\n00000040  01 02  |..|\n00000042\n",
            "000000\(zeros)\n*\n000040 01 02\n000042\n",
            "00000000:\(zeros)  ................\n*\n00000030:\(zeros)  ................\n00000040: 0102  ..\n",
        ] {
            for text in [dump, dump + "\n" + dump] {
                let reading = read(text)
                #expect(reading.error == nil)
                #expect(reading.packets.map(\.bytes) == Array(repeating: packet, count: text == dump ? 1 : 2))
            }
        }
        // The same lines to the very end, of which the offset alone tells.
        #expect(read("000000\(zeros)\n*\n000030\n").packets.map(\.bytes.count) == [48])
    }

    /// tshark -x shows what it has made of a packet, too, under a title.
    @Test func derivedBytes() {
        let text = """
            0000  45 00 00 14                                       E...

            Frame (3 bytes):
            0000  01 02 03                                          ...
            Reassembled IPv4 (34 bytes):
            # a note
            0000  45 00 00 14 61 62 40 00 40 11 00 00 c0 00 02 01   E...ab@.@.......
            0010  45 00 00 14 61 62 40 00 40 11 00 00 c0 00 02 01   E...ab@.@.......
            0020  aa bb                                             ..

            0000  60 00                                             `.

            """
        let reading = read(text)
        #expect(reading.error == nil)
        #expect(reading.packets.map(\.bytes) == [[0x45, 0, 0, 0x14], [1, 2, 3], [0x60, 0]])
        let first = read("Frame (1 byte):\n0000  01\nDecrypted (1 byte):\n0000  02\nMore (1 byte):\n0000  03\n")
        #expect(first.packets.map(\.bytes) == [[1]])
        // Titles of other programs are passed over, and what looks like one among the characters.
        let others = read("Sent (1 byte):\n0000  01   .\nReceived (1 byte):\n0000  02   (1 byte):\n0001  03\n")
        #expect(others.packets.map(\.bytes) == [[1], [2, 3]])
    }

    @Test(
        arguments: [
            ("0000: 4500\n*\n0003: 00", 0, "line 3, column 1: wrong offset: 0x3, but 0x2 bytes stand before it"),
            (
                "0000: 4500\n*\nfffffff0: 00", 0,
                "line 3, column 1: wrong offset: 0xfffffff0, but 0x2 bytes stand before it"
            ),
            ("0000: 4500\n  *\ntext\n", 0, "line 2, column 3: wrong offset: none tells how many lines * stands for"),
            ("0000: 4500\n*\n0000: 4500", 0, "line 2, column 1: wrong offset: none tells how many lines * stands for"),
            ("4500\n45g0", 1, "line 2, column 3: not hexadecimal: 'g' is no hexadecimal digit"),
            ("45 0", 0, "line 1, column 4: odd number of digits: 1 digits together, a byte has two"),
            ("0x", 0, "line 1, column 3: odd number of digits: 0 digits together, a byte has two"),
            ("\u{7}", 0, "line 1, column 1: not hexadecimal: byte 0x7 is no hexadecimal digit"),
            ("hello\n4500", 0, "line 1, column 1: not hexadecimal: 'h' is no hexadecimal digit"),
            ("hello", 0, "line 1, column 1: not hexadecimal: 'h' is no hexadecimal digit"),
            ("0000: 4500\n0010: 00", 0, "line 2, column 1: wrong offset: 0x10, but 0x2 bytes stand before it"),
            (
                "0000: 4500 0x", 0,
                "line 1, column 13: not hexadecimal: 'x' among the bytes; two blanks set their characters off"
            ),
            ("0000: 4500 00\n0003: 450", 0, "line 2, column 7: odd number of digits: 3 digits, a byte has two"),
            (
                "0000: 4500\n0000: 4g", 1,
                "line 2, column 8: not hexadecimal: 'g' among the bytes; two blanks set their characters off"
            ),
        ])
    func errors(text: String, packets: Int, description: String) {
        let reading = read(text)
        #expect(reading.packets.count == packets)
        #expect(reading.error?.description == description)
    }

    @Test func bounds() {
        #expect(read(String(repeating: "00", count: 262_145)).error?.code == .tooLong)
        #expect(read(String(repeating: "00", count: 262_144)).packets.count == 1)
        #expect(read(String(repeating: " ", count: 2 << 20)).error?.code == .tooLong)
    }

    @Test func roundTrip() {
        var generator = SeededGenerator(for: "HexReaderTests.roundTrip")
        let packets = (0..<50).map { _ in generator.bytes(Int.random(in: 1...100, using: &generator)) }
        let text = packets.map { Hex.print($0, groupByteCount: Int.random(in: 0...4, using: &generator)) }
            .joined(separator: "\n")
        #expect(read(text).packets.map(\.bytes) == packets)
        #expect(read(text, lines: .onePacket).packets.map(\.bytes) == [packets.flatMap { $0 }])
    }

    @Test func randomTextNeverTraps() {
        var generator = SeededGenerator(for: "HexReaderTests.randomTextNeverTraps")
        let alphabet = Array("000011aBxg:# |*\t\n\n".utf8)
        for _ in 0..<5000 {
            let count = Int.random(in: 0...80, using: &generator)
            let text = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let reading = read(String(decoding: text, as: UTF8.self))
            if let error = reading.error { #expect(error.line >= 1 && error.column >= 1) }
        }
    }
}
