import SystemPackage

/// All frames that pass one interface from now on, as they are.
final class FrameTap {
    private let socket: FileDescriptor

    init(_ interface: String, in namespace: TestNamespace) throws {
        socket = try SystemCalls.inNamespace(namespace.path) {
            try SystemCalls.packetSocket(interface: interface)
        }
    }

    deinit {
        try? socket.close()
    }

    /// The frames so far, and those that come before the interface has been silent for a moment.
    func frames() throws -> [[UInt8]] {
        var frames: [[UInt8]] = []
        while let frame = try SystemCalls.receive(from: socket, milliseconds: 20) { frames.append(frame) }
        return frames
    }
}

/// What an Ethernet frame on the cable carries, without looking into fragments.
struct CarriedProtocol: Hashable, Sendable {
    /// The number of the protocol that IP carries (115 for L2TP, 50 for ESP); a fragment's is that of the whole.
    var number: UInt8
    /// Whether the packet is a fragment.
    var isFragment: Bool

    /// nil for a frame without an IP packet.
    init?(frame: [UInt8]) {
        guard frame.count >= 14 + 20 else { return nil }
        switch frame.number(UInt16.self, at: 12) {
        case 0x0800:
            number = frame[14 + 9]
            isFragment = frame.number(UInt16.self, at: 14 + 6) & 0x3fff != 0
        case 0x86dd:
            let fragmentHeader: UInt8 = 44
            guard frame.count >= 14 + 40 + 8 else { return nil }
            isFragment = frame[14 + 6] == fragmentHeader
            number = isFragment ? frame[14 + 40] : frame[14 + 6]
        default:
            return nil
        }
    }
}
