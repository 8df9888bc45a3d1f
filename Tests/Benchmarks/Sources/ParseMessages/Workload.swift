import CWireBaseline
import L2TPWire
import L2TPWireTestSupport

/// Where a message lies in the buffer, and what its receiver knows of it.
struct Place {
    var offset: UInt32
    var length: UInt16
    var encapsulation: Encapsulation
    var format = DataFormat(sublayer: .none)
    var cookie: Cookie?
}

/// Messages in one buffer, and where each of them lies.
struct Workload {
    /// What the messages are.
    enum Kind: String, CaseIterable {
        case dataUDP = "data, UDP"
        case dataIP = "data, IP"
        case dataV2 = "data, L2TPv2"
        case control = "control"
        case mix = "all, mixed"
    }

    let kind: Kind
    private(set) var bytes: [UInt8] = []
    private(set) var places: [Place] = []
    private(set) var dataHeaders: [DataHeader] = []
    private(set) var dataHeadersV2: [DataHeaderV2] = []
    private(set) var requests: [call_request] = []
    private var generator = SeededGenerator(seed: 2661 + 3931)
    private var writer = ControlMessageWriter(.plain, type: nil)

    /// Messages that are the same in every run.
    init(_ kind: Kind, count: Int) throws {
        self.kind = kind
        places.reserveCapacity(count)
        for _ in 0..<count { try append(kind) }
    }

    private mutating func append(_ kind: Kind) throws {
        switch kind {
        case .dataUDP: try appendData(over: .udp)
        case .dataIP: try appendData(over: .ip)
        case .dataV2: try appendDataV2()
        case .control: try appendControl()
        case .mix:
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<4: try append(.dataUDP)
            case 4..<7: try append(.dataIP)
            case 7..<9: try append(.dataV2)
            default: try append(.control)
            }
        }
    }

    private mutating func appendData(over encapsulation: Encapsulation) throws {
        let number = UInt64.random(in: 0 ... .max, using: &generator)
        let cookie: Cookie? =
            switch number % 3 {
            case 0: nil
            case 1: Cookie(UInt32(truncatingIfNeeded: number))
            default: Cookie(number)
            }
        let sublayer: L2SpecificSublayer = Bool.random(using: &generator) ? .default : .none
        let isNumbered = sublayer == .default && Bool.random(using: &generator)
        let header = try DataHeader(
            encapsulation: encapsulation, sessionID: SessionID(UInt32.random(in: 1 ... .max, using: &generator)),
            cookie: cookie, sublayer: sublayer,
            sequenceNumber: isNumbered ? SequenceNumber(truncating: UInt32(truncatingIfNeeded: number)) : nil)
        dataHeaders.append(header)
        let message = [UInt8](capacity: header.encodedByteCount) { header.serialize(into: &$0) } + payload()
        append(message, over: encapsulation, format: header.format, cookie: cookie)
    }

    private mutating func appendDataV2() throws {
        let choice = UInt8.random(in: 0...15, using: &generator)
        let header = try DataHeaderV2(
            tunnelID: TunnelID(UInt32.random(in: 1...0xFFFF, using: &generator)),
            sessionID: SessionID(UInt32.random(in: 1...0xFFFF, using: &generator)), hasLength: choice & 1 != 0,
            numbers: choice & 2 == 0
                ? nil : .init(ns: ControlSequenceNumber(UInt16.random(in: 0 ... .max, using: &generator))),
            hasPriority: choice & 4 != 0, offsetByteCount: choice == 15 ? 2 : nil)
        dataHeadersV2.append(header)
        let payload = payload()
        let message = [UInt8](capacity: header.encodedByteCount) {
            header.serialize(payloadByteCount: payload.count, into: &$0)
        }
        append(message + payload, over: .udp)
    }

    /// An ICRQ, a HELLO, an SCCRQ of L2TPv2, or an acknowledgement of it.
    private mutating func appendControl() throws {
        let encapsulation: Encapsulation = Bool.random(using: &generator) ? .udp : .ip
        let number = UInt32.random(in: 0 ... .max, using: &generator)
        let numbers = (
            ns: ControlSequenceNumber(UInt16.random(in: 0 ... .max, using: &generator)),
            nr: ControlSequenceNumber(UInt16.random(in: 0 ... .max, using: &generator))
        )
        let header = ControlHeader(
            tunnelID: TunnelID(number), ns: numbers.ns, nr: numbers.nr, encapsulation: encapsulation)
        let headerV2 = try ControlHeader(
            v2TunnelID: TunnelID(number & 0xFFFF), sessionID: SessionID(number >> 16), ns: numbers.ns, nr: numbers.nr)
        switch number % 4 {
        case 0:
            writer.reset(header, type: .hello)
            append(writer.bytes, over: encapsulation)
        case 1:
            writer.reset(headerV2, type: nil)
            append(writer.bytes, over: .udp)
        case 2:
            writer.reset(headerV2, type: .startControlConnectionRequest)
            try writer.append(.hostName, "lac.example")
            try writer.append(.vendorName, "example")
            try writer.append(.assignedTunnelID, UInt16(truncatingIfNeeded: number))
            try writer.append(.receiveWindowSize, 4)
            try writer.append(.challenge, generator.bytes(16))
            try writer.append(AttributeType(1, vendorID: 64512), isMandatory: false, value: [1, 2, 3].span)
            append(writer.bytes, over: .udp)
        default:
            let request = call_request(
                cookie: generator.next(), tunnel_id: number, session_id: number | 1, serial_number: number >> 8,
                ns: numbers.ns.rawValue, nr: numbers.nr.rawValue, over_ip: encapsulation == .ip ? 1 : 0)
            requests.append(request)
            try writer.write(request)
            append(writer.bytes, over: encapsulation)
        }
    }

    private mutating func payload() -> [UInt8] {
        generator.bytes(Int.random(in: 40...104, using: &generator))
    }

    private mutating func append(
        _ message: [UInt8], over encapsulation: Encapsulation, format: DataFormat = DataFormat(sublayer: .none),
        cookie: Cookie? = nil
    ) {
        places.append(
            Place(
                offset: UInt32(bytes.count), length: UInt16(message.count), encapsulation: encapsulation,
                format: format, cookie: cookie))
        bytes += message
    }

    /// The same messages cut off and changed at random, to see that both sides refuse the same ones.
    func damaged() -> Workload {
        var damaged = self
        for index in damaged.places.indices {
            let place = damaged.places[index]
            guard place.length > 0 else { continue }
            if Bool.random(using: &damaged.generator) {
                damaged.places[index].length = UInt16.random(in: 0..<place.length, using: &damaged.generator)
            }
            if Bool.random(using: &damaged.generator) {
                let byte = Int(place.offset) + Int.random(in: 0..<min(30, Int(place.length)), using: &damaged.generator)
                damaged.bytes[byte] = UInt8.random(in: 0 ... .max, using: &damaged.generator)
            }
        }
        return damaged
    }
}

extension ControlHeader {
    static let plain = Self(tunnelID: TunnelID(0), ns: .first, nr: .first, encapsulation: .udp)
}

extension call_request {
    /// The header of the message.
    var header: ControlHeader {
        ControlHeader(
            tunnelID: TunnelID(tunnel_id), ns: ControlSequenceNumber(ns), nr: ControlSequenceNumber(nr),
            encapsulation: over_ip == 0 ? .udp : .ip)
    }

    /// Appends the message that `baseline_write_control` writes.
    func serialize(into output: inout OutputSpan<UInt8>) {
        header.serialize(.incomingCallRequest, into: &output) { avps in
            AVPDefinition.localSessionID.serialize(SessionID(session_id), in: .v3, into: &avps)
            AVPDefinition.remoteSessionID.serialize(SessionID(0), in: .v3, into: &avps)
            AVPDefinition.callSerialNumber.serialize(serial_number, in: .v3, into: &avps)
            AVPDefinition.pseudowireType.serialize(.ethernet, in: .v3, into: &avps)
            AVPDefinition.assignedCookie.serialize(AssignedCookie(cookie), in: .v3, into: &avps)
            AVPDefinition.circuitStatus.serialize([.active], in: .v3, into: &avps)
            AVPDefinition.l2SpecificSublayer.serialize(.default, in: .v3, into: &avps)
            AVPDefinition.dataSequencing.serialize(.all, in: .v3, into: &avps)
        }
    }
}

extension ControlMessageWriter {
    /// Writes the message that `baseline_write_control` writes.
    mutating func write(_ request: call_request) throws(ValidationError) {
        reset(request.header, type: .incomingCallRequest)
        try append(.localSessionID, SessionID(request.session_id))
        try append(.remoteSessionID, SessionID(0))
        try append(.callSerialNumber, request.serial_number)
        try append(.pseudowireType, .ethernet)
        try append(.assignedCookie, AssignedCookie(request.cookie))
        try append(.circuitStatus, [.active])
        try append(.l2SpecificSublayer, .default)
        try append(.dataSequencing, .all)
    }
}
