public import SystemPackage

/// Where the server listens.
public enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// A TCP port, at one address or name, or at all addresses of the host (nil), IPv6 and IPv4. Port 0 is any free one.
    case tcp(host: String?, port: UInt16)
    /// A Unix domain socket at a path.
    case unix(FilePath)

    /// A path that is longer than this does not fit in the kernel's address (`sun_path` in unix(7), with a zero at its end).
    private static let longestPath = 107
    private static let unixPrefix = "unix:"

    /// Reads an address as `:17010`, `192.0.2.1:17010`, `localhost:17010`, `[2001:db8::1]:17010` or `unix:/run/exporter.socket`.
    ///
    /// - Parameter text: The address. A Unix socket's path has to be absolute.
    /// - Throws: ``ListenAddressError``.
    public init(_ text: String) throws(ListenAddressError) {
        if text.hasPrefix(Self.unixPrefix) {
            let path = FilePath(String(text.dropFirst(Self.unixPrefix.count)))
            guard path.isAbsolute else { throw .relativePath(text) }
            guard path.string.utf8.count <= Self.longestPath else { throw .longPath(text) }
            self = .unix(path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") else { throw .noPort(text) }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else {
            throw .port(text)
        }
        let host = text[..<colon]
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), host.count > 2 else { throw .brackets(text) }
            self = .tcp(host: String(host.dropFirst().dropLast()), port: port)
        } else {
            guard !host.contains(":"), !host.contains("]") else { throw .brackets(text) }
            guard !host.contains("/") else { throw .noHost(text) }
            self = .tcp(host: host.isEmpty ? nil : String(host), port: port)
        }
    }

    /// The address as it is read.
    public var description: String {
        switch self {
        case .tcp(let host, let port):
            host.map { $0.contains(":") ? "[\($0)]:\(port)" : "\($0):\(port)" } ?? ":\(port)"
        case .unix(let path): Self.unixPrefix + path.string
        }
    }
}

/// Why a text is no ``ListenAddress``. Each case holds the text.
public enum ListenAddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It ends without a port.
    case noPort(String)
    /// What follows the last colon is no number from 0 to 65535.
    case port(String)
    /// An IPv6 address stands without brackets, or a bracket without its other.
    case brackets(String)
    /// What precedes the port can be neither an address nor a name.
    case noHost(String)
    /// A Unix socket's path does not begin with a slash.
    case relativePath(String)
    /// A Unix socket's path is longer than the kernel takes.
    case longPath(String)

    /// What is wrong and what would be right, in one line.
    public var description: String {
        switch self {
        case .noPort(let text):
            "listen address \"\(text)\" has no port: :PORT, HOST:PORT, [IPv6]:PORT or unix:/PATH is expected"
        case .port(let text): "listen address \"\(text)\": the port is a number from 0 to 65535"
        case .brackets(let text):
            "listen address \"\(text)\": an IPv6 address stands in brackets, as in [2001:db8::1]:17010"
        case .noHost(let text):
            "listen address \"\(text)\": an address or a name is expected before the port, or unix: before a path"
        case .relativePath(let text): "listen address \"\(text)\": the path of a Unix socket begins with a slash"
        case .longPath(let text): "listen address \"\(text)\": the path of a Unix socket has at most 107 bytes"
        }
    }
}
