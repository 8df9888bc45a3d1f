import L2TPWireTestSupport
import PacketCapture

/// A packet, copied so that it can be compared.
struct Packet: Equatable {
    var number: Int
    var nanoseconds: Int64?
    var fractionDigits: Int?
    var linkType: LinkType
    var originalLength: Int
    var bytes: [UInt8]

    init(_ packet: CapturedPacket) {
        number = packet.number
        nanoseconds = packet.timestamp?.nanoseconds
        fractionDigits = packet.timestamp?.fractionDigits
        linkType = packet.linkType
        originalLength = packet.originalLength
        bytes = [UInt8](copying: packet.bytes)
    }
}

/// Everything a source delivers, and the error that ended it.
struct Reading<Failure: Error & Equatable>: Equatable {
    var packets: [Packet] = []
    var error: Failure?

    init<Source: PacketSource & ~Copyable>(_ source: consuming Source) where Source.Failure == Failure {
        do throws(Failure) {
            while let packet = try source.next() { packets.append(Packet(packet)) }
        } catch {
            self.error = error
            // After an error there is nothing more.
            if let packet = try? source.next() { packets.append(Packet(packet)) }
        }
    }
}

extension Reading<CaptureError> {
    /// What a capture in memory holds.
    init(_ bytes: [UInt8], chunkByteCount: Int = .max) {
        self.init(CaptureReader(MemorySource(bytes, chunkByteCount: chunkByteCount)))
    }

    /// What a capture written as hexadecimal text holds.
    init(hexadecimal text: String) throws {
        self.init(try Hex.parse(text))
    }
}
