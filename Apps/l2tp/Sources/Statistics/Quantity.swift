/// A number for people: `50`, `0.5`, `12.4 k`, `98.1 M`, with powers of a thousand.
enum Quantity {
    private static let prefixes = ["k", "M", "G", "T", "P", "E"]

    /// The text of a number that is not negative, with at most four digits.
    static func text(_ number: Double) -> String {
        guard number.isFinite, number > 0 else { return "0" }
        if number < 9.95 { return tenths(number, dropsZero: true) }
        if number.rounded() < 1000 { return "\(Int(number.rounded()))" }
        var rest = number / 1000
        for prefix in prefixes.dropLast() {
            if (rest * 10).rounded() < 10_000 { return "\(tenths(rest)) \(prefix)" }
            rest /= 1000
        }
        return rest < 1_000_000_000 ? "\(tenths(rest)) \(prefixes[prefixes.count - 1])" : "-"
    }

    private static func tenths(_ number: Double, dropsZero: Bool = false) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths % 10 == 0 && dropsZero ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
