import L2TPDecode
import L2TPWire
import PacketCapture
import SystemPackage

/// Writes a line, or several, for each message of a capture.
struct LineSink: CaptureSink {
    private let format: any MessageFormat
    private let write: (String) throws(Errno) -> Void
    private var buffer = ""
    /// The time of the capture's first packet.
    private var start: Timestamp?
    /// How many lines there were.
    private(set) var lineCount = 0
    /// Whether each line is written at once, because somebody may wait for it.
    private let isImmediate: Bool
    var isClosed: Bool { failure != nil }
    /// Why nothing can be written any more.
    private(set) var failure: Errno?

    init(_ format: any MessageFormat, isImmediate: Bool, write: @escaping (String) throws(Errno) -> Void) {
        self.format = format
        self.isImmediate = isImmediate
        self.write = write
    }

    mutating func message(
        _ datagram: Datagram, _ observation: Observation, in packet: CapturedPacket
    ) {
        let place = place(of: packet)
        add(format.message(MessageRecord(datagram, observation), PacketEnds(datagram), place))
    }

    mutating func malformed(_ error: LayerError, in packet: CapturedPacket) {
        add(format.malformed(error, place(of: packet)))
    }

    mutating func encrypted(_ flow: EncryptedFlow, in packet: CapturedPacket) {
        guard flow.packetCount == 1 else { return }
        add(format.encrypted(flow, place(of: packet)))
    }

    mutating func abandoned(_ datagram: AbandonedDatagram) {
        // Whether UDP has carried L2TP is told by the first fragment alone, which may be the one that is missing.
        guard datagram.protocolNumber == .udp || datagram.protocolNumber == .l2tp else { return }
        add(format.abandoned(datagram, PacketPlace(number: datagram.firstPacket, timestamp: nil, start: nil)))
    }

    mutating func begin(_ packet: CapturedPacket) {
        if start == nil { start = packet.timestamp }
    }

    private func place(of packet: CapturedPacket) -> PacketPlace {
        PacketPlace(number: packet.number, timestamp: packet.timestamp, start: start)
    }

    private mutating func add(_ text: String) {
        lineCount += 1
        buffer += text
        if isImmediate || buffer.utf8.count >= 65_536 { flush() }
    }

    /// Writes what has not been written yet.
    mutating func flush() {
        guard failure == nil, !buffer.isEmpty else { return }
        do throws(Errno) {
            try write(buffer)
        } catch {
            failure = error
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// Takes what is found in a capture, and is shown every packet first, also those in which nothing is found.
protocol CaptureSink: MessageSink, ~Copyable {
    /// Sees a packet before anything is found in it.
    mutating func begin(_ packet: CapturedPacket)
}

extension NoSink: CaptureSink {
    func begin(_: CapturedPacket) {}
}

/// Which packet of a capture something is said of.
struct PacketPlace {
    /// Counted from 1.
    var number: Int
    /// When it was captured; nil where the capture does not tell.
    var timestamp: Timestamp?
    /// When the first packet was captured.
    var start: Timestamp?

    /// Seconds since the first packet, with six decimals.
    var seconds: String {
        guard let timestamp, let start else { return "-" }
        // Times that a capture claims may be farther apart than can be told.
        let (nanoseconds, overflow) = timestamp.nanoseconds.subtractingReportingOverflow(start.nanoseconds)
        guard !overflow else { return "-" }
        return Timestamp(nanoseconds: nanoseconds, fractionDigits: 6).description
    }
}

/// Between whom a datagram goes.
struct PacketEnds {
    var source: NetworkAddress
    var destination: NetworkAddress
    var encapsulation: Encapsulation
    var sourcePort: UInt16
    var destinationPort: UInt16
    /// Where the message lies in the captured frame; nil if it was put together from fragments.
    var offset: Int?

    init(_ datagram: Datagram) {
        source = datagram.source
        destination = datagram.destination
        encapsulation = datagram.encapsulation
        sourcePort = datagram.sourcePort
        destinationPort = datagram.destinationPort
        offset = datagram.offset
    }

    /// `192.0.2.1 > 192.0.2.2 UDP 1701>1701`, or `IP` in the place of `UDP` and ports.
    var text: String {
        "\(source) > \(destination) " + (encapsulation == .udp ? "UDP \(sourcePort)>\(destinationPort)" : "IP")
    }
}

/// How messages are printed.
protocol MessageFormat {
    /// A message.
    func message(_ record: MessageRecord, _ ends: PacketEnds, _ place: PacketPlace) -> String
    /// A packet whose headers below L2TP cannot be read.
    func malformed(_ error: LayerError, _ place: PacketPlace) -> String
    /// A datagram whose fragments could not be put together.
    func abandoned(_ datagram: AbandonedDatagram, _ place: PacketPlace) -> String
    /// The first encrypted packet from one host to another.
    func encrypted(_ flow: EncryptedFlow, _ place: PacketPlace) -> String
}
