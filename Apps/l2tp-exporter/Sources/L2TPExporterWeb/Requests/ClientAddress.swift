internal import NIOCore

/// Where a client comes from, as far as clients are told apart: by the address, of IPv6 by its first 64 bits, for a host
/// has all addresses of its network. All that come over a Unix socket are one.
struct ClientAddress: Hashable, Sendable {
    /// The address or network as text, written in one way only; empty without an IP address.
    private let text: String

    /// The client at the other end of a connection; nil for one that has no IP address.
    init(_ address: SocketAddress?) {
        guard let text = address?.ipAddress else {
            self.text = ""
            return
        }
        if text.contains(".") {
            self.text = Self.withoutPrefix(text)
            return
        }
        // What is left out between two colons is as many zeros as make eight groups.
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        let gap = groups.dropFirst().firstIndex(of: "") ?? groups.endIndex
        let left = groups[..<gap].map { $0.isEmpty ? "0" : String($0) }
        let right = groups[gap...].filter { !$0.isEmpty }.map(String.init)
        let zeros = [String](repeating: "0", count: max(0, 8 - left.count - right.count))
        self.text = (left + zeros + right).prefix(4).joined(separator: ":")
    }

    /// A client's address for the log, all of it; `unix` for one that comes over a Unix socket.
    static func text(_ address: SocketAddress?) -> String {
        guard let text = address?.ipAddress else { return "unix" }
        return text.contains(".") ? withoutPrefix(text) : text
    }

    /// At `[::]`, clients with IPv4 come with addresses as `::ffff:192.0.2.1`.
    private static func withoutPrefix(_ text: String) -> String {
        String(text.split(separator: ":").last ?? "")
    }
}
