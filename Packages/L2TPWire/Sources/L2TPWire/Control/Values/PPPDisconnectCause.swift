/// Why a PPP session ended, for the other end of the tunnel (RFC 3145 §2).
public struct PPPDisconnectCause: AVPValue {
    /// The reason.
    public var code: PPPDisconnectCode
    /// The PPP protocol that failed, for example 0xC021 for LCP; 0 when none is to blame.
    public var controlProtocol: UInt16
    /// Which side the reason is about; mostly ``Direction-swift.struct/global``.
    public var direction: Direction
    /// A text for people, in UTF-8, of 0…1012 bytes; empty when there is none.
    public var message: TextValue

    /// Which side the reason of a disconnection is about (RFC 3145 §2).
    public struct Direction: NamedNumber {
        /// The number, 0…255.
        public var rawValue: UInt8

        /// Wraps a number; unknown numbers are kept as they are.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Neither side alone.
        public static let global = Self(rawValue: 0)
        /// The peer's.
        public static let peer = Self(rawValue: 1)
        /// The sender's own.
        public static let local = Self(rawValue: 2)

        /// What the RFC says, in few words; nil for a number that this module does not know.
        public var name: String? {
            switch self {
            case .global: "global error"
            case .peer: "at peer"
            case .local: "at local"
            default: nil
            }
        }
    }

    /// A reason.
    public init(
        code: PPPDisconnectCode, controlProtocol: UInt16 = 0, direction: Direction = .global, message: TextValue = ""
    ) {
        self.code = code
        self.controlProtocol = controlProtocol
        self.direction = direction
        self.message = message
    }

    /// Reads a reason and all of the rest as text.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(atLeast: 2, of: "Disconnect Code")
        try value.checkByteCount(atLeast: 4, of: "Control Protocol Number")
        try value.checkByteCount(atLeast: 5, of: "Direction")
        self.init(
            code: PPPDisconnectCode(rawValue: value.bigEndian(at: 0)), controlProtocol: value.bigEndian(at: 2),
            direction: Direction(rawValue: value[4]), message: TextValue(parsing: value.extracting(droppingFirst: 5)))
    }

    /// Length on the wire in bytes: 5 and that of the text.
    public var encodedByteCount: Int { 5 + message.encodedByteCount }

    /// Appends code, protocol, direction and text.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(bigEndian: code.rawValue)
        output.append(bigEndian: controlProtocol)
        output.append(direction.rawValue)
        message.serialize(into: &output)
    }

    /// Code, protocol, direction and, if there is one, the text.
    public var fields: [AVPField] {
        var fields = [
            AVPField("Disconnect Code", byteCount: 2, .number(UInt64(code.rawValue), name: code.name)),
            AVPField("Control Protocol Number", at: 2, byteCount: 2, .number(UInt64(controlProtocol), name: nil)),
            AVPField("Direction", at: 4, byteCount: 1, .number(UInt64(direction.rawValue), name: direction.name)),
        ]
        if !message.bytes.isEmpty {
            let text = AVPField.Content.text(message.description)
            fields.append(AVPField("Message", at: 5, byteCount: message.encodedByteCount, text))
        }
        return fields
    }
}
