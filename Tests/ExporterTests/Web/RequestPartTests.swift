import Testing

@testable import L2TPExporterWeb

@Suite("Parts of requests")
struct RequestPartTests {
    @Test(
        "gzip is used by those who accept it",
        arguments: [
            (nil, false), ("", false), ("gzip", true), ("GZIP", true), ("x-gzip", true), ("deflate, gzip", true),
            ("gzip;q=0", false), ("gzip; q=0.0", false), ("gzip;q=0.001", true), ("*", true), ("*;q=0", false),
            ("gzip;q=0, *", false), ("*;q=0, gzip", true), ("identity", false), ("br", false),
            ("identity;q=0.5, gzip;q=0.4", false), ("identity;q=0.5, gzip;q=1.0", true), ("gzip;q=2", false),
            ("gzip;q=nan", false), ("gzip;q=", false), (";;,,;q=1", false), ("gzip;foo=bar;q=0.3", true),
        ])
    func gzip(_ header: String?, _ expected: Bool) {
        #expect(AcceptEncoding.prefersGzip(header) == expected)
    }

    @Test(
        "A scrape ends before Prometheus gives up",
        arguments: [
            (nil, nil), ("10", Duration.milliseconds(9500)), ("1", .milliseconds(500)), ("0.5", .milliseconds(250)),
            ("0.001", .milliseconds(100)),
            ("10.0", .milliseconds(9500)), ("1e9", .seconds(60)), ("120", .seconds(60)), ("0", nil), ("-1", nil),
            ("inf", nil), ("nan", nil), ("ten", nil), ("", nil), ("10s", nil),
        ])
    func timeout(_ header: String?, _ expected: Duration?) {
        #expect(ScrapeTimeout.duration(header) == expected)
    }

    @Test("What has passed since a request's arrival counts, but something is always left")
    func remainder() {
        let limit = Duration.milliseconds(9500)
        #expect(ScrapeTimeout.remainder(of: limit, after: .zero) == limit)
        #expect(ScrapeTimeout.remainder(of: limit, after: .seconds(4)) == .milliseconds(5500))
        #expect(ScrapeTimeout.remainder(of: limit, after: .seconds(20)) == ScrapeTimeout.shortest)
    }

    @Test(
        "Credentials are read as RFC 7617 has them",
        arguments: [
            ("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin", "open sesame"),
            ("basic QWxhZGRpbjpvcGVuIHNlc2FtZQ", "Aladdin", "open sesame"), ("Basic YTpi", "a", "b"),
            ("BASIC   YTpi  ", "a", "b"), ("Basic YTo=", "a", ""), ("Basic OmI=", "", "b"),
            ("Basic YTpiOmM=", "a", "b:c"),
            ("Basic dGVzdDoxMjPCow==", "test", "123£"),
        ])
    func credentials(_ header: String, _ user: String, _ password: String) {
        let expected = BasicCredentials(user: user, password: Array(password.utf8))
        #expect(BasicCredentials(authorization: header) == expected)
    }

    @Test(
        "What is no such header is refused",
        arguments: [
            "", "Basic", "Basic ", "Bearer YTpi", "Basic YQ==", "Basic YTp", "Basic Y", "Basic YTpi=", "Basic YT pi",
            "Basic YTp\u{e9}", "Basic YTpi====", "Basic =", "Basic /zph", "Basic Y-_i",
        ])
    func noCredentials(_ header: String) {
        // "YTp" lacks its padding alone, and is "a:" with the bits of nothing.
        if header == "Basic YTp" {
            #expect(BasicCredentials(authorization: header) == BasicCredentials(user: "a", password: []))
        } else {
            #expect(BasicCredentials(authorization: header) == nil)
        }
    }

    @Test(
        "Dates are those of RFC 9110, leap days included",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (951_868_799, "Tue, 29 Feb 2000 23:59:59 GMT"),
            (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"), (1_709_251_200, "Fri, 01 Mar 2024 00:00:00 GMT"),
            (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (-1, "Thu, 01 Jan 1970 00:00:00 GMT"),
        ])
    func date(_ seconds: Int, _ expected: String) {
        #expect(HTTPDate.text(secondsSince1970: seconds) == expected)
    }

    @Test("Texts stand in the landing page as they are")
    func landingPage() {
        let page = LandingPage(
            title: "<a>", version: "\"1\"", summary: "b & 'c'", links: [(path: "/m?\"&x", label: "<Metrics>")])
        #expect(
            page.html == """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="UTF-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>&lt;a&gt;</title>
                </head>
                <body>
                <h1>&lt;a&gt;</h1>
                <p>b &amp; &#39;c&#39;</p>
                <p>Version &quot;1&quot;</p>
                <ul>
                <li><a href="/m?&quot;&amp;x">&lt;Metrics&gt;</a></li>
                </ul>
                </body>
                </html>

                """)
    }

    @Test("A telemetry path begins with a slash and is free")
    func telemetryPath() throws {
        #expect(try TelemetryPath("/metrics") == .standard)
        #expect(try TelemetryPath("/l2tp/v3%20x").text == "/l2tp/v3%20x")
        #expect(try TelemetryPath("/").text == "/")
        #expect(throws: TelemetryPathError.noSlash("metrics")) { try TelemetryPath("metrics") }
        #expect(throws: TelemetryPathError.noSlash("")) { try TelemetryPath("") }
        #expect(throws: TelemetryPathError.character("?", "/m?x")) { try TelemetryPath("/m?x") }
        #expect(throws: TelemetryPathError.character(" ", "/a b")) { try TelemetryPath("/a b") }
        #expect(throws: TelemetryPathError.reserved("/-/ready")) { try TelemetryPath("/-/ready") }
    }
}
