import L2TPWire
import L2TPWireTestSupport

/// The outcome of `Message(parsing:encapsulation:)`, copied so that it can be compared.
enum Sorted: Equatable {
    case control([UInt8])
    case data(SessionID, body: [UInt8])
    case dataV2(DataHeaderV2, payload: [UInt8])
    case refused(WireError)

    init(_ bytes: [UInt8], over encapsulation: Encapsulation) {
        do {
            switch try Message(parsing: bytes.span, encapsulation: encapsulation) {
            case .control(let message): self = .control([UInt8](copying: message.bytes))
            case .data(let message): self = .data(message.sessionID, body: [UInt8](copying: message.body))
            case .dataV2(let message):
                self = .dataV2(DataHeaderV2(message), payload: [UInt8](copying: message.payload))
            }
        } catch {
            self = .refused(error)
        }
    }
}

/// The outcome of `DataMessage(parsing:encapsulation:format:)`, copied so that it can be compared.
enum Decoded: Equatable {
    case data(DataHeader, payload: [UInt8])
    case refused(WireError)

    init(_ bytes: [UInt8], over encapsulation: Encapsulation, as format: DataFormat) {
        do {
            let message = try DataMessage(parsing: bytes.span, encapsulation: encapsulation, format: format)
            self = .data(DataHeader(message), payload: [UInt8](copying: message.payload))
        } catch {
            self = .refused(error)
        }
    }
}

extension DataFormat {
    /// All six.
    static let all: [DataFormat] = CookieLength.allCases.flatMap { length in
        L2SpecificSublayer.allCases.map { DataFormat(cookieLength: length, sublayer: $0) }
    }
}

/// The header and then the payload, in an array of just that length.
func serialize(_ header: DataHeader, payload: [UInt8]) -> [UInt8] {
    [UInt8](capacity: header.encodedByteCount) { header.serialize(into: &$0) } + payload
}

/// An AVP, copied so that it can be compared.
struct AVPCopy: Equatable, CustomStringConvertible {
    var type: AttributeType
    var isMandatory: Bool
    var isHidden: Bool
    var offset: Int
    var value: [UInt8]

    var description: String { "\(type) at \(offset): \(Hex.print(value))" }
}

extension AVPCopy {
    init(_ avp: borrowing AVP) {
        type = avp.type
        isMandatory = avp.isMandatory
        isHidden = avp.isHidden
        offset = avp.offset
        value = [UInt8](copying: avp.value)
    }

    init?(first list: borrowing AVPList) {
        var iterator = list.makeIterator()
        guard let avp = iterator.next() else { return nil }
        self.init(avp)
    }

    init(_ vector: GoldenAVP, at offset: Int) {
        let bytes = vector.bytes
        type = vector.type
        isMandatory = bytes[0] & 0x80 != 0
        isHidden = bytes[0] & 0x40 != 0
        self.offset = offset
        value = Array(bytes.dropFirst(AVP.headerByteCount))
    }
}

extension [AVPCopy] {
    /// All AVPs of a list.
    init(_ list: borrowing AVPList) {
        self = []
        var iterator = list.makeIterator()
        while let avp = iterator.next() { append(AVPCopy(avp)) }
    }
}

/// A value in an array of just the length that it says.
func serialize(_ value: some AVPValue) -> [UInt8] {
    [UInt8](capacity: value.encodedByteCount) { value.serialize(into: &$0) }
}

/// The outcome of reading a control message, exactly or as much as possible, copied so that it can be compared.
enum DecodedControl: Equatable {
    case message(ControlHeader, MessageType?, [AVPCopy], WireError?)
    case refused(WireError)

    init(_ bytes: [UInt8], over encapsulation: Encapsulation) {
        do {
            self.init(try ControlMessage(parsing: bytes.span, encapsulation: encapsulation))
        } catch {
            self = .refused(error)
        }
    }

    init(prefixOf bytes: [UInt8], over encapsulation: Encapsulation) {
        do {
            self.init(try ControlMessage(parsingPrefix: bytes.span, encapsulation: encapsulation))
        } catch {
            self = .refused(error)
        }
    }

    private init(_ message: borrowing ControlMessage) {
        self = .message(ControlHeader(message), message.messageType, [AVPCopy](message.avps), message.firstError)
    }
}
