import L2TPWireTestSupport
import PacketCapture

/// Packets made by hand for the tests.
enum Frames {
    static func bigEndian(_ number: Int, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    /// IEEE 802.3: destination, source, tags, EtherType.
    static func ethernet(_ etherType: EtherType, tags: [VLANTag] = [], _ payload: [UInt8]) -> [UInt8] {
        let header: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]
        let words = tags.flatMap { bigEndian(Int($0.protocolID.rawValue), 2) + bigEndian(Int($0.control), 2) }
        return header + words + bigEndian(Int(etherType.rawValue), 2) + payload
    }

    /// RFC 791 §3.1, from 192.0.2.1 to 192.0.2.2, with a right checksum.
    static func ipv4(
        _ number: IPProtocol, _ payload: [UInt8], options: [UInt8] = [], id: Int = 0, offset: Int = 0,
        hasMore: Bool = false
    ) -> [UInt8] {
        let total = 20 + options.count + payload.count
        var header: [UInt8] = [UInt8(0x45 + options.count / 4), 0xb8] + bigEndian(total, 2)
        header += bigEndian(id, 2) + bigEndian((hasMore ? 0x2000 : 0) | offset / 8, 2)
        header += [64, number.rawValue, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2] + options
        let sum = stride(from: 0, to: header.count, by: 2).reduce(0) { $0 + Int(header[$1]) << 8 + Int(header[$1 + 1]) }
        let folded = (sum & 0xffff) + sum >> 16
        header.replaceSubrange(10..<12, with: bigEndian(~((folded & 0xffff) + folded >> 16) & 0xffff, 2))
        return header + payload
    }

    /// RFC 8200 §3, from 2001:db8::1 to 2001:db8::2.
    static func ipv6(_ number: IPProtocol, _ payload: [UInt8]) -> [UInt8] {
        let prefix: [UInt8] = [0x20, 0x01, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11)
        return [0x6b, 0x80, 0, 0] + bigEndian(payload.count, 2) + [number.rawValue, 63] + prefix + [1] + prefix + [2]
            + payload
    }

    /// RFC 8200 §4.5.
    static func fragmentHeader(_ next: IPProtocol, id: Int, offset: Int, hasMore: Bool) -> [UInt8] {
        [next.rawValue, 0] + bigEndian(offset | (hasMore ? 1 : 0), 2) + bigEndian(id, 4)
    }

    /// RFC 768, without a checksum.
    static func udp(from source: Int = 1701, to destination: Int = 1702, _ payload: [UInt8]) -> [UInt8] {
        bigEndian(source, 2) + bigEndian(destination, 2) + bigEndian(payload.count + 8, 2) + [0, 0] + payload
    }
}

/// The layers of a frame, copied so that they can be compared.
struct Layers: Equatable {
    var etherType: EtherType?
    var tags: [Int] = []
    var source: String?
    var protocolNumber: IPProtocol?
    var payloadOffset: Int?
    var fragment: NetworkPacket.Fragment?
    var missing = 0
    var ports: [UInt16] = []
    var payload: [UInt8] = []
    var error: LayerError?

    init(_ bytes: [UInt8], _ linkType: LinkType = .ethernet, originalLength: Int? = nil) {
        let packet = CapturedPacket(
            number: 1, timestamp: nil, linkType: linkType, originalLength: originalLength, bytes: bytes.span)
        do throws(LayerError) {
            let frame = try LinkFrame(parsing: packet)
            etherType = frame.etherType
            tags = frame.tags.map(\.id)
            payloadOffset = frame.payloadOffset
            payload = [UInt8](copying: frame.payload)
            let network = try NetworkPacket(parsing: frame)
            source = network.source.description
            protocolNumber = network.protocolNumber
            fragment = network.fragment
            try add(network)
        } catch {
            self.error = error
        }
    }

    private mutating func add(_ network: NetworkPacket) throws(LayerError) {
        payloadOffset = network.payloadOffset
        payload = [UInt8](copying: network.payload)
        missing = network.missingByteCount
        guard network.protocolNumber == .udp, network.fragment == nil else { return }
        let datagram = try UDPDatagram(parsing: network)
        ports = [datagram.sourcePort, datagram.destinationPort]
        payloadOffset = datagram.payloadOffset
        payload = [UInt8](copying: datagram.payload)
        missing = datagram.missingByteCount
    }
}
