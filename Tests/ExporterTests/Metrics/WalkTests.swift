import Netlink
import Synchronization
import SystemPackage
import Testing

@testable import L2TPMetrics

@Suite("A walk")
struct WalkTests {
    private struct FixedSource: MetricSource {
        var collection: MetricCollection
        func collect(in walk: Walk) -> MetricCollection { collection }
    }

    private final class Reader: Sendable {
        let reads = Recorder<Int>()
        func read(in walk: Walk) -> Int {
            walk.result(of: self) {
                reads.add(1)
                return reads.elements.count
            }
        }
    }

    @Test("reads once what several ask for, and anew the next time")
    func sharing() {
        let (reader, other) = (Reader(), Reader())
        let walk = Walk()
        #expect([reader.read(in: walk), reader.read(in: walk), other.read(in: walk)] == [1, 1, 1])
        #expect(reader.read(in: Walk()) == 2)
    }

    @Test("puts the metrics of all sources into one order, each once")
    func order() throws {
        func source(_ number: UInt64) -> FixedSource {
            let labels = LabelSet(.netns, String(number))
            return FixedSource(
                collection: MetricCollection([
                    MetricFamily(.present, [MetricSample(labels, .integer(number))]),
                    MetricFamily(.tunnels, [MetricSample(labels, .integer(number))]),
                ]))
        }
        let families = Walker(source(1), source(2)).walk().families
        #expect(families.map(\.definition) == [.up, .scrapeDuration, .buildInfo, .tunnels, .present])
        #expect(families.map(\.samples.count) == [1, 1, 1, 2, 2])
    }

    @Test("is up where everything could be read")
    func up() throws {
        let (a, b) = (LabelSet(.netns, "a"), LabelSet(.netns, "b"))
        let source = FixedSource(
            collection: MetricCollection(
                statuses: [
                    SourceStatus("x", upLabels: a), SourceStatus("y", upLabels: b, problem: "p"),
                    SourceStatus("z", upLabels: b), SourceStatus("n", upLabels: nil, problem: "p"),
                ]))
        #expect(try Walker(source).series().names(of: "l2tp_up") == [#"l2tp_up{netns="a"}"#, #"l2tp_up{netns="b"}"#])
        #expect(try Walker(source).series()[#"l2tp_up{netns="a"}"#] == "1")
        #expect(try Walker(source).series()[#"l2tp_up{netns="b"}"#] == "0")
        #expect(try Walker().series()["l2tp_up"] == "1")
    }
}
