internal import Glibc
public import Netlink
public import SystemPackage

/// The folder of what runs leave for each other until the next start of the system: for each network namespace a record
/// and a lock, named by the number of the namespace's file.
public struct RunFolder: Hashable, Sendable {
    /// Where l2tp-apply(8) has it: `/run/l2tp`.
    public static let usual = FilePath("/run/l2tp")

    /// Its path.
    public let path: FilePath

    /// The folder of a path; it need not be there.
    public init(path: FilePath = Self.usual) {
        self.path = path
    }

    /// The path of a file for a network namespace, as `/run/l2tp/netns-4026531840.record`.
    ///
    /// - Parameters:
    ///   - namespace: What its number tells from others that exist at the same time.
    ///   - ending: What it is for: `record`, `lock`, or what a program has beside them.
    /// - Returns: The path; nothing is made.
    /// - Throws: ``NetlinkError`` with operation `enterNamespace` if there is no such namespace.
    public func path(of namespace: NetworkNamespace, _ ending: String) throws(NetlinkError) -> FilePath {
        path.appending("netns-\(try namespace.identity().rawValue).\(ending)")
    }

    /// As ``path(of:_:)``, but throws ``ApplyError``.
    func file(of namespace: NetworkNamespace, _ ending: String) throws(ApplyError) -> FilePath {
        do throws(NetlinkError) {
            return try path(of: namespace, ending)
        } catch {
            throw ApplyError(reading: "the number of the network namespace", error)
        }
    }

    /// Makes the folder if it is not there, for its owner alone.
    ///
    /// Throws ``ApplyError`` with reason `record` as ``check()`` does, and if it cannot be made.
    func make() throws(ApplyError) {
        do throws(FileError) {
            try FileSystem.makeFolder(path, permissions: .ownerReadWriteExecute)
        } catch {
            throw ApplyError(record: error)
        }
        try check()
    }

    /// Whether there is such a folder.
    ///
    /// Throws ``ApplyError`` with reason `record` if others could put their files there: if it is a symbolic link, or
    /// belongs to somebody else, or everybody can write to it.
    @discardableResult
    func check() throws(ApplyError) -> Bool {
        guard let status = try Self.status(of: path) else { return false }
        guard status.type == .directory else {
            throw ApplyError(
                .record, errno: .notDirectory, "\(path) is no folder", remedy: "remove it: it is made anew")
        }
        guard Self.isOurs(status.userID), status.permissions.isDisjoint(with: [.groupWrite, .otherWrite]) else {
            throw ApplyError(
                .record, "others can change what is in \(path)",
                remedy: "look at what is there, and make it root's alone: chown root \(path); chmod 0700 \(path)")
        }
        return true
    }

    /// Whether there is a file.
    ///
    /// Throws ``ApplyError`` with reason `record` if it is no plain file, or belongs to somebody else.
    static func check(_ file: FilePath) throws(ApplyError) -> Bool {
        guard let status = try status(of: file) else { return false }
        guard status.type == .regular else {
            throw ApplyError(.record, "\(file) is no plain file", remedy: "remove it")
        }
        guard isOurs(status.userID) else {
            throw ApplyError(
                .record, "\(file) belongs to somebody else (user \(status.userID.rawValue))", remedy: "remove it")
        }
        return true
    }

    /// What stands under a name, not followed if it is a symbolic link; nil if nothing.
    private static func status(of path: FilePath) throws(ApplyError) -> Stat? {
        do throws(FileError) {
            return try FileSystem.status(of: path, followsSymbolicLink: false)
        } catch {
            if error.errno == .noSuchFileOrDirectory { return nil }
            throw ApplyError(record: error)
        }
    }

    private static func isOurs(_ user: UserID) -> Bool { user.rawValue == geteuid() || user.rawValue == 0 }
}

extension ApplyError {
    /// The error of a file in which something is recorded.
    init(record error: FileError) {
        self.init(
            .record, errno: error.errno, "cannot \(error.operation.rawValue) \(error.path): \(error.errno.description)")
    }
}
