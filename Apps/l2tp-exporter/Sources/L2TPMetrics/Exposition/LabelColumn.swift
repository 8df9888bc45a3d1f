/// The labels of many samples, which several metrics have in common: a dozen numbers are told of each session.
public struct LabelColumn: Sendable {
    /// The labels, no two the same.
    public let sets: [LabelSet]
    /// The bytes that all of them are written in.
    let byteCount: Int

    /// A column of sets of labels.
    public init(_ sets: [LabelSet]) {
        self.sets = sets
        byteCount = sets.reduce(0) { $0 + $1.sampleBytes.count }
    }
}
