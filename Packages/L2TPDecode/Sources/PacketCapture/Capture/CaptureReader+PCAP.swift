// The format pcap: draft-ietf-opsawg-pcap, "PCAP Capture File Format".

extension CaptureReader {
    private static let headerByteCount = 24
    private static let recordHeaderByteCount = 16

    /// Reads the file header (§4 of the draft).
    mutating func readPCAPHeader(_ order: ByteOrder, _ unit: TimestampUnit) throws(CaptureError) {
        try require(Self.headerByteCount, "File Header")
        self.order = order
        let (major, minor) = (number(UInt16.self, at: 4), number(UInt16.self, at: 6))
        // Before version 2.3 the two lengths of a record were in the other order.
        guard major == 2, minor >= 3 else {
            throw CaptureError(
                .unsupportedFormat, at: 4, in: "Major Version", "version \(major).\(minor), 2.4 is usual")
        }
        // The upper bits tell of a frame check sequence.
        let linkType = LinkType(rawValue: number(UInt32.self, at: 20) & 0x03ff_ffff)
        interfaces = [Interface(linkType: linkType, snapLength: 0, unit: unit)]
        stage = .pcap
        input.drop(Self.headerByteCount)
    }

    /// Reads a packet record (§5 of the draft).
    mutating func nextPCAPRecord() throws(CaptureError) -> Record? {
        guard try input.fill(to: Self.recordHeaderByteCount) else {
            if input.count == 0 { return nil }
            throw truncation("Packet Record")
        }
        let seconds = number(UInt32.self, at: 0)
        let fraction = number(UInt32.self, at: 4)
        let captured = Int(number(UInt32.self, at: 8))
        let original = Int(number(UInt32.self, at: 12))
        guard captured <= Self.largestPacket else {
            throw error(
                .badLength, at: 8, in: "Captured Packet Length",
                "\(captured) bytes, a packet has at most \(Self.largestPacket)")
        }
        let isFine = interfaces[0].unit == .nanoseconds
        let nanoseconds = Int64(seconds) * 1_000_000_000 + Int64(fraction) * (isFine ? 1 : 1000)
        let timestamp = Timestamp(nanoseconds: nanoseconds, fractionDigits: isFine ? 9 : 6)
        let byteCount = Self.recordHeaderByteCount + captured
        try require(byteCount, "Packet Data")
        return Record(
            timestamp: timestamp, linkType: interfaces[0].linkType, originalLength: original,
            packetOffset: Self.recordHeaderByteCount, packetByteCount: captured, byteCount: byteCount)
    }
}
