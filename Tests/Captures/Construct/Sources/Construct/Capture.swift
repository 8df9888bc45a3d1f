import L2TPWire
import PacketCapture
import SystemPackage

/// A capture of Ethernet frames, ten milliseconds apart.
struct Capture {
    /// The file's name.
    let name: String
    private var writer = CaptureWriter(linkType: .ethernet)
    private var nanoseconds: Int64 = 1_700_000_000_000_000_000

    /// A capture without packets.
    init(_ name: String) {
        self.name = name
    }

    /// Adds an L2TP message.
    ///
    /// - Parameters:
    ///   - message: What follows the UDP or IP header.
    ///   - encapsulation: What carries it.
    ///   - sender: Who sends it.
    ///   - receiver: Whom it is sent to.
    mutating func add(_ message: [UInt8], over encapsulation: Encapsulation, from sender: Host, to receiver: Host) {
        let frame =
            switch encapsulation {
            case .udp: sender.datagram(to: receiver, message)
            case .ip: sender.packet(to: receiver, protocol: 115, message)
            }
        writer.write(frame.span, at: nanoseconds)
        nanoseconds += 10_000_000
    }

    /// Writes the file.
    func save(in folder: FilePath) throws {
        let file = try FileDescriptor.open(
            folder.appending(name), .writeOnly, options: [.create, .truncate],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        _ = try file.closeAfter { try file.writeAll(writer.bytes) }
    }
}
