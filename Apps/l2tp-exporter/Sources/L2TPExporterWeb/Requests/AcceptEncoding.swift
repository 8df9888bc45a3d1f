/// The content codings that a client accepts (RFC 9110, section 12.5.3), as far as this server has them: gzip or none.
enum AcceptEncoding {
    /// Whether a response may be, and had better be, compressed with gzip.
    ///
    /// True if `gzip` (or `x-gzip`, its other name) has a weight above 0, or `*` has one and gzip is not named, and
    /// `identity` is not preferred.
    ///
    /// - Parameter header: The header `Accept-Encoding`, several joined by commas; nil if there is none.
    /// - Returns: Whether gzip it is.
    static func prefersGzip(_ header: String?) -> Bool {
        guard let header else { return false }
        var weights: [String: Int] = [:]
        for element in header.split(separator: ",") {
            let parts = element.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
            guard let coding = parts.first, !coding.isEmpty else { continue }
            weights[coding == "x-gzip" ? "gzip" : coding] = weight(parts.dropFirst())
        }
        let gzip = weights["gzip"] ?? weights["*"] ?? 0
        return gzip > 0 && gzip >= weights["identity"] ?? 0
    }

    /// The weight among parameters in thousandths; 1000 without one, 0 for one that is malformed.
    private static func weight(_ parameters: ArraySlice<String>) -> Int {
        guard let value = parameters.first(where: { $0.hasPrefix("q=") })?.dropFirst(2) else { return 1000 }
        guard let number = Double(value), (0...1).contains(number) else { return 0 }
        return Int(number * 1000)
    }

    private static func trimmed(_ text: Substring) -> String {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(text.drop(while: blank).reversed().drop(while: blank).reversed()).lowercased()
    }
}
