import CAllocationCounter
import L2TPWireTestSupport
import PacketCapture

/// A capture without end: its header once, its records again and again.
private struct EndlessCapture: ByteSource {
    private let bytes: [UInt8]
    private let headerByteCount: Int
    private var position = 0

    init(_ bytes: [UInt8], headerByteCount: Int) {
        self.bytes = bytes
        self.headerByteCount = headerByteCount
    }

    mutating func read(into buffer: inout [UInt8], from start: Int) throws(ByteSourceError) -> Int {
        let count = min(buffer.count - start, bytes.count - position)
        for index in 0..<count { buffer[start + index] = bytes[position + index] }
        position += count
        if position == bytes.count { position = headerByteCount }
        return count
    }
}

extension CountAllocations {
    /// Reads captures in both formats down to the UDP datagram.
    static func checkCaptures(_ succeeded: inout Bool) {
        // pcap, and pcapng with a section and an interface before the packet; the same frame in both.
        let frame = """
            020000000002 020000000001 8100 0064 0800
            45000020 00000000 40110000 c0000201 c0000202 06a506a5 000c0000 c8020000
            """
        let pcap = "a1b23c4d 0002 0004 00000000 00000000 00040000 00000001"
        let record = "6553f100 0001e240 00000032 00000032"
        let pcapng = """
            0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c
            00000001 00000014 0001 0000 00040000 00000014
            """
        let block = "00000006 00000054 00000000 00060a24 d1a8c000 00000032 00000032"
        count("pcap", pcap, record + frame, &succeeded)
        count("pcapng", pcapng, block + frame + "0000 00000054", &succeeded)
    }

    private static func count(_ name: String, _ header: String, _ record: String, _ succeeded: inout Bool) {
        guard let header = try? Hex.parse(header), let record = try? Hex.parse(record) else {
            return report("\(name): no hexadecimal digits", 1, expected: 0, &succeeded)
        }
        var reader = CaptureReader(EndlessCapture(header + record, headerByteCount: header.count))
        var reassembler = Reassembler()
        // The first packets make the buffer and the runtime's descriptions of types.
        var packetCount = read(100, &reader, &reassembler)
        let before = allocation_count()
        packetCount += read(repetitions, &reader, &reassembler)
        let allocations = allocation_count() - before
        report("\(name), down to UDP", allocations, expected: 0, &succeeded)
        if packetCount != repetitions + 100 { report("\(name): packets not read", 1, expected: 0, &succeeded) }
    }

    /// Returns how many packets were UDP datagrams with a payload.
    @inline(never)
    private static func read(_ count: Int, _ reader: inout CaptureReader, _ reassembler: inout Reassembler) -> Int {
        var datagramCount = 0
        for _ in 0..<count {
            do {
                guard let packet = try reader.next() else { return datagramCount }
                let network = try NetworkPacket(parsing: LinkFrame(parsing: packet))
                guard try reassembler.add(network, number: packet.number, at: packet.timestamp) == nil else { continue }
                let datagram = try UDPDatagram(parsing: network)
                datagramCount += datagram.payload.isEmpty ? 0 : 1
            } catch {
                return datagramCount
            }
        }
        return datagramCount
    }
}
