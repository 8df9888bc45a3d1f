/// Why a header below the application cannot be read.
///
/// Decide by ``code``; the rest is for the person who reads the message.
public struct LayerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let code: Code
    /// Where, in bytes from the start of the captured frame, counted from 0; if ``isReassembled`` is set, from the start
    /// of the datagram's payload.
    ///
    /// For ``Code-swift.struct/truncated`` and ``Code-swift.struct/cut`` this is the first missing byte.
    public let offset: Int
    /// The field that could not be read, in the words of its specification, for example `IPv4 Total Length`.
    public let field: String
    /// What exactly, or what would be right; nil if there is no more to say.
    public let detail: String?
    /// Whether the datagram was put together from fragments, so that its bytes stand in no single frame.
    public let isReassembled: Bool

    /// An error at a place.
    ///
    /// - Parameters:
    ///   - code: What is wrong.
    ///   - offset: Where, in bytes from the start of the captured frame, or of a reassembled datagram's payload.
    ///   - field: The field that could not be read.
    ///   - detail: What exactly, or what would be right.
    ///   - isReassembled: Whether the datagram was put together from fragments.
    public init(
        _ code: Code, at offset: Int, in field: String, _ detail: String? = nil, isReassembled: Bool = false
    ) {
        self.code = code
        self.offset = offset
        self.field = field
        self.detail = detail
        self.isReassembled = isReassembled
    }

    /// One line: what is wrong, at which byte, in which field, what would be right.
    public var description: String {
        "\(code), \(place)" + (detail.map { ": \($0)" } ?? "")
    }

    /// Where, in words: `at byte 60 (IPv6 extension header)`.
    public var place: String {
        "at byte \(offset)\(isReassembled ? " of the fragments put together" : "") (\(field))"
    }
}

extension LayerError {
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

        /// The packet itself ends before its header does: it is malformed.
        public static let truncated = Self(rawValue: "packet is truncated")
        /// The capture kept too little of the packet, which may be in order.
        public static let cut = Self(rawValue: "cut by the capture's snap length")
        /// A link layer that is not read.
        public static let unsupportedLinkType = Self(rawValue: "unsupported link type")
        /// More VLAN tags than are read.
        public static let tooManyTags = Self(rawValue: "too many VLAN tags")
        /// The frame carries neither IPv4 nor IPv6.
        public static let notIP = Self(rawValue: "not an IP packet")
        /// An IP version that is not the expected one.
        public static let badVersion = Self(rawValue: "wrong IP version")
        /// A length that cannot be, or that does not agree with another.
        public static let badLength = Self(rawValue: "wrong length")
        /// A fragment where a whole datagram is needed.
        public static let fragment = Self(rawValue: "a fragment, not a whole datagram")
        /// A fragment that no datagram can be cut into.
        public static let badFragment = Self(rawValue: "impossible fragment")

        /// The phrase.
        public var description: String { rawValue }
    }
}
