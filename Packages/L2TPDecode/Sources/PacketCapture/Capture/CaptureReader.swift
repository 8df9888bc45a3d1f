/// Reads a capture in the formats pcap and pcapng, packet by packet, in little memory.
///
/// What is in memory is one buffer, which grows to the largest record, 1 MiB at most. Packets are views into it, so
/// that reading allocates nothing once the buffer is large enough.
public struct CaptureReader: PacketSource, ~Copyable {
    /// The most bytes a packet may have (libpcap's `MAXIMUM_SNAPLEN`); a larger number is a damaged file.
    public static let largestPacket = 262_144
    /// The most bytes a pcapng block that has to be understood may have.
    static let largestKnownBlock = 1 << 20
    /// The most bytes any pcapng block may have; as Wireshark's.
    static let largestBlock = 16 << 20
    /// The most interfaces a pcapng section may describe.
    static let mostInterfaces = 65_536

    enum Stage {
        case start
        case pcap
        case pcapng
        case end
    }

    /// An interface of a pcapng section, or the only one of a pcap file.
    struct Interface {
        var linkType: LinkType
        /// The most bytes kept of a packet; 0 for no limit.
        var snapLength: Int
        var unit: TimestampUnit
    }

    /// A record of which the packet is to be delivered.
    struct Record {
        var timestamp: Timestamp?
        var linkType: LinkType
        var originalLength: Int
        /// Where the packet begins, in bytes from the start of the record.
        var packetOffset: Int
        var packetByteCount: Int
        /// The whole record with header, padding, options.
        var byteCount: Int
    }

    var input: InputBuffer
    var stage = Stage.start
    var order = ByteOrder.big
    var interfaces: [Interface] = []
    private var packetCount = 0
    /// What the last packet occupies, which is given up only when the next one is asked for.
    private var delivered = 0

    /// Reads a capture from a stream.
    ///
    /// - Parameter source: The capture's bytes, not compressed.
    public init(_ source: consuming some ByteSource & ~Copyable) {
        input = InputBuffer(consume source)
    }

    /// The next packet, borrowed until the next call; nil at the end, and after an error.
    ///
    /// - Throws: ``CaptureError``, after every packet before the damage has been delivered.
    @_lifetime(&self)
    public mutating func next() throws(CaptureError) -> CapturedPacket? {
        input.drop(delivered)
        delivered = 0
        let record: Record?
        do throws(CaptureError) {
            record = try nextRecord()
        } catch {
            stage = .end
            throw error
        }
        guard let record else {
            stage = .end
            return nil
        }
        delivered = record.byteCount
        packetCount += 1
        let range = record.packetOffset..<record.packetOffset + record.packetByteCount
        return CapturedPacket(
            number: packetCount, timestamp: record.timestamp, linkType: record.linkType,
            originalLength: record.originalLength, offset: input.offset + record.packetOffset,
            bytes: input.bytes.extracting(range))
    }

    private mutating func nextRecord() throws(CaptureError) -> Record? {
        if stage == .start { try readMagic() }
        switch stage {
        case .pcap: return try nextPCAPRecord()
        case .pcapng: return try nextPCAPNGRecord()
        case .start, .end: return nil
        }
    }

    private mutating func readMagic() throws(CaptureError) {
        try require(4, "Magic Number")
        switch input.bytes.bigEndian(UInt32.self, at: 0) {
        case 0xa1b2_c3d4: try readPCAPHeader(.big, .microseconds)
        case 0xd4c3_b2a1: try readPCAPHeader(.little, .microseconds)
        case 0xa1b2_3c4d: try readPCAPHeader(.big, .nanoseconds)
        case 0x4d3c_b2a1: try readPCAPHeader(.little, .nanoseconds)
        case 0x0a0d_0d0a: stage = .pcapng
        case 0xa1b2_cd34, 0x34cd_b2a1:
            throw CaptureError(
                .unsupportedFormat, at: 0, in: "Magic Number",
                "Kuznetzov's modified pcap; editcap can convert it to pcap")
        default:
            throw CaptureError(
                .unknownFormat, at: 0, in: "Magic Number",
                "a pcap file begins with a1b2c3d4, a pcapng file with 0a0d0d0a")
        }
    }

    /// The number at an offset within the record, whose bytes are there.
    func number<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type, at offset: Int) -> Number {
        input.bytes.number(at: offset, order)
    }

    /// The error of a capture that ends within the record.
    func truncation(_ field: String) -> CaptureError {
        let place = input.offset == 0 ? nil : "the record begins at byte \(input.offset)"
        return CaptureError(.truncated, at: input.endOffset, in: field, place)
    }

    /// Makes so many bytes be there, from the start of the record.
    mutating func require(_ byteCount: Int, _ field: String) throws(CaptureError) {
        guard try input.fill(to: byteCount) else { throw truncation(field) }
    }

    /// An error at an offset within the record.
    func error(_ code: CaptureError.Code, at offset: Int, in field: String, _ detail: String) -> CaptureError {
        CaptureError(code, at: input.offset + offset, in: field, detail)
    }
}
