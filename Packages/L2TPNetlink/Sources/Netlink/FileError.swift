public import SystemPackage

/// Why something could not be done with a file: operation, path, error number.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted. Open for additions.
    public struct Operation: RawRepresentable, Hashable, Sendable {
        /// A verb that completes «cannot … PATH».
        public var rawValue: String

        /// Wraps a verb that completes «cannot … PATH».
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Opening or creating a file.
        public static let open = Self(rawValue: "open")
        /// Reading a file; `EFBIG` means that it is longer than was allowed.
        public static let read = Self(rawValue: "read")
        /// Writing a file, until it is on the disk.
        public static let write = Self(rawValue: "write")
        /// Putting a file in another's place (`rename`).
        public static let replace = Self(rawValue: "replace")
        /// Locking a file.
        public static let lock = Self(rawValue: "lock")
        /// Looking at mode, owner and size.
        public static let look = Self(rawValue: "look at")
        /// Changing the permissions.
        public static let change = Self(rawValue: "change")
        /// Making a FIFO or a folder.
        public static let make = Self(rawValue: "make")
        /// Reading the names in a folder.
        public static let list = Self(rawValue: "list")
        /// Removing a name.
        public static let remove = Self(rawValue: "remove")
    }

    /// What was attempted.
    public var operation: Operation
    /// The file or folder.
    public var path: FilePath
    /// The error number.
    public var errno: Errno

    /// An error from its parts.
    public init(_ operation: Operation, _ path: FilePath, _ errno: Errno) {
        self.operation = operation
        self.path = path
        self.errno = errno
    }

    /// `cannot replace /var/lib/l2tp/state: Permission denied (EACCES)`.
    public var description: String {
        "cannot \(operation.rawValue) \(path): \(errno.description) (\(errno.symbol))"
    }

    /// Runs a function of swift-system, whose errors are untyped; what it throws becomes an error of these parts.
    static func wrap<Value>(
        _ operation: Operation, _ path: FilePath, _ body: () throws -> Value
    ) throws(Self) -> Value {
        do {
            return try body()
        } catch {
            throw Self(operation, path, error as? Errno ?? .ioError)
        }
    }

    /// Throws the error number of a C function that has not returned 0.
    static func check(_ operation: Operation, _ path: FilePath, _ result: CInt, _ code: CInt) throws(Self) {
        guard result == 0 else { throw Self(operation, path, Errno(rawValue: code)) }
    }
}
