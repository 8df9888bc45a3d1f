/// The labels of many samples, which several metrics have in common: a dozen numbers are told of each session.
public struct LabelColumn: Sendable {
    /// The bytes of all sets, one after the other, each as ``LabelSet/sampleBytes``.
    let bytes: [UInt8]
    /// Where the bytes of each set end.
    let ends: [Int]

    /// A column of sets of labels, no two the same.
    public init(_ sets: [LabelSet] = []) {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        bytes.reserveCapacity(sets.reduce(0) { $0 + $1.sampleBytes.count })
        ends.reserveCapacity(sets.count)
        for set in sets {
            bytes.append(contentsOf: set.sampleBytes)
            ends.append(bytes.count)
        }
        self.bytes = bytes
        self.ends = ends
    }

    /// How many sets there are.
    public var count: Int { ends.count }

    /// The sets, made anew.
    var sets: [LabelSet] {
        var start = 0
        return ends.map { end in
            defer { start = end }
            return LabelSet(sampleBytes: Array(bytes[start..<end]))
        }
    }
}
