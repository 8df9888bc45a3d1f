internal import TOMLKit

/// A value of a TOML document, taken out of TOMLKit's tree at once: there each look costs an allocation.
enum TOMLNode {
    /// A key of a table with its value.
    typealias Entry = (key: String, value: TOMLNode)

    /// A table, in the order of its keys' bytes.
    case table([Entry])
    /// An array.
    case array([TOMLNode])
    /// A string.
    case string(String)
    /// An integer.
    case integer(Int)
    /// `true` or `false`.
    case boolean(Bool)
    /// What no key of ours takes, in words.
    case other(String)

    /// What it is, in words that follow «not».
    var kind: String {
        switch self {
        case .table: "a table"
        case .array: "an array"
        case .string: "a string"
        case .integer: "a number"
        case .boolean: "true or false"
        case .other(let kind): kind
        }
    }

    /// The entries of a table of TOMLKit.
    ///
    /// Keys and values are taken side by side: TOMLKit's iterator looks each key up again, and traps where a key
    /// holds U+0000.
    static func entries(of table: TOMLTable) -> [Entry] {
        zip(table.keys, table.values).map { ($0, Self($1)) }
    }

    private init(_ value: TOMLValue) {
        switch value.type {
        case .table: self = .table(value.table.map(Self.entries) ?? [])
        case .array: self = .array(value.array.map(Self.members) ?? [])
        case .string: self = .string(value.string ?? "")
        case .int: self = .integer(value.int ?? 0)
        case .bool: self = .boolean(value.bool ?? false)
        case .double: self = .other("a floating-point number")
        case .date, .dateTime: self = .other("a date")
        case .time: self = .other("a time of day")
        }
    }

    private static func members(of array: TOMLArray) -> [TOMLNode] {
        (0..<array.count).map { TOMLNode(array[$0].tomlValue) }
    }
}
