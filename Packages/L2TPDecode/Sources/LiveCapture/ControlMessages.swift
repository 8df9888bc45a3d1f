internal import PacketCapture

/// Reads what recvmsg(2) gives besides the packet: its sender's `struct sockaddr_ll` and the control messages.
enum ControlMessages {
    private static let headerByteCount = 16
    private static let socketLevel: UInt32 = 1
    private static let packetLevel: UInt32 = 263
    /// `SCM_TIMESTAMPNS`, with a `struct timespec`.
    private static let timestamp: UInt32 = 35
    /// `PACKET_AUXDATA`, with a `struct tpacket_auxdata`.
    private static let auxiliary: UInt32 = 8
    /// `TP_STATUS_VLAN_VALID`
    private static let hasTag: UInt32 = 1 << 4
    /// `TP_STATUS_VLAN_TPID_VALID`
    private static let hasTagProtocol: UInt32 = 1 << 6

    /// What an address and control messages tell.
    ///
    /// - Parameters:
    ///   - address: A `struct sockaddr_ll`; shorter where the kernel tells less.
    ///   - control: A sequence of `struct cmsghdr`, each with its data, in the byte order of this machine.
    ///   - originalLength: How long the packet was.
    /// - Returns: The facts.
    static func facts(address: Span<UInt8>, control: Span<UInt8>, originalLength: Int) -> ReceivedFrame.Facts {
        var facts = ReceivedFrame.Facts()
        facts.originalLength = originalLength
        if address.count >= 20 {
            // The protocol and the address are in network byte order, the rest is not.
            facts.etherType = EtherType(rawValue: UInt16(address[2]) << 8 | UInt16(address[3]))
            facts.interfaceIndex = host(address, at: 4)
            facts.hardwareType = host(address, at: 8)
            facts.packetType = address[10]
            facts.addressByteCount = address[11]
            for index in 12..<20 { facts.address = facts.address << 8 | UInt64(address[index]) }
        }
        var offset = 0
        while offset + headerByteCount <= control.count {
            let byteCount = Int(clamping: host(control, at: offset) as UInt64)
            guard byteCount >= headerByteCount, byteCount <= control.count - offset else { break }
            let data = control.extracting(offset + headerByteCount..<offset + byteCount)
            switch (host(control, at: offset + 8) as UInt32, host(control, at: offset + 12) as UInt32) {
            case (socketLevel, timestamp) where data.count >= 16:
                let seconds = Int64(bitPattern: host(data, at: 0))
                let nanoseconds = Int64(bitPattern: host(data, at: 8))
                facts.timestamp = Timestamp(nanoseconds: seconds &* 1_000_000_000 &+ nanoseconds)
            case (packetLevel, auxiliary) where data.count >= 20:
                facts.tag = tag(data)
            default: break
            }
            offset += (byteCount + 7) / 8 * 8
        }
        return facts
    }

    private static func tag(_ auxiliary: Span<UInt8>) -> VLANTag? {
        let status: UInt32 = host(auxiliary, at: 0)
        guard status & hasTag != 0 else { return nil }
        let number: UInt16 = host(auxiliary, at: 18)
        return VLANTag(
            protocolID: status & hasTagProtocol != 0 ? EtherType(rawValue: number) : .vlan,
            control: host(auxiliary, at: 16))
    }

    /// A number in the byte order of this machine.
    private static func host<Number: FixedWidthInteger & UnsignedInteger>(
        _ bytes: Span<UInt8>, at offset: Int
    ) -> Number {
        var number: Number = 0
        for index in (0..<MemoryLayout<Number>.size).reversed() { number = number << 8 | Number(bytes[offset + index]) }
        return Number(littleEndian: number)
    }
}
