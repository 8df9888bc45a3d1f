internal import Glibc
internal import Netlink
internal import SystemPackage

/// What shows that a file is not what it was: its name leads to another file, or size or times are others.
struct FileSignature: Hashable {
    private struct Status: Hashable {
        var identity: FileIdentity
        var size: Int64
        /// Seconds and nanoseconds of the last change of the contents, and of the file.
        var times: [Int]
    }

    let path: String
    /// Nil if it cannot be looked at.
    private let status: Status?

    /// The file as it is now.
    init(_ path: String) {
        self.path = path
        guard let found = try? FileSystem.status(of: FilePath(path)) else {
            status = nil
            return
        }
        let (changed, altered) = (found.st_mtim, found.st_ctim)
        status = Status(
            identity: FileIdentity(found), size: found.size,
            times: [changed.tv_sec, changed.tv_nsec, altered.tv_sec, altered.tv_nsec])
    }
}
