private import CLibmnl
public import SystemPackage

extension Errno {
    /// The name in `errno.h`, as `EADDRINUSE`; the number where the C library knows no name.
    ///
    /// The corresponding C function is `strerrorname_np`.
    public var symbol: String {
        guard let name = unsafe strerrorname_np(rawValue) else { return "errno \(rawValue)" }
        return unsafe String(cString: name)
    }
}
