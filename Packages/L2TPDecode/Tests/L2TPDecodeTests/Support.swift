import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import PacketCapture

/// One end of a tunnel.
struct Host: Hashable {
    var address: UInt32
    var port: UInt16 = 1701

    /// Site a, from 192.0.2.1.
    static let a = Self(address: 0xC000_0201)
    /// Site b, from 192.0.2.2.
    static let b = Self(address: 0xC000_0202)

    var networkAddress: NetworkAddress { NetworkAddress(ipv4: address) }

    /// The same host with another port.
    func port(_ port: UInt16) -> Self { Self(address: address, port: port) }
}

extension Decoder {
    /// What the decoder makes of a message from one host to the other.
    mutating func read(
        _ bytes: [UInt8], from source: Host = .a, to destination: Host = .b, over encapsulation: Encapsulation = .udp,
        isCut: Bool = false, registry: AVPRegistry = .standard
    ) -> MessageRecord {
        let ports = encapsulation == .udp ? (source.port, destination.port) : nil
        let datagram = Datagram(
            source: source.networkAddress, destination: destination.networkAddress, ports: ports, payload: bytes.span,
            isCut: isCut)
        return MessageRecord(datagram, observe(datagram), registry: registry)
    }
}

extension MessageRecord {
    var data: DataRecord? { if case .data(let record) = content { record } else { nil } }
    var dataV2: DataV2Record? { if case .dataV2(let record) = content { record } else { nil } }
    var control: ControlRecord? { if case .control(let record) = content { record } else { nil } }
    var isUnreadable: Bool { if case .unreadable = content { true } else { false } }

    /// The frame that it carries, in a few words.
    var inner: String? { data?.inner?.description ?? dataV2?.inner?.description }
}

/// What a session's data messages are made of.
struct Session {
    var encapsulation = Encapsulation.udp
    var id = SessionID(1000)
    var cookie: Cookie?
    var sublayer = L2SpecificSublayer.default

    var format: DataFormat {
        DataFormat(cookieLength: CookieLength(of: cookie) ?? .none, sublayer: sublayer)
    }

    /// A data message.
    func message(_ frame: [UInt8], number: UInt32? = nil) throws -> [UInt8] {
        let header = try DataHeader(
            encapsulation: encapsulation, sessionID: id, cookie: cookie, sublayer: sublayer,
            sequenceNumber: number.map { SequenceNumber(truncating: $0) })
        return [UInt8](capacity: header.encodedByteCount) { header.serialize(into: &$0) } + frame
    }

    /// What follows the session identifier.
    func body(_ frame: [UInt8], number: UInt32? = nil) throws -> [UInt8] {
        Array(try message(frame, number: number).dropFirst(encapsulation == .udp ? 8 : 4))
    }

    /// The cookie and sublayer that are written with so many digits, of all that there are.
    static func all(cookie: (four: UInt32, eight: UInt64) = (0x1122_3344, 0x1122_3344_5566_7788)) -> [Self] {
        let cookies = [nil, Cookie(cookie.four), Cookie(cookie.eight)]
        return cookies.flatMap { cookie in
            [L2SpecificSublayer.none, .default].map { Self(cookie: cookie, sublayer: $0) }
        }
    }
}

/// A control message of L2TPv3.
func controlMessage(
    _ type: MessageType?, tunnelID: UInt32 = 1, ns: UInt16 = 0, over encapsulation: Encapsulation = .udp,
    _ append: (inout ControlMessageWriter) throws -> Void = { _ in }
) throws -> [UInt8] {
    var writer = ControlMessageWriter(
        ControlHeader(
            tunnelID: TunnelID(tunnelID), ns: ControlSequenceNumber(ns), nr: .first, encapsulation: encapsulation),
        type: type)
    try append(&writer)
    return writer.bytes
}

/// What a ``CaptureDecoder`` has found, copied.
struct Found: MessageSink {
    var records: [MessageRecord] = []
    var offsets: [Int?] = []
    var errors: [LayerError] = []
    var encrypted: [EncryptedFlow] = []
    var abandoned: [AbandonedDatagram] = []
    var isClosed: Bool { false }

    mutating func message(_ datagram: Datagram, _ observation: Observation, in packet: CapturedPacket) {
        records.append(MessageRecord(datagram, observation))
        offsets.append(datagram.offset)
    }

    mutating func malformed(_ error: LayerError, in packet: CapturedPacket) { errors.append(error) }

    mutating func encrypted(_ flow: EncryptedFlow, in packet: CapturedPacket) { encrypted.append(flow) }

    mutating func abandoned(_ datagram: AbandonedDatagram) { abandoned.append(datagram) }
}
