public import L2TPConfig
internal import Netlink
public import SystemPackage

/// Why a configuration could not be applied: operation, object, the kernel's error number, what it means here, what to
/// do about it, and in what state it has left things.
public struct ApplyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why it failed, for programs to act on. Open for additions.
    public struct Reason: RawRepresentable, Hashable, Sendable {
        /// A stable word.
        public var rawValue: String

        /// Wraps a word.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Something that was not created by applying stands in the way.
        public static let conflict = Self(rawValue: "conflict")
        /// The kernel refused.
        public static let refused = Self(rawValue: "refused")
        /// An address, a route or a link that is needed has not come in the time to wait.
        public static let timedOut = Self(rawValue: "timed-out")
        /// The process lacks CAP_NET_ADMIN.
        public static let notPermitted = Self(rawValue: "not-permitted")
        /// The kernel has no L2TP.
        public static let notSupported = Self(rawValue: "not-supported")
        /// Another run is under way.
        public static let locked = Self(rawValue: "locked")
        /// The record of what is owned cannot be read or written.
        public static let record = Self(rawValue: "record")
        /// The run was ended from outside.
        public static let interrupted = Self(rawValue: "interrupted")
        /// Anything else.
        public static let other = Self(rawValue: "other")
    }

    /// What has become of the changes.
    public enum Outcome: Hashable, Sendable {
        /// Nothing was changed.
        case unchanged
        /// All that was done has been undone.
        case rolledBack
        /// It could not all be undone: what stands, one line each.
        case partial([String])
    }

    /// Why it failed.
    public var reason: Reason
    /// The kernel's error number; nil if the kernel was not asked.
    public var errno: Errno?
    /// What failed and why, in one line without the error number: `cannot create tunnel 3000: …`.
    public var explanation: String
    /// What to do about it, where that is known; nil otherwise.
    public var remedy: String?
    /// What has become of the changes.
    public var outcome: Outcome
    /// Which part of the configuration asks for what failed; nil if none does, or it is not known.
    public var path: ConfigurationPath?

    /// An error from its parts.
    public init(
        _ reason: Reason, errno: Errno? = nil, _ explanation: String, remedy: String? = nil,
        outcome: Outcome = .unchanged, path: ConfigurationPath? = nil
    ) {
        self.reason = reason
        self.errno = errno
        self.explanation = explanation
        self.remedy = remedy
        self.outcome = outcome
        self.path = path
    }

    /// The explanation with the error number's symbol and, on a second line, indented, the remedy.
    public var description: String {
        var text = explanation
        if let errno { text += " (\(errno.symbol))" }
        if let remedy { text += "\n  \(remedy)" }
        return text
    }
}
