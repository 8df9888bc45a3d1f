import L2TPModel
import L2TPWire
import SystemPackage

/// A raw view of one interface: sees the frames that pass there, and sends frames as they are.
final class PacketSocket {
    private let socket: FileDescriptor

    init(_ interface: String, in namespace: TestNamespace) throws {
        socket = try SystemCalls.inNamespace(namespace.path) {
            try SystemCalls.packetSocket(interface: interface)
        }
    }

    deinit {
        try? socket.close()
    }

    /// Sends an Ethernet frame.
    func send(_ frame: [UInt8]) throws {
        try socket.writeAll(frame)
    }

    /// The next packet that `match` makes something of; nil if none comes within the time.
    func next<Value>(milliseconds: Int32 = 2000, _ match: (OuterPacket) throws -> Value?) throws -> Value? {
        while let frame = try SystemCalls.receive(from: socket, milliseconds: milliseconds) {
            if let packet = OuterPacket(frame: frame), let value = try match(packet) { return value }
        }
        return nil
    }
}

/// An IP packet on the cable that carries L2TP, taken apart.
struct OuterPacket: Hashable, Sendable {
    /// The ports and checksum of UDP.
    struct UDP: Hashable, Sendable {
        var source: UInt16
        var destination: UInt16
        var checksum: UInt16
    }

    var source: IPAddress
    var destination: IPAddress
    /// Whether IPv4 forbids fragmentation.
    var dontFragment = false
    var udp: UDP?
    /// The L2TP message.
    var payload: [UInt8]

    var encapsulation: Encapsulation { udp == nil ? .ip : .udp }

    /// Takes an Ethernet frame apart; nil unless it holds UDP or IP protocol 115, unfragmented.
    init?(frame: [UInt8]) {
        guard frame.count >= 14 else { return nil }
        let packet = Array(frame[14...])
        let header: Int
        let transport: UInt8
        switch frame.number(UInt16.self, at: 12) {
        case 0x0800:
            guard packet.count >= 20, packet[0] == 0x45 else { return nil }
            guard packet.number(UInt16.self, at: 6) & 0x3fff == 0 else { return nil }
            header = 20
            transport = packet[9]
            source = .v4(IPv4Address(number: packet.number(at: 12)))
            destination = .v4(IPv4Address(number: packet.number(at: 16)))
            dontFragment = packet[6] & 0x40 != 0
        case 0x86dd:
            guard packet.count >= 40 else { return nil }
            header = 40
            transport = packet[6]
            source = .v6(IPv6Address(high: packet.number(at: 8), low: packet.number(at: 16)))
            destination = .v6(IPv6Address(high: packet.number(at: 24), low: packet.number(at: 32)))
        default:
            return nil
        }
        switch transport {
        case 17:
            guard packet.count >= header + 8 else { return nil }
            udp = UDP(
                source: packet.number(at: header), destination: packet.number(at: header + 2),
                checksum: packet.number(at: header + 6))
            payload = Array(packet[(header + 8)...])
        case 115:
            payload = Array(packet[header...])
        default:
            return nil
        }
    }
}

extension [UInt8] {
    /// The number whose most significant byte stands at `offset`.
    func number<Number: FixedWidthInteger>(_: Number.Type = Number.self, at offset: Int) -> Number {
        self[offset..<offset + Number.bitWidth / 8].reduce(0) { $0 << 8 | Number($1) }
    }
}
