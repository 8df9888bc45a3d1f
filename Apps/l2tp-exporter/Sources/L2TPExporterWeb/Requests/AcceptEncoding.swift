internal import ContentNegotiation

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
        for member in WeightedMember.members(of: header) {
            let coding = member.name.lowercased()
            weights[coding == "x-gzip" ? "gzip" : coding] = member.weight
        }
        let gzip = weights["gzip"] ?? weights["*"] ?? 0
        return gzip > 0 && gzip >= weights["identity"] ?? 0
    }
}
