import CaptureFiles
import PacketCapture
import SystemPackage

/// Counts the UDP payload of a capture, pcap or pcapng, compressed or not: bytes by destination port.
///
/// - Parameter path: The capture.
/// - Returns: The bytes, and a line for whatever could not be read, with the packet's number.
/// - Throws: `CaptureError` where the capture is damaged, `Errno` if it cannot be opened.
func payloadBytes(of path: FilePath) throws -> (bytes: [UInt16: Int], remarks: [String]) {
    let file = try FileDescriptor.open(path, .readOnly)
    defer { try? file.close() }
    var reader = CaptureReader(GzipSource(FileSource(file)))
    var reassembler = Reassembler()
    var bytes: [UInt16: Int] = [:]
    var remarks: [String] = []

    // A view: it lies in the reader's buffer until the next packet is asked for.
    while let packet = try reader.next() {
        do throws(LayerError) {
            let network = try NetworkPacket(parsing: LinkFrame(parsing: packet))
            if network.fragment == nil {
                try count(network, in: &bytes)
            } else if let whole = try reassembler.add(network, number: packet.number, at: packet.timestamp) {
                try count(whole, in: &bytes)
            }
        } catch {
            if error.code != .notIP { remarks.append("packet \(packet.number): \(error)") }
        }
    }
    reassembler.finish()
    return (bytes, remarks + reassembler.takeAbandoned().map(\.description))
}

private func count(_ packet: NetworkPacket, in bytes: inout [UInt16: Int]) throws(LayerError) {
    guard packet.protocolNumber == .udp else { return }
    let datagram = try UDPDatagram(parsing: packet)
    bytes[datagram.destinationPort, default: 0] += datagram.payload.count
}
