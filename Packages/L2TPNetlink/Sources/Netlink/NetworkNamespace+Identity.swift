internal import SystemPackage

extension NetworkNamespace {
    /// What tells a network namespace from all others that exist at the same time, whatever names it has.
    public struct Identity: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The number of its file (`st_ino`), which ip-netns(8) and `ls -l /proc/self/ns/net` show. The kernel may give it
        /// to another namespace when this one is gone, and after the next start of the system.
        public var rawValue: UInt64

        /// Wraps a number.
        public init(rawValue: UInt64) {
            self.rawValue = rawValue
        }

        /// As the kernel writes it: `net:[4026531840]`.
        public var description: String { "net:[\(rawValue)]" }
    }

    /// What identifies the namespace, as it is now; of ``current`` that of the calling thread.
    ///
    /// Throws ``NetlinkError`` with operation `enterNamespace` if there is no such namespace (`EINVAL` if the file
    /// is none).
    public func identity() throws(NetlinkError) -> Identity {
        try withFileDescriptor { (file) throws(NetlinkError) in
            do throws(Errno) {
                return Identity(rawValue: UInt64(try file.stat().inode.rawValue))
            } catch {
                throw NetlinkError(.enterNamespace, error, message: (try? filePath()) ?? Self.ownPath)
            }
        }
    }
}
