import L2TPModel

/// An Ethernet frame of 60 bytes that no protocol reacts to.
enum TestFrame {
    static let byteCount = 60

    /// The frame with that number in its payload.
    static func bytes(number: Int) -> [UInt8] {
        let destination: [UInt8] = [0x02, 0, 0, 0, 0, 2]
        let source: [UInt8] = [0x02, 0, 0, 0, 0, 1]
        let localExperiment: [UInt8] = [0x88, 0xb5]
        let payload = (0..<byteCount - 14).map { UInt8(truncatingIfNeeded: $0 + number) }
        return destination + source + localExperiment + payload
    }
}

extension TunnelSpecification {
    /// Changes the parameters of UDP, if the tunnel has any.
    mutating func setUDP(_ change: (inout UDPParameters) -> Void) {
        guard var udp = encapsulation.udp else { return }
        change(&udp)
        encapsulation = .udp(udp)
    }
}
