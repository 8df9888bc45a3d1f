internal import L2TPConfig
internal import L2TPNetlink
internal import LinkControl
internal import Netlink
internal import SystemPackage

// Text, error number and remedy stay as the layer below has them.

extension ApplyError {
    /// The error of a tunnel or session.
    init(_ error: L2TPError, path: ConfigurationPath? = nil) {
        let reason: Reason =
            switch error.reason {
            case .notPermitted: .notPermitted
            case .notSupported: .notSupported
            case .timedOut: .timedOut
            default: error.errno == nil ? .other : .refused
            }
        let text =
            error.operation == .open
            ? error.explanation : "cannot \(error.operation.rawValue) \(error.object): \(error.explanation)"
        self.init(reason, errno: error.errno, text, remedy: error.remedy, path: path)
    }

    /// The error of a link, an address or a route.
    init(_ error: LinkError, path: ConfigurationPath? = nil) {
        let reason: Reason =
            switch error.reason {
            case .notPermitted: .notPermitted
            case .notSupported: .notSupported
            case .timedOut: .timedOut
            default: error.errno == nil ? .other : .refused
            }
        self.init(
            reason, errno: error.errno, "cannot \(error.operation.rawValue) \(error.object): \(error.explanation)",
            remedy: error.remedy, path: path)
    }

    /// The error of reading `subject`, or of opening what reads it.
    init(reading subject: String, _ error: NetlinkError) {
        let reason: Reason = error.errno == .notPermitted ? .notPermitted : .other
        let meaning =
            error.operation == .request
            ? error.errno.description : "cannot \(error.operation.rawValue): \(error.errno.description)"
        let text = error.message.map { "\(meaning): \($0)" } ?? meaning
        self.init(reason, errno: error.errno, "cannot read \(subject): \(text)")
    }
}
