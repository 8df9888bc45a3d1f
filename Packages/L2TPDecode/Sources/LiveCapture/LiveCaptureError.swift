internal import Glibc
public import SystemPackage

/// Why packets of an interface cannot be captured: operation, interface, error number, what to do about it.
public struct LiveCaptureError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted. Open for additions.
    public struct Operation: RawRepresentable, Hashable, Sendable {
        /// A phrase that completes «cannot …».
        public var rawValue: String

        /// Wraps a phrase that completes «cannot …».
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Opening a packet socket.
        public static let open = Self(rawValue: "open a packet socket for")
        /// Finding the interface.
        public static let find = Self(rawValue: "find")
        /// Setting an option of the socket, the filter for example.
        public static let configure = Self(rawValue: "configure the capture of")
        /// Binding the socket to the interface.
        public static let bind = Self(rawValue: "capture on")
        /// Waiting for a packet and receiving it.
        public static let receive = Self(rawValue: "capture further on")
        /// Asking how many packets were dropped.
        public static let count = Self(rawValue: "count the packets of")
    }

    /// What was attempted.
    public var operation: Operation
    /// The interface's name; nil for all.
    public var interface: String?
    /// The kernel's error number.
    public var errno: Errno

    /// An error from its parts.
    ///
    /// - Parameters:
    ///   - operation: What was attempted.
    ///   - interface: The interface's name; nil for all.
    ///   - errno: The kernel's error number.
    public init(_ operation: Operation, _ interface: String?, _ errno: Errno) {
        self.operation = operation
        self.interface = interface
        self.errno = errno
    }

    /// What to do about it, where that is known.
    public var remedy: String? {
        switch errno {
        case .notPermitted, .permissionDenied: "it needs CAP_NET_RAW: run it as root"
        case .noSuchAddressOrDevice, Errno(rawValue: ENODEV): "ip link lists the interfaces"
        case .networkDown where operation == .receive: "it was set down or removed: see ip link"
        case .networkDown: "ip link set \(interface ?? "…") up"
        case .addressFamilyNotSupported: "the kernel lacks packet sockets (CONFIG_PACKET)"
        default: nil
        }
    }

    /// One line: `cannot capture on eth9: No such device (ENODEV); ip link lists the interfaces`.
    public var description: String {
        let object = interface.map { "interface \($0)" } ?? "all interfaces"
        let what =
            "cannot \(operation.rawValue) \(object): \(errno.description) (\(PacketSocketCalls.symbol(of: errno)))"
        return what + (remedy.map { "; \($0)" } ?? "")
    }
}
