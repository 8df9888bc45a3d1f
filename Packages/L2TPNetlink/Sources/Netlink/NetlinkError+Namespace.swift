internal import SystemPackage

extension NetlinkError {
    /// Why a network namespace cannot be entered, for an error with operation `enterNamespace`.
    ///
    /// `text` says which one and why, without the name of the error number; `remedy` what to do about it, nil where
    /// there is nothing to say. The names that there are, of ip-netns(8), are looked up.
    public var namespaceExplanation: (text: String, remedy: String?) {
        let subject = "cannot enter network namespace \(message ?? "")"
        switch errno {
        case .notPermitted, .permissionDenied:
            return ("\(subject): not permitted", "it needs CAP_SYS_ADMIN: run as root")
        case .noSuchFileOrDirectory:
            let names = NetworkNamespace.names
            let known = names.isEmpty ? "no namespace has a name" : "there is \(names.joined(separator: ", "))"
            return ("\(subject): there is none", "\(known); ip netns add NAME makes one")
        case .invalidArgument:
            return ("\(subject): not a network namespace", nil)
        default:
            return ("\(subject): \(errno.description)", nil)
        }
    }
}
