/// Which part of a configuration is meant: its keys from the outermost to the innermost, as
/// `tunnel`, `hq`, `session`, `lan`, `cookie`.
public struct ConfigurationPath: Hashable, Sendable, CustomStringConvertible {
    /// The keys; a number in brackets, as `[2]`, stands for a member of an array, from 0.
    public var keys: [String]

    /// A path of those keys; none means the whole file.
    public init(_ keys: [String] = []) {
        self.keys = keys
    }

    /// The path of what stands below a key.
    public func appending(_ keys: String...) -> Self {
        Self(self.keys + keys)
    }

    /// The keys between dots, those in quotation marks that TOML wants so: `tunnel.hq.session."a b".cookie`.
    public var description: String {
        keys.enumerated().reduce(into: "") { text, key in
            let isMember = key.element.hasPrefix("[")
            if key.offset > 0, !isMember { text += "." }
            text += isMember || Self.isBare(key.element) ? key.element : "\"\(key.element)\""
        }
    }

    /// Whether TOML takes a key without quotation marks.
    public static func isBare(_ key: String) -> Bool {
        !key.isEmpty
            && key.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
