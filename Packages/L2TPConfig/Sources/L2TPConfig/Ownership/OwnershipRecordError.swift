/// Why a text is no record of what is owned.
public struct OwnershipRecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
        /// The first line is not that of a record.
        case notARecord
        /// The record is of a version that is not known here.
        case version(UInt32)
        /// The text ends before the record does.
        case cutOff
        /// Something stands behind the record's end.
        case trailing
        /// A line does not say what it should; the text says what.
        case malformed(String)
    }

    /// Where it was found: the line, from 1.
    public var line: Int
    /// What is wrong.
    public var reason: Reason

    /// An error from its parts.
    public init(line: Int, _ reason: Reason) {
        self.line = line
        self.reason = reason
    }

    /// What is wrong, in one line, which tells nothing of what is recorded.
    public var description: String {
        switch reason {
        case .notARecord: "line \(line): this is not a record of l2tp-apply"
        case .version(let version): "line \(line): the record has version \(version); only version 1 is known here"
        case .cutOff: "line \(line): the record is cut off"
        case .trailing: "line \(line): something follows the record's end"
        case .malformed(let what): "line \(line): \(what)"
        }
    }
}
