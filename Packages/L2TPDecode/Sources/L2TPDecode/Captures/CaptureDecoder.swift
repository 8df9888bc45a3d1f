public import L2TPWire
public import PacketCapture

/// Finds the L2TP messages in captured packets: through link layer, VLAN tags, IP, fragments and UDP.
public struct CaptureDecoder: ~Copyable {
    /// What makes sense of the messages.
    public private(set) var decoder: Decoder
    /// It keeps what it gives up until the sink has it, which may be all there is at the end of a capture.
    private var reassembler = Reassembler(
        limits: Reassembler.Limits(datagramCount: mostDatagrams, abandonedCount: mostDatagrams + 1))
    /// The most datagrams of which fragments are kept at the same time.
    private static let mostDatagrams = 4096
    /// Packets that have been looked at.
    public private(set) var packetCount = 0
    /// Packets of which the capture has cut the end off.
    public private(set) var cutCount = 0
    /// Packets whose headers below L2TP are malformed; not those of which the capture has cut too much off, nor those of
    /// a link type that is not read.
    public private(set) var malformedCount = 0
    /// Packets of link types that are not read.
    public private(set) var unsupportedCount = 0
    /// What was said of the first of these.
    public private(set) var unsupportedLinkType: LayerError?
    /// Datagrams whose fragments could not be put together: some have not come, disagree on the end, or, of IPv6,
    /// overlap.
    public var incompleteCount: Int { reassembler.abandonedCount + reassembler.pendingCount }
    /// What else there is that may interest whoever looks for L2TP.
    private var bystanders = Bystanders()

    /// ESP, by hosts.
    public var encrypted: [EncryptedFlow] { bystanders.encrypted }
    /// UDP datagrams that look like L2TPv3, on ports that nobody has said carry L2TP.
    public var suspected: [SuspectedFlow] { bystanders.suspected }

    /// A decoder of packets.
    ///
    /// - Parameter decoder: What makes sense of the messages.
    public init(_ decoder: Decoder) {
        self.decoder = decoder
    }

    /// Looks at the next packet of a capture.
    ///
    /// - Parameters:
    ///   - packet: The packet.
    ///   - sink: Takes what is found in it.
    public mutating func observe<Sink: MessageSink & ~Copyable>(
        _ packet: CapturedPacket, _ sink: inout Sink
    ) {
        packetCount += 1
        if packet.isCut { cutCount += 1 }
        do throws(LayerError) {
            let frame = try LinkFrame(parsing: packet)
            guard frame.etherType == .ipv4 || frame.etherType == .ipv6 else { return }
            let ip = try NetworkPacket(parsing: frame)
            if ip.fragment == nil {
                try Self.observe(ip, packet, &sink, &decoder, &bystanders)
            } else {
                defer { reportAbandoned(&sink) }
                try Self.observe(fragment: ip, packet, &sink, &reassembler, &decoder, &bystanders)
            }
        } catch {
            switch error.code {
            case .cut: break
            case .unsupportedLinkType:
                unsupportedCount += 1
                unsupportedLinkType = unsupportedLinkType ?? error
            default: malformedCount += 1
            }
            sink.malformed(error, in: packet)
        }
    }

    /// Gives up the datagrams of which fragments are missing, at the end of a capture.
    ///
    /// - Parameter sink: Takes which ones these are.
    public mutating func finish<Sink: MessageSink & ~Copyable>(_ sink: inout Sink) {
        reassembler.finish()
        reportAbandoned(&sink)
    }

    private mutating func reportAbandoned<Sink: MessageSink & ~Copyable>(_ sink: inout Sink) {
        for datagram in reassembler.takeAbandoned() { sink.abandoned(datagram) }
    }

    /// Looks at the next packet of a capture that is an L2TP message, without headers below it.
    ///
    /// - Parameters:
    ///   - packet: The message.
    ///   - encapsulation: What would have carried it.
    ///   - sink: Takes what is found in it.
    public mutating func observe<Sink: MessageSink & ~Copyable>(
        message packet: CapturedPacket, over encapsulation: Encapsulation, _ sink: inout Sink
    ) {
        packetCount += 1
        let nobody = NetworkAddress(ipv4: 0)
        let ports: (UInt16, UInt16)? = encapsulation == .udp ? (MessagePorts.registered, MessagePorts.registered) : nil
        let datagram = Datagram(
            source: nobody, destination: nobody, ports: ports, payload: packet.bytes, isCut: packet.isCut, offset: 0)
        sink.message(datagram, decoder.observe(datagram), in: packet)
    }

    /// Looks at a fragment; static, since the whole datagram is borrowed from the reassembler.
    private static func observe<Sink: MessageSink & ~Copyable>(
        fragment: NetworkPacket, _ packet: CapturedPacket, _ sink: inout Sink, _ reassembler: inout Reassembler,
        _ decoder: inout Decoder, _ bystanders: inout Bystanders
    ) throws(LayerError) {
        guard let whole = try reassembler.add(fragment, number: packet.number, at: packet.timestamp) else { return }
        try observe(whole, packet, &sink, &decoder, &bystanders)
    }

    /// Looks at a whole IP packet; static, for the packet may lie in the reassembler.
    private static func observe<Sink: MessageSink & ~Copyable>(
        _ ip: NetworkPacket, _ packet: CapturedPacket, _ sink: inout Sink, _ decoder: inout Decoder,
        _ bystanders: inout Bystanders
    ) throws(LayerError) {
        switch ip.protocolNumber {
        case .udp:
            let udp = try UDPDatagram(parsing: ip)
            if decoder.ports.contains(
                source: ip.source, sourcePort: udp.sourcePort, destination: ip.destination,
                destinationPort: udp.destinationPort)
            {
                let datagram = Datagram(
                    source: ip.source, destination: ip.destination, ports: (udp.sourcePort, udp.destinationPort),
                    payload: udp.payload, isCut: udp.isCut, offset: ip.isReassembled ? nil : udp.payloadOffset)
                sink.message(datagram, decoder.observe(datagram), in: packet)
            } else if let flow = bystanders.note(udp, from: ip.source, to: ip.destination) {
                sink.encrypted(flow, in: packet)
            }
        case .l2tp:
            let datagram = Datagram(
                source: ip.source, destination: ip.destination, ports: nil, payload: ip.payload, isCut: ip.isCut,
                offset: ip.isReassembled ? nil : ip.payloadOffset)
            sink.message(datagram, decoder.observe(datagram), in: packet)
        case .esp:
            if let flow = bystanders.noteEncrypted(
                from: ip.source, to: ip.destination, byteCount: ip.payload.count, isInUDP: false)
            {
                sink.encrypted(flow, in: packet)
            }
        default:
            break
        }
    }

    /// Begins to read the same packets again from the first one, with what has been learnt from them.
    ///
    /// The control messages that tell how a session's data messages are read may come in any place, and what can be
    /// inferred is surest at the end. So a capture that can be read twice is read best by reading it twice.
    public consuming func rewound() -> CaptureDecoder {
        CaptureDecoder(decoder.rewound())
    }
}

extension IPProtocol {
    /// L2TPv3 over IP (RFC 3931 §4.1.1).
    public static let l2tp = Self(rawValue: 115)
}
