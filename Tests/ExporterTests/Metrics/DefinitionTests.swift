import L2TPMetrics
import Testing

@Suite("The table of metrics")
struct DefinitionTests {
    @Test("has each name once, and what belongs together together")
    func names() {
        let names = MetricDefinition.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(MetricDefinition.all.map(\.familyName)).count == names.count)
        for name in names { #expect(name.wholeMatch(of: /l2tp(_[a-z]+[0-9]*)+/) != nil, "\(name)") }
    }

    @Test("has endings that fit the types and units", arguments: MetricDefinition.all)
    func endings(definition: MetricDefinition) {
        #expect(definition.name.hasSuffix("_total") == (definition.type == .counter))
        #expect(definition.name.hasSuffix("_info") == (definition.type == .info))
        for ending in ["_bucket", "_count", "_sum", "_created"] { #expect(!definition.name.hasSuffix(ending)) }
        let unit = ["bytes", "seconds"].first { definition.familyName.hasSuffix("_\($0)") }
        #expect(definition.unit == unit)
        #expect(definition.help.hasSuffix("."))
    }

    @Test("has names of labels that are allowed", arguments: LabelName.allCases)
    func labels(name: LabelName) {
        #expect(name.rawValue.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil)
        #expect(!["le", "quantile", "instance", "job"].contains(name.rawValue))
    }
}
