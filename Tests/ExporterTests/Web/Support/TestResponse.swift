/// A response, taken apart.
struct TestResponse {
    private static let separator = Array("\r\n\r\n".utf8)

    var status: Int
    /// The names are in lower case.
    var headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// How many bytes the response has that some bytes begin; nil while its head is incomplete.
    static func length(of bytes: [UInt8], hasBody: Bool) -> Int? {
        guard let head = head(bytes) else { return nil }
        return head.length + (hasBody ? Int(head.headers["content-length"] ?? "0") ?? 0 : 0)
    }

    /// Nil unless it is complete.
    init?(_ bytes: [UInt8], hasBody: Bool) {
        guard let head = Self.head(bytes), let length = Self.length(of: bytes, hasBody: hasBody), bytes.count >= length
        else { return nil }
        status = head.status
        headers = head.headers
        body = Array(bytes[head.length..<length])
    }

    private static func head(_ bytes: [UInt8]) -> (length: Int, status: Int, headers: [String: String])? {
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: separator) }) else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        return (end + separator.count, status, headers)
    }
}
