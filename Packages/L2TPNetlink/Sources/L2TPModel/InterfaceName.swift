/// The name of a network interface, in a form the kernel takes for a new one.
///
/// 1…15 bytes, not `.`, `..`, `all` or `default`, without `/`, `:` and white space, for which the kernel
/// takes the byte 0xa0 too (its functions are `dev_valid_name` and `sysctl_dev_name_is_allowed`). A name with
/// `%d` is a pattern: the kernel puts the first free number there.
public struct InterfaceName: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let text: String

    /// Why a text is no interface name.
    public enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The text is empty.
        case empty
        /// The text has `byteCount` bytes; 15 are the most.
        case tooLong(byteCount: Int)
        /// `.` and `..` are folders of sysfs, `all` and `default` of sysctl.
        case reserved
        /// The byte at `offset` (from 0) is `/`, `:` or white space.
        case character(offset: Int)
        /// A `%` that does not begin the only `%d`.
        case pattern

        /// What is wrong and what would be right, in one line.
        public var description: String {
            switch self {
            case .empty: "is empty; a name has 1 to 15 bytes"
            case .tooLong(let byteCount): "has \(byteCount) bytes; a name has at most 15"
            case .reserved: "is reserved"
            case .character(let offset):
                "has a character at offset \(offset) that no name may hold (/, : or white space)"
            case .pattern: "holds a % that is not a single %d"
            }
        }
    }

    /// A name from text.
    public init(_ text: some StringProtocol) throws(ParseError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= 15 else { throw .tooLong(byteCount: bytes.count) }
        guard ![".", "..", "all", "default"].contains(String(text)) else { throw .reserved }
        for (offset, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: " "), 0, 9...13, 0xa0:
                throw .character(offset: offset)
            default: break
            }
        }
        let percents = bytes.indices.filter { bytes[$0] == UInt8(ascii: "%") }
        if let percent = percents.first {
            guard percents.count == 1, percent + 1 < bytes.count, bytes[percent + 1] == UInt8(ascii: "d") else {
                throw .pattern
            }
        }
        self.text = String(text)
    }

    /// Whether the kernel is to choose a number for `%d`.
    public var isPattern: Bool { text.utf8.contains(UInt8(ascii: "%")) }

    /// The name.
    public var description: String { text }
}
