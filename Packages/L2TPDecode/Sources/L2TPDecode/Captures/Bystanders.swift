internal import PacketCapture

/// What is no L2TP, or not known to be, and yet worth telling whoever looks for it.
struct Bystanders: Sendable {
    /// The most flows of a kind that are told apart.
    private static let mostFlows = 256

    private(set) var encrypted: [EncryptedFlow] = []
    private(set) var suspected: [SuspectedFlow] = []

    /// Notes a UDP datagram that is not known to carry L2TP; the flow, if it is an encrypted one.
    mutating func note(
        _ udp: UDPDatagram, from source: NetworkAddress, to destination: NetworkAddress
    ) -> EncryptedFlow? {
        if SuspectedFlow.matches(udp.payload) {
            noteSuspected(udp.sourcePort, udp.destinationPort)
            return nil
        }
        // Four zero bytes begin what only sets the encryption up.
        guard udp.sourcePort == EncryptedFlow.port || udp.destinationPort == EncryptedFlow.port, udp.payload.count > 8,
            udp.payload.number32(at: 0) != 0
        else { return nil }
        return noteEncrypted(from: source, to: destination, byteCount: udp.payload.count, isInUDP: true)
    }

    private mutating func noteSuspected(_ sourcePort: UInt16, _ destinationPort: UInt16) {
        let found = suspected.firstIndex { $0.sourcePort == sourcePort && $0.destinationPort == destinationPort }
        if let found {
            suspected[found].packetCount += 1
        } else if suspected.count < Self.mostFlows {
            suspected.append(SuspectedFlow(sourcePort: sourcePort, destinationPort: destinationPort, packetCount: 1))
        }
    }

    /// Notes an encrypted packet; its flow, unless there are too many.
    mutating func noteEncrypted(
        from source: NetworkAddress, to destination: NetworkAddress, byteCount: Int, isInUDP: Bool
    ) -> EncryptedFlow? {
        var index = encrypted.firstIndex {
            $0.source == source && $0.destination == destination && $0.isInUDP == isInUDP
        }
        if index == nil, encrypted.count < Self.mostFlows {
            index = encrypted.count
            encrypted.append(EncryptedFlow(source: source, destination: destination, isInUDP: isInUDP))
        }
        guard let index else { return nil }
        encrypted[index].packetCount += 1
        encrypted[index].byteCount += byteCount
        return encrypted[index]
    }
}
