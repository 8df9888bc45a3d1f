import L2TPWire
import L2TPWireTestSupport

/// The outcome of `Message(parsing:encapsulation:)`, copied so that it can be compared.
enum Sorted: Equatable {
    case control([UInt8])
    case data(SessionID, body: [UInt8])
    case refused(WireError)

    init(_ bytes: [UInt8], over encapsulation: Encapsulation) {
        do {
            switch try Message(parsing: bytes.span, encapsulation: encapsulation) {
            case .control(let message): self = .control([UInt8](copying: message.bytes))
            case .data(let message): self = .data(message.sessionID, body: [UInt8](copying: message.body))
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
