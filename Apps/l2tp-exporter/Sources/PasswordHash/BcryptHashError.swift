/// Why a text is no hash that ``BcryptHash`` takes.
public enum BcryptHashError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It begins with none of bcrypt's prefixes; perhaps it is the password itself, or made by another method.
    case notBcrypt
    /// It has not 60 characters but this many.
    case length(Int)
    /// The prefix is right, what comes after it is not.
    case malformed
    /// The cost factor is outside of ``BcryptHash/costs``.
    case cost(Int)

    /// What is wrong and what would be right, in one line. Of the text nothing is told.
    public var description: String {
        switch self {
        case .notBcrypt: "not a bcrypt hash, which begins with $2b$ (or $2a$, $2y$); htpasswd -nBC 12 USER makes one"
        case .length(let length): "a bcrypt hash has 60 characters, not \(length); htpasswd -nBC 12 USER makes one"
        case .malformed: "not a bcrypt hash: $2b$, two digits, $ and 53 letters, digits, dots and slashes are expected"
        case .cost(let cost):
            "cost \(cost) is outside of \(BcryptHash.costs.lowerBound)–\(BcryptHash.costs.upperBound): "
                + (cost > BcryptHash.costs.upperBound
                    ? "one check would take longer than a scrape may" : "bcrypt has none such")
        }
    }
}
