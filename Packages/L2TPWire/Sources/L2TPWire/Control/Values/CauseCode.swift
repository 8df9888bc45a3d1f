/// Why a call was disconnected, in the words of the signalling of ISDN (RFC 2661 §4.4.2, Q.931 Cause Code).
public struct CauseCode: AVPValue {
    /// The cause code of Q.931, as the signalling had it.
    public var code: UInt16
    /// The message type of Q.931 in which it came.
    public var message: UInt8
    /// A text for people, 0…1014 bytes; empty when there is none.
    public var advisoryMessage: TextValue

    /// A cause.
    public init(code: UInt16, message: UInt8, advisoryMessage: TextValue = "") {
        self.code = code
        self.message = message
        self.advisoryMessage = advisoryMessage
    }

    /// Reads a cause code, a message type and all of the rest as text.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(atLeast: 2, of: "Cause Code")
        try value.checkByteCount(atLeast: 3, of: "Cause Message")
        self.init(
            code: value.bigEndian(at: 0), message: value[2],
            advisoryMessage: TextValue(parsing: value.extracting(droppingFirst: 3)))
    }

    /// Length on the wire in bytes: 3 and that of the text.
    public var encodedByteCount: Int { 3 + advisoryMessage.encodedByteCount }

    /// Appends the cause code, the message type and the text.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(bigEndian: code)
        output.append(message)
        advisoryMessage.serialize(into: &output)
    }

    /// Cause code, message type and, if there is one, the text.
    public var fields: [AVPField] {
        var fields = [
            AVPField("Cause Code", byteCount: 2, .number(UInt64(code), name: nil)),
            AVPField("Cause Message", at: 2, byteCount: 1, .number(UInt64(message), name: nil)),
        ]
        if !advisoryMessage.bytes.isEmpty {
            let text = AVPField.Content.text(advisoryMessage.description)
            fields.append(AVPField("Advisory Message", at: 3, byteCount: advisoryMessage.encodedByteCount, text))
        }
        return fields
    }
}
