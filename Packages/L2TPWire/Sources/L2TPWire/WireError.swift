/// Why bytes are no L2TPv3 message.
///
/// Decide by ``code``; ``offset`` and ``field`` are for the person who reads the log.
public struct WireError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let code: Code
    /// Where, in bytes from the start of the datagram payload that was parsed, counted from 0.
    ///
    /// For ``Code-swift.struct/truncated`` this is the first missing byte, that is, the payload's length.
    public let offset: Int
    /// The header field that could not be read, in the words of RFC 3931, for example `Session ID`.
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
        /// A data message of L2TPv2 (RFC 2661), whose header this module does not read.
        public static let l2tpv2 = Self(rawValue: "data message is L2TPv2, not L2TPv3")
        /// A data message whose version is neither 2 nor 3.
        public static let unsupportedVersion = Self(rawValue: "version is not 3")
        /// A control message where a data message is expected.
        public static let controlMessage = Self(rawValue: "control message instead of a data message")
        /// A control header over IP whose T bit is clear, although the zero session identifier announces a
        /// control message (RFC 3931 §4.1.1.2); Linux drops it too.
        public static let typeBitClear = Self(rawValue: "control header has its T bit clear")

        /// The phrase.
        public var description: String { rawValue }
    }
}
