public import SystemPackage

/// Why a netlink operation failed.
public struct NetlinkError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The operation that failed. Open for additions.
    public struct Operation: RawRepresentable, Hashable, Sendable {
        /// A verb phrase that completes «cannot …».
        public var rawValue: String

        /// Wraps a verb phrase that completes «cannot …».
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Opening, configuring or binding a socket.
        public static let open = Self(rawValue: "open a netlink socket")
        /// Entering a network namespace.
        public static let enterNamespace = Self(rawValue: "enter the network namespace")
        /// Becoming a member of a multicast group.
        public static let join = Self(rawValue: "join a multicast group")
        /// Waiting for a datagram.
        public static let wait = Self(rawValue: "wait for the kernel")
        /// Sending a datagram.
        public static let send = Self(rawValue: "send to the kernel")
        /// Receiving a datagram; `ENOBUFS` means that the kernel has dropped replies, `EAGAIN` that it
        /// did not answer in time.
        public static let receive = Self(rawValue: "receive from the kernel")
        /// Building a message; `EMSGSIZE` means that an attribute did not fit.
        public static let build = Self(rawValue: "build a netlink message")
        /// Reading a message whose form is wrong: always `EBADMSG`.
        public static let parse = Self(rawValue: "read the kernel's reply")
        /// A request that the kernel refused.
        public static let request = Self(rawValue: "carry out the request")
        /// A dump that changed while it was read, as often as it was repeated: `EINTR`.
        public static let dump = Self(rawValue: "read a consistent list")
    }

    /// The operation that failed.
    public var operation: Operation
    /// The error number: the kernel's own for a refused request.
    public var errno: Errno
    /// What the kernel added in its extended acknowledgement (`NLMSGERR_ATTR_MSG`), or the detail of a
    /// malformed reply; nil if there is none.
    public var message: String?
    /// The byte offset in the request that the kernel complained of (`NLMSGERR_ATTR_OFFS`), or in the
    /// reply that is malformed; nil if unknown.
    public var offset: Int?

    /// An error from its parts.
    public init(_ operation: Operation, _ errno: Errno, message: String? = nil, offset: Int? = nil) {
        self.operation = operation
        self.errno = errno
        self.message = message
        self.offset = offset
    }

    /// The error of a message whose form is wrong: operation `parse`, `EBADMSG`.
    public static func malformed(_ message: String, at offset: Int? = nil) -> Self {
        Self(.parse, .badMessage, message: message, offset: offset)
    }

    /// One line: operation, meaning of the error number, its name, and what the kernel added.
    public var description: String {
        var text = "cannot \(operation.rawValue): \(errno.description) (\(errno.symbol))"
        if let message { text += ": \(message)" }
        if let offset { text += " at byte \(offset)" }
        return text
    }
}
