/// One end of the network.
struct Host {
    /// Its MAC address.
    var hardwareAddress: [UInt8]
    /// Its IPv4 address.
    var address: [UInt8]
    /// Its UDP port for L2TP.
    var port: UInt16 = 1701

    /// The one that begins.
    static let a = Host(hardwareAddress: [2, 0, 0, 0, 0, 0x0a], address: [192, 0, 2, 1])
    /// The other one.
    static let b = Host(hardwareAddress: [2, 0, 0, 0, 0, 0x0b], address: [192, 0, 2, 2])

    /// The same host with another port.
    func at(port: UInt16) -> Host {
        var host = self
        host.port = port
        return host
    }

    /// An Ethernet frame to another host.
    func frame(to receiver: Host, etherType: UInt16, _ payload: [UInt8]) -> [UInt8] {
        receiver.hardwareAddress + hardwareAddress + bigEndian(etherType) + payload
    }

    /// An Ethernet frame with an IPv4 packet, which is not fragmented.
    func packet(to receiver: Host, protocol number: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let addresses = address + receiver.address
        let length = bigEndian(UInt16(20 + payload.count))
        let header: [UInt8] = [0x45, 0] + length + [0, 0, 0x40, 0, 64, number, 0, 0] + addresses
        let whole = header.replacing(at: 10, with: bigEndian(checksum(header)))
        return frame(to: receiver, etherType: 0x0800, whole + payload)
    }

    /// An Ethernet frame with a UDP datagram, from and to the ports for L2TP.
    func datagram(to receiver: Host, _ payload: [UInt8]) -> [UInt8] {
        let length = bigEndian(UInt16(8 + payload.count))
        let segment = bigEndian(port) + bigEndian(receiver.port) + length + [0, 0] + payload
        let sum = checksum(address + receiver.address + [0, 17] + length + segment)
        // Zero would say that there is no checksum (RFC 768).
        return packet(to: receiver, protocol: 17, segment.replacing(at: 6, with: bigEndian(sum == 0 ? 0xffff : sum)))
    }

    /// An ARP request, or the reply to it (RFC 826).
    func arp(to receiver: Host, isReply: Bool) -> [UInt8] {
        let target = isReply ? receiver.hardwareAddress : [UInt8](repeating: 0, count: 6)
        let message =
            [0, 1, 8, 0, 6, 4, 0, isReply ? 2 : 1] + hardwareAddress + address + target + receiver.address
        var destination = receiver
        if !isReply { destination.hardwareAddress = [UInt8](repeating: 0xff, count: 6) }
        return frame(to: destination, etherType: 0x0806, message)
    }

    /// An ICMP echo request, or the reply to it (RFC 792).
    func echo(to receiver: Host, isReply: Bool, number: UInt16) -> [UInt8] {
        let message: [UInt8] = [isReply ? 0 : 8, 0, 0, 0, 0x12, 0x34] + bigEndian(number) + Array(0..<56)
        return packet(to: receiver, protocol: 1, message.replacing(at: 2, with: bigEndian(checksum(message))))
    }
}
