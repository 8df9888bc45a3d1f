internal import L2TPConfig
internal import Netlink
internal import SystemPackage

/// A file that the configuration file names.
struct NamedFile: Hashable, Sendable {
    /// The key that names it, in `tls_server_config`.
    var key: String
    /// The file.
    var path: FilePath
    /// Where it is named.
    var location: SourceLocation

    /// What is to be said if it cannot be read.
    func failure(_ error: FileError) -> WebConfigurationError {
        let isHidden = [.noSuchFileOrDirectory, .permissionDenied].contains(error.errno)
        let remedy = isHidden ? "; a service of systemd may need LoadCredential= for it" : ""
        return WebConfigurationError(location, "tls_server_config.\(key): \(error)\(remedy)")
    }
}
