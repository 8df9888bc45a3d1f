import NIOCore

/// A response, taken apart.
struct TestResponse {
    var status: Int
    /// The names are in lower case.
    var headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// Nil unless it is complete.
    init?(_ buffer: ByteBuffer, hasBody: Bool) {
        let bytes = Array(buffer.readableBytesView)
        let separator = Array("\r\n\r\n".utf8)
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: separator) }) else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        self.status = status
        headers = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        let rest = Array(bytes[(end + 4)...])
        let length = hasBody ? Int(headers["content-length"] ?? "0") ?? 0 : 0
        guard rest.count >= length else { return nil }
        body = Array(rest.prefix(length))
    }
}
