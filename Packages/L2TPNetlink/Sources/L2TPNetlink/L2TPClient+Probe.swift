internal import Netlink
internal import SystemPackage

extension L2TPClient where Transport: ~Copyable {
    /// Asks whether the kernel still has L2TP; returns if it has.
    ///
    /// The kernel command is `L2TP_CMD_NOOP`, the only one that needs no privilege. Throws ``L2TPError`` with reason
    /// `notSupported` if the module has been unloaded since the client was opened, else `other`.
    public mutating func probe() throws(L2TPError) {
        do {
            try perform(.noOperation) { (_) throws(NetlinkError) in }
        } catch {
            if error.operation == .request, error.errno == .noSuchFileOrDirectory { throw L2TPError.opening(error) }
            throw L2TPError(.read, .subsystem, error)
        }
    }
}
