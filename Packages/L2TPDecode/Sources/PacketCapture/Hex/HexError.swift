/// Why a text is no packets written in hexadecimal digits.
public struct HexError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let code: Code
    /// Which line, counted from 1.
    public let line: Int
    /// Which byte of the line, counted from 1.
    public let column: Int
    /// What exactly, or what would be right.
    public let detail: String

    /// An error at a place.
    ///
    /// - Parameters:
    ///   - code: What is wrong.
    ///   - line: Which line, counted from 1.
    ///   - column: Which byte of the line, counted from 1.
    ///   - detail: What exactly, or what would be right.
    public init(_ code: Code, line: Int, column: Int, _ detail: String) {
        self.code = code
        self.line = line
        self.column = column
        self.detail = detail
    }

    /// One line: where, what is wrong, what would be right.
    public var description: String { "line \(line), column \(column): \(code): \(detail)" }
}

extension HexError {
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

        /// A character that is no hexadecimal digit.
        public static let notHexadecimal = Self(rawValue: "not hexadecimal")
        /// A byte with one digit.
        public static let oddDigits = Self(rawValue: "odd number of digits")
        /// The offset at the start of a dump's line does not count what has come before.
        public static let badOffset = Self(rawValue: "wrong offset")
        /// A packet or a line longer than any can be.
        public static let tooLong = Self(rawValue: "too long")
        /// The system cannot read the file.
        public static let unreadable = Self(rawValue: "cannot read")

        /// The phrase.
        public var description: String { rawValue }
    }
}
