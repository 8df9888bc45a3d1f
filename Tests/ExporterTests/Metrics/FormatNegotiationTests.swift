import L2TPMetrics
import Testing

@Suite("The format that a client wants")
struct FormatNegotiationTests {
    @Test("is 0.0.4 without a wish, and if neither is accepted")
    func none() {
        #expect(ExpositionFormat(accepting: nil) == .text004)
        for field in [
            "", "*/*", "text/*", "text/html", "image/png, application/json;q=0.3", "text/plain;version=1.0.0",
        ] {
            #expect(ExpositionFormat(accepting: field) == .text004, "\(field)")
        }
    }

    @Test(
        "is OpenMetrics if that is wanted more",
        arguments: [
            "application/openmetrics-text",
            "application/openmetrics-text;version=1.0.0",
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            "APPLICATION/OpenMetrics-Text ; Version=\"1.0.0\"",
            "application/*",
            "text/plain;q=0.5, application/openmetrics-text;q=0.51",
            "text/plain;q=0, */*;q=0.1",
            "text/html, application/openmetrics-text, */*",
            // What Prometheus 2.4x and 3 send.
            "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
        ])
    func openMetrics(field: String) {
        #expect(ExpositionFormat(accepting: field) == .openMetrics100)
    }

    @Test(
        "is 0.0.4 if that is wanted more, or as much",
        arguments: [
            "text/plain",
            "text/plain;version=0.0.4, application/openmetrics-text;version=1.0.0",
            "application/openmetrics-text;q=0.3, text/plain;q=0.30",
            "application/openmetrics-text;q=0.2, */*;q=0.9",
            "application/openmetrics-text;q=0, */*;q=0.1",
            "application/openmetrics-text;version=0.0.1",
            "application/openmetrics-text;version=2.0.0, text/plain;q=0.1",
            // The exact range decides over the one that includes it.
            "application/openmetrics-text;version=1.0.0;q=0.1, application/openmetrics-text, text/plain;q=0.5",
        ])
    func text(field: String) {
        #expect(ExpositionFormat(accepting: field) == .text004)
    }

    @Test(
        "is not told by what is malformed",
        arguments: [
            "application", "application/", "/openmetrics-text", "*/openmetrics-text",
            "application/openmetrics-text;q=2", "application/openmetrics-text;q=0.1234",
            "application/openmetrics-text;q=", "application/openmetrics-text;q=x", "application/openmetrics-text;q=-1",
            "application/openmetrics-text;q=1.001", ";", ",,,", "application/openmetrics-text/x",
            "\"application/openmetrics-text", "application/openmetrics-text;x=\"a, text/plain;q=\"",
        ])
    func malformed(field: String) {
        // The last two are quotes that hide what follows; they are no wish for another format than the default.
        let format = ExpositionFormat(accepting: field)
        #expect(format == .text004 || field.contains(";x="))
    }

    @Test("counts commas and semicolons within quotes as text")
    func quotes() {
        let field = #"text/plain;note="a,b;q=1\",";q=0.1, application/openmetrics-text;q=0.2"#
        #expect(ExpositionFormat(accepting: field) == .openMetrics100)
    }

    @Test("is told with its version and encoding")
    func contentTypes() {
        #expect(ExpositionFormat.text004.contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            ExpositionFormat.openMetrics100.contentType
                == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    }

    @Test("is found for any field whatever")
    func anything() {
        let alphabet = Array("application/openmetrics-text,;=\"\\*q01. \t")
        for _ in 0..<2000 {
            let field = String((0..<Int.random(in: 0..<60)).compactMap { _ in alphabet.randomElement() })
            _ = ExpositionFormat(accepting: field)
        }
    }
}
