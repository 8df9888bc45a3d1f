internal import L2TPModel
public import L2TPWire
internal import Netlink
public import SystemPackage

/// Why an operation on L2TP failed: operation, object, the kernel's error number, what it means here and
/// what to do about it.
public struct L2TPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted. Open for additions.
    public struct Operation: RawRepresentable, Hashable, Sendable {
        /// A verb that completes «cannot …».
        public var rawValue: String

        /// Wraps a verb that completes «cannot …».
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Opening the socket and finding the family.
        public static let open = Self(rawValue: "open")
        /// Creating a tunnel or session.
        public static let create = Self(rawValue: "create")
        /// Deleting a tunnel or session and waiting until it is gone.
        public static let delete = Self(rawValue: "delete")
        /// Changing a session in place.
        public static let modify = Self(rawValue: "modify")
        /// Reading one tunnel or session, or all of them.
        public static let read = Self(rawValue: "read")
        /// Following what changes.
        public static let monitor = Self(rawValue: "monitor")
    }

    /// What it was attempted on.
    public enum Object: Hashable, Sendable, CustomStringConvertible {
        /// The kernel's L2TP subsystem.
        case subsystem
        /// All tunnels.
        case tunnels
        /// All sessions.
        case sessions
        /// One tunnel.
        case tunnel(TunnelID)
        /// One session of a tunnel.
        case session(SessionID, in: TunnelID)
        /// The session of an interface.
        case interface(String)

        /// The object in words, as `session 1000 in tunnel 3000`.
        public var description: String {
            switch self {
            case .subsystem: "L2TP"
            case .tunnels: "tunnels"
            case .sessions: "sessions"
            case .tunnel(let id): "tunnel \(id)"
            case .session(let id, let tunnelID): "session \(id) in tunnel \(tunnelID)"
            case .interface(let name): "the session of interface \(name)"
            }
        }
    }

    /// Why it failed, for programs to act on. Open for additions.
    public struct Reason: RawRepresentable, Hashable, Sendable {
        /// A stable word.
        public var rawValue: String

        /// Wraps a word.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The specification cannot work; nothing was sent to the kernel.
        public static let invalid = Self(rawValue: "invalid")
        /// The identifier or interface name is taken.
        public static let exists = Self(rawValue: "exists")
        /// There is no such tunnel or session.
        public static let notFound = Self(rawValue: "not-found")
        /// The kernel cannot tell this object from another one, so that it was left alone.
        public static let ambiguous = Self(rawValue: "ambiguous")
        /// The process lacks CAP_NET_ADMIN.
        public static let notPermitted = Self(rawValue: "not-permitted")
        /// The kernel has no L2TP, or not this part of it.
        public static let notSupported = Self(rawValue: "not-supported")
        /// The local address is not on this host.
        public static let addressNotLocal = Self(rawValue: "address-not-local")
        /// The local address is not usable yet.
        public static let addressTentative = Self(rawValue: "address-tentative")
        /// The local UDP port, or the tunnel identifier over IP, is taken.
        public static let portTaken = Self(rawValue: "port-taken")
        /// There is no route to the peer.
        public static let noRoute = Self(rawValue: "no-route")
        /// The object is still there after the longest wait.
        public static let timedOut = Self(rawValue: "timed-out")
        /// The kernel has accepted a deletion, or its answer to one of many requests is lost, but it could not be seen
        /// whether it is done.
        public static let unconfirmed = Self(rawValue: "unconfirmed")
        /// The network namespace cannot be entered.
        public static let namespace = Self(rawValue: "namespace")
        /// Anything else the kernel refused or answered badly.
        public static let other = Self(rawValue: "other")
    }

    /// What was attempted.
    public var operation: Operation
    /// What it was attempted on.
    public var object: Object
    /// Why it failed.
    public var reason: Reason
    /// The kernel's error number; nil if the kernel was not asked.
    public var errno: Errno?
    /// What it means here, as the rest of a sentence.
    public var explanation: String
    /// What to do about it, where that is known; nil otherwise.
    public var remedy: String?

    /// An error from its parts.
    public init(
        _ operation: Operation,
        _ object: Object,
        _ reason: Reason,
        errno: Errno? = nil,
        _ explanation: String,
        remedy: String? = nil
    ) {
        self.operation = operation
        self.object = object
        self.reason = reason
        self.errno = errno
        self.explanation = explanation
        self.remedy = remedy
    }

    /// An error for a specification's violations, all of them in the explanation.
    init(_ operation: Operation, _ object: Object, violations: [Violation]) {
        self.init(
            operation, object, .invalid, violations.map(\.description).joined(separator: "; "))
    }

    /// `cannot create tunnel 3000: local address 192.0.2.9 is not on this host (EADDRNOTAVAIL)` and, on
    /// a second line, indented, the remedy.
    public var description: String {
        var text = operation == .open ? explanation : "cannot \(operation.rawValue) \(object): \(explanation)"
        if let errno { text += " (\(errno.symbol))" }
        if let remedy { text += "\n  \(remedy)" }
        return text
    }
}
