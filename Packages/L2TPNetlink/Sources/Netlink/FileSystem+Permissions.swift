internal import Glibc
public import SystemPackage

extension FileSystem {
    /// Sets the permissions of a file or folder, whatever the umask is. The C function is `chmod`.
    ///
    /// - Parameters:
    ///   - permissions: The permissions.
    ///   - path: The file; what a symbolic link leads to.
    /// - Throws: ``FileError`` with operation `change`.
    public static func setPermissions(_ permissions: FilePermissions, of path: FilePath) throws(FileError) {
        let code = unsafe path.withPlatformString { name in unsafe chmod(name, permissions.rawValue) == 0 ? 0 : errno }
        try FileError.check(.change, path, code == 0 ? 0 : -1, code)
    }
}
