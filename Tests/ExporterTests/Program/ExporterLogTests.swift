import Logging
import Testing

@testable import l2tp_exporter

@Suite struct ExporterLogTests {
    private func lines(
        _ format: LogFormat, _ level: Logger.Level = .trace, toJournal: Bool = false, _ body: (Logger) -> Void
    ) -> String {
        let recorder = Recorder<String>()
        let output = LogOutput(
            format, level: level, time: { "T" }, toJournal: toJournal, write: { recorder.add($0) })
        body(Logger(label: "test") { _ in output })
        return recorder.elements.joined()
    }

    @Test func logfmt() {
        #expect(lines(.logfmt) { $0.info("ended") } == "time=T level=info msg=ended\n")
        #expect(
            lines(.logfmt) { $0.error("a \"b\" \\ c=d\nnew\u{1}é", metadata: ["path": "/x y", "count": "3"]) }
                == #"time=T level=error msg="a \"b\" \\ c=d\nnew\u0001é" count=3 path="/x y""# + "\n")
        #expect(lines(.logfmt) { $0.warning("") } == "time=T level=warn msg=\"\"\n")
    }

    @Test func json() {
        #expect(
            lines(.json) { $0.debug("a \"b\"\t", metadata: ["k": "v"]) }
                == #"{"time":"T","level":"debug","msg":"a \"b\"\t","k":"v"}"# + "\n")
    }

    @Test func levels() {
        let text = lines(.logfmt, .warning) { logger in
            for level in Logger.Level.allCases { logger.log(level: level, "\(level)") }
        }
        #expect(
            text == """
                time=T level=warn msg=warning
                time=T level=error msg=error
                time=T level=error msg=critical

                """)
    }

    @Test func theJournalGetsPrioritiesAndNoTime() {
        #expect(lines(.json, toJournal: true) { $0.info("a") } == #"<6>{"level":"info","msg":"a"}"# + "\n")
        let text = lines(.logfmt, toJournal: true) { logger in
            for level in Logger.Level.allCases { logger.log(level: level, "\(level)\nmore") }
        }
        #expect(
            text.split(separator: "\n").map { $0.prefix(9) } == [
                "<7>level=", "<7>level=", "<6>level=", "<6>level=", "<4>level=", "<3>level=", "<3>level=",
            ])
    }
}
