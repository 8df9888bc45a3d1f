import Foundation
import L2TPMetrics
import Testing

@Suite("The text of metrics")
struct ExpositionTests {
    /// Every metric, with unusual labels and values.
    private let families: [MetricFamily] = {
        var session = LabelSet(.tunnelID, "3000")
        session.append(.sessionID, number: 4_294_967_295)
        var odd = session
        odd.append(.interface, "a\\b\"c\nd é")
        var tunnel = LabelSet()
        tunnel.append(.tunnelID, number: 7)
        return MetricDefinition.all.map { definition in
            switch definition.name {
            case "l2tp_up": return MetricFamily(definition, [MetricSample(.integer(1))])
            case "l2tp_scrape_duration_seconds": return MetricFamily(definition, [MetricSample(.number(0.000125))])
            case "l2tp_session_info": return MetricFamily(definition, [MetricSample(odd, .integer(1))])
            default:
                let isInfo = definition.type == .info
                return MetricFamily(
                    definition,
                    [
                        MetricSample(session, .integer(isInfo ? 1 : .max)),
                        MetricSample(tunnel, .integer(isInfo ? 1 : 0)),
                    ])
            }
        }
    }()

    @Test(
        "is as it should be", arguments: [(ExpositionFormat.text004, "all.txt"), (.openMetrics100, "all.openmetrics")])
    func golden(format: ExpositionFormat, name: String) throws {
        let text = try #require(String(validating: format.text(of: families), as: UTF8.self))
        let expected = try GoldenFile(name: name).text()
        #expect(text == expected)
    }

    @Test("keeps the rules of OpenMetrics")
    func openMetrics() throws {
        let text = try #require(String(validating: ExpositionFormat.openMetrics100.text(of: families), as: UTF8.self))
        #expect(try OpenMetricsRules.samples(text).count == 2 * MetricDefinition.all.count - 3)
    }

    @Test("leaves out a metric without samples, but not the end")
    func empty() {
        let families = [MetricFamily(.tunnels), MetricFamily(.sessionInfo)]
        #expect(ExpositionFormat.text004.text(of: families) == [])
        #expect(ExpositionFormat.openMetrics100.text(of: families) == Array("# EOF\n".utf8))
    }

    @Test(
        "writes every number",
        arguments: [
            (MetricValue.integer(0), "0"), (.integer(9), "9"), (.integer(10), "10"), (.integer(99), "99"),
            (.integer(100), "100"), (.integer(9_999_999_999), "9999999999"),
            (.integer(10_000_000_000_000_000_000), "10000000000000000000"), (.integer(.max), "18446744073709551615"),
            (.number(0), "0.0"), (.number(0.5), "0.5"), (.number(1e-7), "1e-07"), (.number(-1.25e300), "-1.25e+300"),
            (.number(.infinity), "+Inf"), (.number(-.infinity), "-Inf"), (.number(.nan), "NaN"),
        ])
    func numbers(value: MetricValue, text: String) {
        let families = [MetricFamily(.tunnels, [MetricSample(value)])]
        let lines = String(decoding: ExpositionFormat.text004.text(of: families), as: UTF8.self).split(separator: "\n")
        #expect(lines.last == "l2tp_tunnels \(text)")
    }

    @Test("numbers of any length are written digit by digit")
    func powers() throws {
        var numbers: [UInt64] = []
        var power: UInt64 = 1
        while true {
            numbers += [power - 1, power, power + 1]
            let (next, overflow) = power.multipliedReportingOverflow(by: 10)
            if overflow { break }
            power = next
        }
        for number in numbers {
            let bytes = ExpositionFormat.text004.text(of: [MetricFamily(.up, [MetricSample(.integer(number))])])
            #expect(try Series(bytes)["l2tp_up"] == String(number))
        }
    }

    @Test("satisfies promtool")
    func promtool() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/promtool")
        process.arguments = ["check", "metrics"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, output)
        try process.run()
        input.fileHandleForWriting.write(Data(ExpositionFormat.text004.text(of: families)))
        try input.fileHandleForWriting.close()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(String(decoding: said, as: UTF8.self) == "")
        #expect(process.terminationStatus == 0)
    }
}
