internal import Netlink
public import SystemPackage

/// Why an operation on a socket failed: operation, object, the kernel's error number, what it means here and what
/// to do about it.
public struct SocketError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted. Open for additions.
    public struct Operation: RawRepresentable, Hashable, Sendable {
        /// A verb that completes «cannot …».
        public var rawValue: String

        /// Wraps a verb that completes «cannot …».
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Opening the socket or device.
        public static let open = Self(rawValue: "open")
        /// Giving it a local address.
        public static let bind = Self(rawValue: "bind")
        /// Giving it a peer, or joining a PPP channel and unit.
        public static let connect = Self(rawValue: "connect")
        /// Sending a message.
        public static let send = Self(rawValue: "send over")
        /// Receiving a message.
        public static let receive = Self(rawValue: "receive from")
        /// Reading or changing an option.
        public static let configure = Self(rawValue: "configure")
        /// Reading an address, counters or an identifier.
        public static let read = Self(rawValue: "read")
        /// Joining two PPP channels, or parting them.
        public static let bridge = Self(rawValue: "bridge")
    }

    /// Why it failed, for programs to act on. Open for additions.
    public struct Reason: RawRepresentable, Hashable, Sendable {
        /// A stable word.
        public var rawValue: String

        /// Wraps a word.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// It cannot work; nothing was asked of the kernel, or the kernel says so.
        public static let invalid = Self(rawValue: "invalid")
        /// The address, or what is to be created, is taken.
        public static let exists = Self(rawValue: "exists")
        /// There is no such tunnel, session or channel.
        public static let notFound = Self(rawValue: "not-found")
        /// The session carries something else than PPP.
        public static let wrongType = Self(rawValue: "wrong-type")
        /// The socket or channel is in use already.
        public static let busy = Self(rawValue: "busy")
        /// The socket has to be connected first.
        public static let notConnected = Self(rawValue: "not-connected")
        /// The process lacks a privilege.
        public static let notPermitted = Self(rawValue: "not-permitted")
        /// The kernel lacks it.
        public static let notSupported = Self(rawValue: "not-supported")
        /// The local address is not on this host, or not usable yet.
        public static let addressNotLocal = Self(rawValue: "address-not-local")
        /// There is no route to the peer.
        public static let noRoute = Self(rawValue: "no-route")
        /// Nobody listens at the peer: it has answered with an ICMP error.
        public static let refused = Self(rawValue: "refused")
        /// The network namespace cannot be entered.
        public static let namespace = Self(rawValue: "namespace")
        /// Anything else.
        public static let other = Self(rawValue: "other")
    }

    /// What was attempted.
    public var operation: Operation
    /// What it was attempted on, in words.
    public var object: String
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
        _ object: String,
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

    /// `cannot bind L2TPIP socket: local address 192.0.2.9 is not on this host (EADDRNOTAVAIL)` and, on a second
    /// line, indented, the remedy.
    public var description: String {
        var text = "cannot \(operation.rawValue) \(object): \(explanation)"
        if let errno { text += " (\(errno.symbol))" }
        if let remedy { text += "\n  \(remedy)" }
        return text
    }
}
