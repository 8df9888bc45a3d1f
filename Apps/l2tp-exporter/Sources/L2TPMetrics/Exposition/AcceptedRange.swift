internal import ContentNegotiation

/// One member of the field `Accept`: media types, and how much they are wanted (RFC 9110 §12.5.1).
struct AcceptedRange: Hashable {
    /// The type in lower case, or `*`.
    var type: String
    /// The subtype in lower case, or `*`.
    var subtype: String
    /// The parameter `version`; nil without one.
    var version: String?
    /// The weight in thousandths, from 0, which means refused, to 1000.
    var quality: Int

    /// The members of a field. Those that are malformed are left out.
    static func ranges(_ field: String) -> [Self] {
        WeightedMember.members(of: field).compactMap(Self.init)
    }

    private init?(_ member: WeightedMember) {
        let names = member.name.split(separator: "/", omittingEmptySubsequences: false).map { $0.lowercased() }
        guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty, names[0] != "*" || names[1] == "*" else {
            return nil
        }
        (type, subtype) = (names[0], names[1])
        version = member.parameters.last { $0.name == "version" }?.value
        quality = member.weight
    }

    /// How exactly the range names a media type, from 1; nil if it does not include it.
    func specificity(forType type: String, subtype: String, version: String) -> Int? {
        guard self.type != "*" else { return 1 }
        guard self.type == type else { return nil }
        guard self.subtype != "*" else { return 2 }
        guard self.subtype == subtype else { return nil }
        guard let named = self.version else { return 3 }
        return named == version ? 4 : nil
    }
}
