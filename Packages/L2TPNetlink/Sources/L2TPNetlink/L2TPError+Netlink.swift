public import Netlink
internal import SystemPackage

extension L2TPError {
    /// An error of the netlink layer, with what its number means for every operation alike.
    init(_ operation: Operation, _ object: Object, _ error: NetlinkError) {
        guard error.operation == .request else {
            self.init(operation, object, .other, errno: error.errno, error.plainDescription)
            return
        }
        switch error.errno {
        case .notPermitted:
            self.init(
                operation, object, .notPermitted, errno: error.errno, "not permitted",
                remedy: "L2TP needs CAP_NET_ADMIN, for reading too: run as root")
        case .operationNotSupportedByDevice:
            self.init(operation, object, .notFound, errno: error.errno, "it does not exist")
        case .notSupportedOnSocket, .notSupported:
            self.init(operation, object, .notSupported, errno: error.errno, "this kernel does not know the command")
        default:
            self.init(operation, object, .other, errno: error.errno, error.plainDescription)
        }
    }

    /// The error of a network namespace that cannot be entered.
    private static func entering(_ error: NetlinkError) -> Self {
        let (text, remedy) = error.namespaceExplanation
        let isForbidden = error.errno == .notPermitted || error.errno == .permissionDenied
        return Self(
            .open, .subsystem, isForbidden ? .notPermitted : .namespace, errno: error.errno, text, remedy: remedy)
    }

    /// The error of a client that could not be opened: no namespace, no netlink, or no family `l2tp`.
    static func opening(_ error: NetlinkError) -> Self {
        switch (error.operation, error.errno) {
        case (.enterNamespace, _):
            return entering(error)
        case (.request, .noSuchFileOrDirectory):
            let (explanation, remedy) = KernelModule("l2tp_netlink").absence
            return Self(
                .open, .subsystem, .notSupported, errno: error.errno, "this kernel has no L2TP: \(explanation)",
                remedy: remedy)
        case (_, let errno):
            return Self(.open, .subsystem, .other, errno: errno, error.plainDescription)
        }
    }
}

extension NetlinkError {
    /// The description without the error number's name, which the caller adds.
    var plainDescription: String {
        var text = operation == .request ? errno.description : "cannot \(operation.rawValue): \(errno.description)"
        if let message { text += ": \(message)" }
        return text
    }
}

extension KernelModule {
    /// Why what the module provides is not there, by looking at the system, and what would help.
    public var absence: (explanation: String, remedy: String?) {
        switch state() {
        case .present:
            ("module \(name) is loaded but does not provide it", nil)
        case .installed:
            ("module \(name) is installed but was not loaded", "load it: modprobe \(name)")
        case .forbidden:
            (
                "module \(name) is forbidden on the kernel's command line",
                "remove it from module_blacklist= there and boot again"
            )
        case .blacklisted(let file):
            (
                "module \(name) is blacklisted in \(file)",
                "remove it there, or load it by hand: modprobe \(name)"
            )
        case .disabled(let file):
            (
                "module \(name) is disabled by an install line in \(file)",
                "remove the line, or load it by hand: modprobe --ignore-install \(name)"
            )
        case .missing:
            (
                "module \(name) is not installed",
                "install the kernel's extra modules (Fedora: kernel-modules-extra; Ubuntu: linux-modules-extra; Debian: "
                    + "linux-image-amd64 in place of the cloud kernel)"
            )
        case .unknown:
            (
                "module \(name) is not loaded, and /lib/modules of this kernel is not visible here",
                "in a container load it on the host: modprobe \(name)"
            )
        }
    }
}
