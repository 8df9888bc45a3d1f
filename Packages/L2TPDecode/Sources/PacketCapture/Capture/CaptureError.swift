/// Why a capture cannot be read further.
///
/// Decide by ``code``; the rest is for the person who reads the message.
public struct CaptureError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let code: Code
    /// Where, in bytes from the start of the capture, decompressed, counted from 0.
    ///
    /// For ``Code-swift.struct/truncated`` this is the first missing byte, that is, the capture's length.
    public let offset: Int
    /// The field that could not be read, in the words of the format's specification.
    public let field: String
    /// What exactly, or what would be right; nil if there is no more to say.
    public let detail: String?

    /// An error at a place.
    ///
    /// - Parameters:
    ///   - code: What is wrong.
    ///   - offset: Where, in bytes from the start of the decompressed capture.
    ///   - field: The field that could not be read.
    ///   - detail: What exactly, or what would be right.
    public init(_ code: Code, at offset: Int, in field: String, _ detail: String? = nil) {
        self.code = code
        self.offset = offset
        self.field = field
        self.detail = detail
    }

    /// One line: what is wrong, at which byte, in which field, what would be right.
    public var description: String {
        "\(code), at byte \(offset) (\(field))" + (detail.map { ": \($0)" } ?? "")
    }
}

extension CaptureError {
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

        /// The capture ends within its header or within a record.
        public static let truncated = Self(rawValue: "capture ends too soon")
        /// The first bytes are those of no format that can be read.
        public static let unknownFormat = Self(rawValue: "neither pcap nor pcapng")
        /// A variant or version of the format that cannot be read.
        public static let unsupportedFormat = Self(rawValue: "unsupported capture format")
        /// A length that is absurd, or that does not agree with another.
        public static let badLength = Self(rawValue: "wrong length")
        /// A byte-order magic that is in neither order.
        public static let badByteOrder = Self(rawValue: "wrong byte-order magic")
        /// A packet of an interface that has not been described.
        public static let unknownInterface = Self(rawValue: "packet of an undescribed interface")
        /// More interfaces in a section than anybody has.
        public static let tooManyInterfaces = Self(rawValue: "too many interfaces")
        /// The system cannot read the file.
        public static let unreadable = Self(rawValue: "cannot read")
        /// The compressed data are damaged or end too soon.
        public static let damagedCompression = Self(rawValue: "damaged gzip data")

        /// The phrase.
        public var description: String { rawValue }
    }
}
