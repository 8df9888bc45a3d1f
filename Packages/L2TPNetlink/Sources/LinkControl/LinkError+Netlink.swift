public import Netlink
internal import SystemPackage

extension LinkError {
    /// An error of the netlink layer, with what its number means for every operation alike.
    public init(_ operation: Operation, _ object: Object, _ error: NetlinkError) {
        let errno = error.errno
        guard error.operation == .request else {
            let reason: Reason = error.operation == .enterNamespace ? .namespace : .other
            self.init(operation, object, reason, errno: errno, Self.text(of: error))
            return
        }
        switch errno {
        case .notPermitted:  // EPERM
            self.init(
                operation, object, .notPermitted, errno: errno, "not permitted",
                remedy: "it needs CAP_NET_ADMIN in the network namespace: run as root")
        case .operationNotSupportedByDevice:  // ENODEV
            self.init(operation, object, .notFound, errno: errno, "the interface does not exist")
        case .fileExists:  // EEXIST
            self.init(operation, object, .exists, errno: errno, "it is there already")
        case .addressNotAvailable:  // EADDRNOTAVAIL
            self.init(operation, object, .notFound, errno: errno, "it is not there")
        case .tooManySymbolicLinkLevels:  // ELOOP
            self.init(
                operation, object, .notMaster, errno: errno, Self.text("it would belong to itself", error.message))
        case .resourceBusy:  // EBUSY
            self.init(operation, object, .busy, errno: errno, Self.text("something holds the interface", error.message))
        case .notSupportedOnSocket, .notSupported:  // EOPNOTSUPP
            self.init(
                operation, object, .notSupported, errno: errno, Self.text("the interface cannot do it", error.message))
        default:
            self.init(operation, object, .other, errno: errno, Self.text(of: error))
        }
    }

    /// The error of a request whose answer is lost, and of which cannot be seen whether it was carried out.
    static func unconfirmed(_ operation: Operation, _ object: Object, _ error: NetlinkError) -> Self {
        LinkError(
            operation, object, .unconfirmed, errno: error.errno,
            "the kernel's answer is lost, and whether it is done cannot be seen: \(text(of: error))")
    }

    /// What the error number means, with what the kernel added.
    private static func text(of error: NetlinkError) -> String {
        let meaning = error.errno.description
        let text = error.operation == .request ? meaning : "cannot \(error.operation.rawValue): \(meaning)"
        return Self.text(text, error.message)
    }

    /// A text with the kernel's behind it, if there is one.
    static func text(_ text: String, _ message: String?) -> String {
        message.map { "\(text): \($0)" } ?? text
    }
}
