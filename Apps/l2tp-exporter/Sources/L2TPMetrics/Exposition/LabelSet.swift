/// The labels of a sample, in the bytes in which both formats write them: `tunnel_id="3000",session_id="1000"`.
///
/// A session has a dozen samples with the same labels, whose bytes are made once and shared.
public struct LabelSet: Hashable, Sendable {
    /// The bytes, without braces; empty without labels.
    public private(set) var bytes: [UInt8] = []

    /// No labels.
    public init() {}

    /// One label.
    public init(_ name: LabelName, _ value: String) {
        append(name, value)
    }

    /// Room for labels whose bytes are `capacity` at most; more take longer.
    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// Whether there is none.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Adds a label, which must not be there yet. Backslashes, quotes and line feeds in its value are escaped.
    public mutating func append(_ name: LabelName, _ value: String) {
        begin(name)
        bytes.appendEscaped(value, quotes: true)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Adds a label with a number as its value, which must not be there yet.
    public mutating func append(_ name: LabelName, number: UInt64) {
        begin(name)
        bytes.append(decimal: number)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Adds labels, none of which may be there yet.
    mutating func append(_ others: Self) {
        if !bytes.isEmpty, !others.isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: others.bytes)
    }

    private mutating func begin(_ name: LabelName) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: name.rawValue.utf8)
        bytes.append(UInt8(ascii: "="))
        bytes.append(UInt8(ascii: "\""))
    }
}
