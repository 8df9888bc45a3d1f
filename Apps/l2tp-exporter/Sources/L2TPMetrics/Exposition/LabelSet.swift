/// The labels of a sample, in the bytes in which both formats write them: `tunnel_id="3000",session_id="1000"`.
///
/// A session has a dozen samples with the same labels, whose bytes are made once and shared.
public struct LabelSet: Hashable, Sendable {
    /// The bytes between the brace behind a metric's name and its value: the labels, a brace and a blank. Empty without
    /// labels.
    private(set) var sampleBytes: [UInt8] = []

    private static var endByteCount: Int { 2 }

    /// No labels.
    public init() {}

    /// One label.
    public init(_ name: LabelName, _ value: String) {
        append(name, value)
    }

    /// Labels from their bytes.
    init(sampleBytes: [UInt8]) {
        self.sampleBytes = sampleBytes
    }

    /// Room for labels whose bytes are `capacity` at most; more take longer.
    init(capacity: Int) {
        sampleBytes.reserveCapacity(capacity + Self.endByteCount)
    }

    /// Whether there is none.
    public var isEmpty: Bool { sampleBytes.isEmpty }

    /// The bytes of the labels, without braces.
    public var bytes: [UInt8] { sampleBytes.dropLast(Self.endByteCount) }

    /// How many bytes the labels have.
    var byteCount: Int { max(0, sampleBytes.count - Self.endByteCount) }

    /// Adds a label, which must not be there yet. Backslashes, quotes and line feeds in its value are escaped.
    public mutating func append(_ name: LabelName, _ value: String) {
        begin(name)
        sampleBytes.appendEscaped(value, quotes: true)
        end()
    }

    /// Adds a label with a number as its value, which must not be there yet.
    public mutating func append(_ name: LabelName, number: UInt64) {
        begin(name)
        sampleBytes.append(decimal: number)
        end()
    }

    /// Adds labels, none of which may be there yet.
    mutating func append(_ others: Self) {
        guard !others.isEmpty else { return }
        separate()
        sampleBytes.append(contentsOf: others.sampleBytes)
    }

    private mutating func begin(_ name: LabelName) {
        separate()
        sampleBytes.append(contentsOf: name.rawValue.utf8)
        sampleBytes.append(UInt8(ascii: "="))
        sampleBytes.append(UInt8(ascii: "\""))
    }

    /// Makes room behind the labels that are there.
    private mutating func separate() {
        guard !isEmpty else { return }
        sampleBytes.removeLast(Self.endByteCount)
        sampleBytes.append(UInt8(ascii: ","))
    }

    /// Ends a value, and the labels.
    private mutating func end() {
        sampleBytes.append(UInt8(ascii: "\""))
        sampleBytes.append(UInt8(ascii: "}"))
        sampleBytes.append(UInt8(ascii: " "))
    }
}
