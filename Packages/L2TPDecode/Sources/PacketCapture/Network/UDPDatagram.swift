/// A UDP datagram (RFC 768): a view that borrows its bytes.
public struct UDPDatagram: ~Escapable {
    /// Length of the header in bytes.
    public static let headerByteCount = 8

    /// The sender's port.
    public let sourcePort: UInt16
    /// The receiver's port.
    public let destinationPort: UInt16
    /// The checksum; 0 for none.
    public let checksum: UInt16
    /// Where the UDP header begins, in the terms of ``NetworkPacket/payloadOffset``.
    public let headerOffset: Int
    /// What the datagram carries, bounded by the header's Length.
    public let payload: Span<UInt8>
    /// How many bytes of the payload the capture's snap length has cut off.
    public let missingByteCount: Int

    /// Where ``payload`` begins, in the terms of ``NetworkPacket/payloadOffset``.
    public var payloadOffset: Int { headerOffset + Self.headerByteCount }
    /// Whether the capture's snap length has cut some of the payload off.
    public var isCut: Bool { missingByteCount > 0 }

    /// Reads what a packet of protocol 17 carries.
    ///
    /// - Parameter packet: The packet, whole or reassembled.
    /// - Throws: ``LayerError`` if it is a fragment, the header is incomplete or its Length cannot be.
    @_lifetime(copy packet)
    public init(parsing packet: NetworkPacket) throws(LayerError) {
        guard packet.fragment == nil else {
            throw LayerError(
                .fragment, at: packet.payloadOffset, in: "UDP header", "put together what the datagram was cut into")
        }
        let bytes = packet.payload
        let start = packet.payloadOffset
        let layer = LayerReader(bytes: bytes, start: start, isCut: packet.isCut, isReassembled: packet.isReassembled)
        try layer.require(Self.headerByteCount, "UDP header")
        let told = Int(bytes.bigEndian(UInt16.self, at: 4))
        // Zero: as long as the packet is, which 16 bits cannot tell (RFC 2675 §4).
        let length = told == 0 ? bytes.count + packet.missingByteCount : told
        guard length >= Self.headerByteCount else {
            throw LayerError(
                .badLength, at: start + 4, in: "UDP Length", "\(length) bytes, the header alone has 8",
                isReassembled: packet.isReassembled)
        }
        guard length <= bytes.count + packet.missingByteCount else {
            throw LayerError(
                .truncated, at: start + bytes.count, in: "UDP Length",
                "it says \(length) bytes, the IP packet has \(bytes.count + packet.missingByteCount)",
                isReassembled: packet.isReassembled)
        }
        sourcePort = bytes.bigEndian(at: 0)
        destinationPort = bytes.bigEndian(at: 2)
        checksum = bytes.bigEndian(at: 6)
        headerOffset = start
        missingByteCount = max(length - bytes.count, 0)
        payload = bytes.extracting(Self.headerByteCount..<length - missingByteCount)
    }
}
