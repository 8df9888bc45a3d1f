/// Why bytes are no L2TP message, or no message that could be read further.
///
/// Decide by ``code``; ``offset`` and ``field`` are for the person who reads the log.
public struct WireError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let code: Code
    /// Where, in bytes from the start of the bytes that were parsed (mostly a datagram's payload), counted from 0.
    ///
    /// For ``Code-swift.struct/truncated`` this is the first missing byte, that is, the number of bytes there are.
    public let offset: Int
    /// The header field that could not be read, in the words of the RFC, for example `Session ID`.
    public let field: String

    /// An error at a place.
    ///
    /// - Parameters:
    ///   - code: What is wrong.
    ///   - offset: Where, in bytes from the start of the datagram payload.
    ///   - field: The header field that could not be read.
    public init(_ code: Code, at offset: Int, in field: String) {
        self.code = code
        self.offset = offset
        self.field = field
    }

    /// An error of code ``Code-swift.struct/truncated``.
    ///
    /// It is not inlined, for what reads bytes without an error is to be short.
    @usableFromInline @inline(never)
    static func truncated(at offset: Int, in field: String) -> WireError {
        WireError(.truncated, at: offset, in: field)
    }

    /// The same error in bytes that begin `distance` bytes after those that it is told of.
    @usableFromInline
    func moved(by distance: Int) -> WireError { WireError(code, at: offset + distance, in: field) }

    /// The same error with the name of the AVP before that of the part of its value.
    @usableFromInline
    func within(_ name: String) -> WireError {
        WireError(code, at: offset, in: field == Self.wholeValue ? name : "\(name), \(field)")
    }

    /// The field of an error in a value that has one part only.
    static let wholeValue = "value"

    /// One line: what is wrong, at which byte, in which field.
    public var description: String { "\(code), at byte \(offset) (\(field))" }
}

extension WireError {
    /// The kinds of error.
    ///
    /// An open set: a later version may know more of them, so a `switch` needs a `default`.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// A phrase that says what is wrong.
        public var rawValue: String

        /// Wraps a phrase.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The datagram ends before the header does.
        public static let truncated = Self(rawValue: "message is truncated")
        /// A data message of L2TPv2 (RFC 2661) where one of L2TPv3 is expected.
        public static let l2tpv2 = Self(rawValue: "data message is L2TPv2, not L2TPv3")
        /// A message whose version is not the expected one: neither 2 nor 3, or over IP not 3.
        public static let unsupportedVersion = Self(rawValue: "version is not supported")
        /// A control message where a data message is expected.
        public static let controlMessage = Self(rawValue: "control message instead of a data message")
        /// A control header over IP whose T bit is clear, although the zero session identifier announces a
        /// control message (RFC 3931 §4.1.1.2); Linux drops it too.
        public static let typeBitClear = Self(rawValue: "control header has its T bit clear")
        /// A data message where a control message is expected.
        public static let dataMessage = Self(rawValue: "data message instead of a control message")
        /// A control header without one of the fields that every control message has: its L or S bit is clear
        /// (RFC 2661 §3.1, RFC 3931 §3.2.1).
        public static let requiredBitClear = Self(rawValue: "control header has a required bit clear")
        /// An L2TPv2 control header with its O bit set (RFC 2661 §3.1).
        public static let offsetBitSet = Self(rawValue: "control header has its O bit set")
        /// A Length field that says less than the header itself takes.
        public static let lengthTooSmall = Self(rawValue: "length is smaller than the header")
        /// Bytes after what the Length field says is the end of the message.
        public static let trailingBytes = Self(rawValue: "bytes follow the end of the message")
        /// An AVP whose Length field reaches beyond the message.
        public static let avpTruncated = Self(rawValue: "AVP reaches beyond the message")
        /// A control message whose first AVP is not Message Type (RFC 2661 §4.4.1, RFC 3931 §5.4.1).
        public static let messageTypeMissing = Self(rawValue: "first AVP is not Message Type")
        /// The value of an AVP whose H bit is set cannot be read before it is revealed (RFC 2661 §4.3).
        public static let hidden = Self(rawValue: "value is hidden")
        /// The value of an AVP is shorter than its type has it.
        public static let valueTooShort = Self(rawValue: "value is too short")
        /// The value of an AVP is longer than its type has it.
        public static let valueTooLong = Self(rawValue: "value is too long")
        /// A value that its format does not allow.
        public static let invalidValue = Self(rawValue: "value is not allowed")

        /// The phrase.
        public var description: String { rawValue }
    }
}
