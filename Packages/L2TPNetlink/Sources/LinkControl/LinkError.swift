internal import Netlink
public import SystemPackage

/// Why something could not be done to an interface: operation, object, the kernel's error number, what it means
/// here and what to do about it.
public struct LinkError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted. Open for additions.
    public struct Operation: RawRepresentable, Hashable, Sendable {
        /// A verb that completes «cannot …».
        public var rawValue: String

        /// Wraps a verb that completes «cannot …».
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Changing a link's state, name, MTU, MAC address, alias or master (`RTM_SETLINK`).
        public static let change = Self(rawValue: "change")
        /// Moving a link to another network namespace (`RTM_SETLINK`).
        public static let move = Self(rawValue: "move")
        /// Giving a link an address (`RTM_NEWADDR`).
        public static let add = Self(rawValue: "add")
        /// Taking an address from a link (`RTM_DELADDR`).
        public static let remove = Self(rawValue: "remove")
        /// Finding the route to a peer (`RTM_GETROUTE`).
        public static let find = Self(rawValue: "find")
        /// Waiting for a link, an address or a route.
        public static let wait = Self(rawValue: "wait for")
    }

    /// What it was attempted on.
    public enum Object: Hashable, Sendable, CustomStringConvertible {
        /// A link, by name.
        case link(String)
        /// The end of a link, by name.
        case linkRemoval(String)
        /// An address in text form and the link that has it or is to have it, by name.
        case address(String, on: String)
        /// An address in text form, whichever link has it.
        case anyAddress(String)
        /// The route to a peer, by its address in text form.
        case route(to: String)

        /// The object in words, as `address 192.0.2.1/24 on l2tp-lan`.
        public var description: String {
            switch self {
            case .link(let name): "interface \(name)"
            case .linkRemoval(let name): "the removal of interface \(name)"
            case .address(let address, let name): "address \(address) on \(name)"
            case .anyAddress(let address): "address \(address)"
            case .route(let peer): "the route to \(peer)"
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

        /// The request cannot work: a MAC address that no interface can have, an MTU out of bounds.
        public static let invalid = Self(rawValue: "invalid")
        /// The address, or the name, also that in the other namespace, is there already.
        public static let exists = Self(rawValue: "exists")
        /// There is no such link, or no such address on it.
        public static let notFound = Self(rawValue: "not-found")
        /// The link cannot be changed so while it is up, or something else holds it.
        public static let busy = Self(rawValue: "busy")
        /// The master is no link that takes members, or would become its own.
        public static let notMaster = Self(rawValue: "not-master")
        /// IPv6 is switched off on the link, or its MTU is too small for it.
        public static let noIPv6 = Self(rawValue: "no-ipv6")
        /// Another host has the address.
        public static let duplicate = Self(rawValue: "duplicate")
        /// The local address is not on this host.
        public static let addressNotLocal = Self(rawValue: "address-not-local")
        /// The process lacks CAP_NET_ADMIN.
        public static let notPermitted = Self(rawValue: "not-permitted")
        /// The link or the kernel cannot do it.
        public static let notSupported = Self(rawValue: "not-supported")
        /// It has not come about in the longest time to wait.
        public static let timedOut = Self(rawValue: "timed-out")
        /// The network namespace cannot be found.
        public static let namespace = Self(rawValue: "namespace")
        /// The kernel's answer is lost, and whether it was done cannot be seen.
        public static let unconfirmed = Self(rawValue: "unconfirmed")
        /// Anything else the kernel refused or answered badly.
        public static let other = Self(rawValue: "other")
    }

    /// What was attempted.
    public var operation: Operation
    /// What it was attempted on.
    public var object: Object
    /// Why it failed.
    public var reason: Reason
    /// The kernel's error number; nil if the kernel was not asked or has not refused.
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

    /// `cannot change interface l2tp-lan: MTU 70000 is not within 0...65535 (EINVAL)` and, on a second line,
    /// indented, the remedy.
    public var description: String {
        var text = "cannot \(operation.rawValue) \(object): \(explanation)"
        if let errno { text += " (\(errno.symbol))" }
        if let remedy { text += "\n  \(remedy)" }
        return text
    }
}
