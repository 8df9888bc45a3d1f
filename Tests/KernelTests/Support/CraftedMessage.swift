import L2TPModel
import L2TPWire

/// L2TP data messages made by hand: what a peer could send that no kernel would.
///
/// They go onto the left site's cable as complete frames, from the address and port that the right site's
/// tunnel of ``Cell`` expects over UDP and IPv4.
enum CraftedMessage {
    /// A frame for the cable that holds a message with that sequence number, or none, and an inner frame.
    static func frame(sequenceNumber: UInt32?, inner: [UInt8]) throws -> [UInt8] {
        let header = try DataHeader(
            encapsulation: .udp, sessionID: Cell.sessionID(.right),
            sequenceNumber: sequenceNumber.map { SequenceNumber(truncating: $0) })
        let message = [UInt8](capacity: header.encodedByteCount) { header.serialize(into: &$0) } + inner
        return etherHeader + ipv4(udp(message))
    }

    /// To every station on the cable, which spares looking the right one up.
    private static let etherHeader: [UInt8] =
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff] + [0x02, 0, 0, 0, 0, 1] + [0x08, 0x00]

    /// UDP without a checksum, which IPv4 allows.
    private static func udp(_ message: [UInt8]) -> [UInt8] {
        [Cell.port(.left), Cell.port(.right), UInt16(8 + message.count), 0].flatMap(\.bytes) + message
    }

    private static func ipv4(_ payload: [UInt8]) -> [UInt8] {
        let (timeToLive, udp): (UInt8, UInt8) = (64, 17)
        var header = [0x4500, UInt16(20 + payload.count), 0, 0].flatMap(\.bytes)
        header += [timeToLive, udp, 0, 0]
        for side in [Side.left, .right] {
            guard case .v4(let address) = SitePair.address(side, .v4) else { continue }
            header += address.number.bytes
        }
        var sum = stride(from: 0, to: 20, by: 2).reduce(0) { $0 + UInt32(header.number(UInt16.self, at: $1)) }
        while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
        header.replaceSubrange(10..<12, with: (~UInt16(sum)).bytes)
        return header + payload
    }
}

extension FixedWidthInteger {
    /// The bytes, most significant first.
    var bytes: [UInt8] {
        (0..<Self.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
    }
}
