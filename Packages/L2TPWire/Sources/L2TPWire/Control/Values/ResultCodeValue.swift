/// Why a control connection or a session ends (RFC 2661 §4.4.2, RFC 3931 §5.4.2, RFC 4045 §7.3).
///
/// What the result code means depends on the message: see ``stopControlConnection`` for StopCCN, ``callDisconnect`` for
/// CDN and ``multicastSessionEnd`` for MSEN.
public struct ResultCodeValue: AVPValue {
    /// The result code, 0…65535.
    public var resultCode: UInt16
    /// What is said beyond the result code; nil when nothing is.
    public var error: GeneralError?

    /// The error code and a text about it.
    public struct GeneralError: Hashable, Sendable {
        /// The error code. After result code 5 of StopCCN it is the highest version supported.
        public var code: GeneralErrorCode
        /// A text for people, in UTF-8 (RFC 3931 §5.4.2), of 0…1013 bytes; empty when there is none.
        public var message: TextValue

        /// An error code and a text.
        public init(_ code: GeneralErrorCode, message: TextValue = "") {
            self.code = code
            self.message = message
        }
    }

    /// A result code of any message.
    public init(resultCode: UInt16, error: GeneralError? = nil) {
        self.resultCode = resultCode
        self.error = error
    }

    /// Why a control connection ends.
    public init(stop code: StopControlConnectionResultCode, error: GeneralError? = nil) {
        self.init(resultCode: code.rawValue, error: error)
    }

    /// Why a session ends.
    public init(disconnect code: CallDisconnectResultCode, error: GeneralError? = nil) {
        self.init(resultCode: code.rawValue, error: error)
    }

    /// Why a multicast session ends.
    public init(multicastEnd code: MulticastSessionEndResultCode, error: GeneralError? = nil) {
        self.init(resultCode: code.rawValue, error: error)
    }

    /// What the result code means in a StopCCN.
    public var stopControlConnection: StopControlConnectionResultCode { .init(rawValue: resultCode) }

    /// What the result code means in a CDN.
    public var callDisconnect: CallDisconnectResultCode { .init(rawValue: resultCode) }

    /// What the result code means in an MSEN.
    public var multicastSessionEnd: MulticastSessionEndResultCode { .init(rawValue: resultCode) }

    /// What the result code means in a message; nil for an unknown code, and in messages other than StopCCN, CDN and MSEN.
    public func name(in message: MessageType) -> String? {
        switch message {
        case .stopControlConnectionNotification: stopControlConnection.name
        case .callDisconnectNotify: callDisconnect.name
        case .multicastSessionEndNotify: multicastSessionEnd.name
        default: nil
        }
    }

    /// Reads a result code with or without an error code and a text.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(atLeast: 2, of: "Result Code")
        resultCode = value.bigEndian(at: 0)
        guard value.count > 2 else {
            error = nil
            return
        }
        try value.checkByteCount(atLeast: 4, of: "Error Code")
        let code = GeneralErrorCode(rawValue: value.bigEndian(at: 2))
        error = GeneralError(code, message: TextValue(parsing: value.extracting(droppingFirst: 4)))
    }

    /// Length on the wire in bytes: 2, or 4 and that of the text.
    public var encodedByteCount: Int { error.map { 4 + $0.message.encodedByteCount } ?? 2 }

    /// Appends the result code, the error code and the text.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(bigEndian: resultCode)
        guard let error else { return }
        output.append(bigEndian: error.code.rawValue)
        error.message.serialize(into: &output)
    }

    /// Result code, error code and text, as far as they are there; the result code without a name, since that depends
    /// on the message.
    public var fields: [AVPField] { fields(in: nil) }

    /// Result code, error code and text, as far as they are there, with the names that they have in a message.
    public func fields(in message: MessageType?) -> [AVPField] {
        let name = message.flatMap { self.name(in: $0) }
        var fields = [AVPField("Result Code", byteCount: 2, .number(UInt64(resultCode), name: name))]
        if let error {
            let name = hasGeneralErrorCode(in: message) ? error.code.name : nil
            fields.append(AVPField("Error Code", at: 2, byteCount: 2, .number(UInt64(error.code.rawValue), name: name)))
            if !error.message.bytes.isEmpty {
                let text = AVPField.Content.text(error.message.description)
                fields.append(AVPField("Error Message", at: 4, byteCount: error.message.encodedByteCount, text))
            }
        }
        return fields
    }

    /// Whether the error code is one of the general ones; some result codes have it say something of their own.
    private func hasGeneralErrorCode(in message: MessageType?) -> Bool {
        switch message {
        case .stopControlConnectionNotification: stopControlConnection != .versionNotSupported
        case .callDisconnectNotify: callDisconnect != .tdmParametersRefused
        default: true
        }
    }
}
