import CaptureFiles
import PacketCapture

/// Feeds bytes to every way into PacketCapture and checks what must hold for all of them.
///
/// The first byte of the input chooses the way, the second how many bytes a reading gives, the rest is the input.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count >= 2 else { return 0 }
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let bytes = Array(input[2...])
    let source = MemorySource(bytes, chunkByteCount: Int(input[1]))
    switch input[0] % 5 {
    case 0: checkCapture(CaptureReader(source), byteCount: bytes.count)
    case 1: checkCapture(CaptureReader(GzipSource(source)), byteCount: .max)
    case 2: checkText(source, lines: .packetEach)
    case 3: checkText(source, lines: .onePacket)
    default: checkFragments(bytes)
    }
    return 0
}

/// What is read can be written, and read again the same; no error is outside of the capture.
private func checkCapture(_ reader: consuming CaptureReader, byteCount: Int) {
    var reassembler = Reassembler(limits: Reassembler.Limits(datagramCount: 8, byteCount: 100_000))
    var number = 0
    do throws(CaptureError) {
        while let packet = try reader.next() {
            number += 1
            precondition(packet.number == number)
            precondition(packet.bytes.count <= CaptureReader.largestPacket)
            precondition(packet.offset + packet.bytes.count <= byteCount, "a packet outside of the capture")
            checkLayers(packet, &reassembler)
            checkWritten(packet)
        }
    } catch {
        precondition((0...byteCount).contains(error.offset), "offset outside of the capture: \(error)")
        precondition(!error.description.isEmpty)
    }
    let rest = try? reader.next()
    precondition(rest == nil, "packets after the end")
    reassembler.finish()
    precondition(reassembler.pendingCount == 0)
    for datagram in reassembler.takeAbandoned() { precondition(!datagram.description.isEmpty) }
}

private func checkWritten(_ packet: CapturedPacket) {
    var writer = CaptureWriter(linkType: LinkType(rawValue: packet.linkType.rawValue & 0x03ff_ffff))
    let nanoseconds = packet.timestamp?.nanoseconds ?? 0
    writer.write(packet.bytes, at: nanoseconds, originalLength: packet.originalLength)
    var reader = CaptureReader(MemorySource(writer.bytes))
    guard let again = try? reader.next() else { preconditionFailure("what was written cannot be read") }
    precondition(again.linkType == packet.linkType && again.originalLength == packet.originalLength)
    let isExpressible = (0..<4_294_967_295_000_000_000).contains(nanoseconds)
    precondition(!isExpressible || again.timestamp?.nanoseconds == nanoseconds)
    precondition(isEqual(again.bytes, packet.bytes), "bytes have changed")
}

private func checkText(_ source: MemorySource, lines: HexReader.Lines) {
    var reader = HexReader(source, linkType: .ethernet, lines: lines)
    var reassembler = Reassembler()
    do throws(HexError) {
        while let packet = try reader.next() { checkLayers(packet, &reassembler) }
    } catch {
        precondition(error.line >= 1 && error.column >= 1)
        precondition(!error.description.isEmpty)
    }
}

/// Reads raw IP packets of one byte's length each, so that fragments meet.
private func checkFragments(_ bytes: [UInt8]) {
    var reassembler = Reassembler(limits: Reassembler.Limits(datagramCount: 4, byteCount: 2000))
    var (offset, number) = (0, 0)
    while offset < bytes.count {
        let end = min(offset + 1 + Int(bytes[offset]), bytes.count)
        let piece = Array(bytes[offset + 1..<end])
        number += 1
        let time = Timestamp(nanoseconds: Int64(number) * 1_000_000_000)
        checkLayers(
            CapturedPacket(number: number, timestamp: time, linkType: .raw, bytes: piece.span), &reassembler)
        precondition(reassembler.pendingCount <= 4)
        offset = end
    }
}

/// All that is found lies within the frame; what is missing is told.
private func checkLayers(_ packet: CapturedPacket, _ reassembler: inout Reassembler) {
    let byteCount = packet.bytes.count
    do throws(LayerError) {
        let frame = try LinkFrame(parsing: packet)
        precondition(frame.payloadOffset + frame.payload.count == byteCount, "bytes lost")
        for tag in frame.tags { precondition(tag.protocolID.isVLAN) }
        let network = try NetworkPacket(parsing: frame)
        precondition(network.headerOffset == frame.payloadOffset)
        precondition(network.payloadOffset + network.payload.count <= byteCount, "payload outside of the frame")
        precondition(network.missingByteCount == 0 || packet.isCut)
        precondition(network.protocolOffset < network.payloadOffset)
        precondition(network.source.description != network.protocolNumber.description)
        _ = network.hasValidHeaderChecksum
        guard network.fragment != nil else {
            try checkDatagram(network, byteCount: byteCount)
            return
        }
        if let whole = try reassembler.add(network, number: packet.number, at: packet.timestamp) {
            precondition(whole.isReassembled && whole.fragment?.hasMore != true)
            precondition(whole.payloadOffset + whole.payload.count <= 65535)
            try checkDatagram(whole, byteCount: .max)
        }
    } catch {
        precondition((0...max(byteCount, 65535)).contains(error.offset), "offset outside of the frame: \(error)")
        precondition(!error.description.isEmpty)
        precondition(error.code != .cut || packet.isCut)
    }
}

private func checkDatagram(_ network: NetworkPacket, byteCount: Int) throws(LayerError) {
    guard network.protocolNumber == .udp else { return }
    let datagram = try UDPDatagram(parsing: network)
    precondition(datagram.payloadOffset + datagram.payload.count <= byteCount, "payload outside of the frame")
    precondition(datagram.isCut == (datagram.missingByteCount > 0))
}

private func isEqual(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    for index in one.indices where one[index] != other[index] { return false }
    return true
}
