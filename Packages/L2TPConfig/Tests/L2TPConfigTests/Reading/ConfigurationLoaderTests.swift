import L2TPModel
import L2TPWire
import Testing

@testable import L2TPConfig
@testable import L2TPConfigTOML

/// Several files as one configuration.
@Suite struct ConfigurationLoaderTests {
    private static func tunnel(_ name: String, id: Int, port: Int, more: String = "") -> String {
        """
        [tunnel.\(name)]
        local = "192.0.2.1"
        remote = "198.51.100.7"
        tunnel_id = \(id)
        peer_tunnel_id = \(id)
        udp_sport = \(port)
        udp_dport = \(port)
        \(more)

        """
    }

    private static func session(_ tunnel: String, _ more: String) -> String {
        "[tunnel.\(tunnel).session.lan]\nsession_id = 1\npeer_session_id = 2\n\(more)\n"
    }

    private static let cookies = "cookie = \"0123456789abcdef\"\npeer_cookie = \"fedcba9876543210\""

    private func load(_ files: ConfigurationFile..., secrets: FakeSecrets = FakeSecrets()) -> ConfigurationReading {
        ConfigurationLoader().load(files, secrets: secrets)
    }

    private func lines(_ reading: ConfigurationReading) -> [String] { reading.diagnostics.map(\.description) }

    @Test func filesAreMergedInTheOrderOfTheirNames() {
        let reading = load(
            ConfigurationFile(name: "b.toml", text: Self.tunnel("alpha", id: 1, port: 1)),
            ConfigurationFile(name: "a.toml", text: Self.tunnel("omega", id: 2, port: 2) + "x = 1"),
            ConfigurationFile(name: "c.toml", text: "y = 1\n"))
        #expect(reading.configuration.tunnels.map(\.name) == ["alpha", "omega"])
        #expect(reading.tunnelNames == ["alpha", "omega"])
        #expect(!reading.isValid)
        #expect(
            lines(reading) == [
                "a.toml:9:1: error: tunnel.omega: unknown key \"x\"; known are \(Schema.tunnel.joined(separator: ", "))",
                "c.toml:1:1: error: unknown key \"y\"; a tunnel stands in [tunnel.NAME], as [tunnel.hq]",
            ])
        #expect(reading.locate(ConfigurationPath(["tunnel", "alpha", "remote"]))?.description == "b.toml:3:10")
        #expect(reading.locate(ConfigurationPath(["tunnel", "omega", "encap"]))?.description == "a.toml:1:1")
        #expect(reading.locate(ConfigurationPath(["tunnel", "none"])) == nil)
        #expect(reading.locate(ConfigurationPath()) == nil)
    }

    @Test func aTunnelInTwoFilesIsAnErrorThatNamesBothPlaces() {
        let reading = load(
            ConfigurationFile(name: "a.toml", text: "\n" + Self.tunnel("hq", id: 1, port: 1)),
            ConfigurationFile(name: "b.toml", text: Self.tunnel("hq", id: 2, port: 2)),
            ConfigurationFile(name: "c.toml", text: "[tunnel.hq]\nencap = 3"))
        #expect(
            lines(reading).filter { $0.contains("same name") } == [
                "b.toml:1:1: error: tunnel.hq: another tunnel has the same name; the other is at a.toml:2:1",
                "c.toml:1:1: error: tunnel.hq: another tunnel has the same name; the other is at a.toml:2:1",
            ])
        #expect(reading.configuration.tunnels.map(\.specification.id.rawValue) == [1])
    }

    @Test func namesThatLookTheSameAreTheSame() {
        let (one, two) = ("\"\u{e9}\"", "\"e\u{301}\"")
        let tunnels = load(
            ConfigurationFile(
                name: "a.toml", text: Self.tunnel(one, id: 1, port: 1) + Self.tunnel(two, id: 2, port: 2)))
        let expected = "another tunnel has the same name, written in other characters"
        #expect(tunnels.diagnostics.map(\.message) == [expected])
        let session = "session_id = 1\npeer_session_id = 2\n\(Self.cookies)"
        let text =
            Self.tunnel("hq", id: 1, port: 1)
            + [one, two].map { "[tunnel.hq.session.\($0)]\n\(session)\n" }.joined()
        let sessions = load(ConfigurationFile(name: "a.toml", text: text))
        #expect(sessions.diagnostics.map(\.message) == [expected.replacing("tunnel", with: "session")])
        #expect(sessions.configuration.tunnels.first?.sessions.count == 1)
    }

    @Test func aFileOfTheSameNameIsReadOnce() {
        let file = ConfigurationFile(name: "a.toml", text: Self.tunnel("hq", id: 1, port: 1))
        #expect(load(file, file).isValid)
    }

    @Test func rulesAcrossTablesNameBothPlaces() {
        let reading = load(
            ConfigurationFile(name: "a.toml", text: Self.tunnel("a", id: 1, port: 1)),
            ConfigurationFile(name: "b.toml", text: Self.tunnel("b", id: 1, port: 2)))
        #expect(reading.diagnostics.count == 1)
        #expect(lines(reading).first?.hasPrefix("b.toml:4:13: error: tunnel.b.tunnel_id: ") == true)
        #expect(lines(reading).first?.hasSuffix("; the other is at a.toml:4:13") == true)
    }

    @Test func filesThatOthersCanReadShallHoldNoCookies() {
        let text = Self.tunnel("hq", id: 1, port: 1) + Self.session("hq", Self.cookies)
        #expect(load(ConfigurationFile(name: "a.toml", text: text)).diagnostics == [])
        let open = load(ConfigurationFile(name: "a.toml", text: text + "x = 1", isReadableByOthers: true))
        // What is about the file as a whole comes last.
        #expect(lines(open).count == 2)
        #expect(lines(open).last == "a.toml: warning: readable by others and holds cookies; chmod 600 it")
        let secrets = FakeSecrets(files: ["c": "01234567", "d": "76543210"])
        let files = Self.session("hq", "cookie_file = \"c\"\npeer_cookie_file = \"d\"")
        let named = load(
            ConfigurationFile(
                name: "a.toml", text: Self.tunnel("hq", id: 1, port: 1) + files, isReadableByOthers: true),
            secrets: secrets)
        #expect(!lines(named).contains { $0.contains("readable by others") })
    }

    @Test func warningsAboutWhatIsInDoubtAreLeftOut() {
        // Over IP without a cookie deserves a warning, but not while the cookie's key is misspelt.
        let tunnel =
            "[tunnel.hq]\nlocal = \"192.0.2.1\"\nremote = \"198.51.100.7\"\nencap = \"ip\"\n"
            + "tunnel_id = 1\npeer_tunnel_id = 1\n"
        let bare = load(ConfigurationFile(name: "a.toml", text: tunnel + Self.session("hq", "")))
        #expect(!bare.diagnostics.isEmpty && bare.isValid)
        let misspelt = load(
            ConfigurationFile(name: "a.toml", text: tunnel + Self.session("hq", "coookie = \"01234567\"")))
        #expect(
            lines(misspelt) == [
                "a.toml:10:1: error: tunnel.hq.session.lan: unknown key \"coookie\"; did you mean \"cookie\"?"
            ])
    }

    @Test func anEmptyConfigurationIsValidButRemarkable() {
        #expect(lines(load()) == ["no file: warning: no tunnel is configured: nothing is to exist"])
        let empty = load(ConfigurationFile(name: "a.toml", text: "# nothing\n"))
        #expect(lines(empty) == ["a.toml: warning: no tunnel is configured: nothing is to exist"])
        #expect(empty.isValid)
        let broken = load(ConfigurationFile(name: "a.toml", text: "x"))
        #expect(broken.diagnostics.count == 1 && !broken.isValid)
    }

    @Test(
        arguments: [
            ([0x61, 0xff], "1:2"), ([0x61, 0x0a, 0xc3, 0xa9, 0xc3], "2:2"), ([0x0a, 0xed, 0xa0, 0x80], "2:1"),
            ([0xef, 0xbb, 0xbf, 0xfe], "1:1"),
        ] as [([UInt8], String)])
    func bytesThatAreNotUTF8AreNamed(bytes: [UInt8], place: String) {
        let reading = load(ConfigurationFile(name: "a.toml", bytes: bytes))
        #expect(lines(reading) == ["a.toml:\(place): error: the text is not UTF-8 from here on"])
    }

    @Test func bytesThatAreUTF8AreTheText() {
        let file = ConfigurationFile(name: "a.toml", bytes: Array("# é\u{fffd}\n".utf8), isReadableByOthers: true)
        #expect(file.text == "# é\u{fffd}\n" && file.invalidEncoding == nil && file.isReadableByOthers)
    }

    @Test func anotherDialectCanBeAdded() {
        struct Names: ConfigurationDialect {
            let fileExtension = "names"
            func read(_ text: String, file: String, secrets: any SecretReader) -> ConfigurationReading {
                var reading = ConfigurationReading(configuration: Configuration())
                reading.tunnelNames = text.split(separator: " ").map(String.init)
                return reading
            }
            func write(
                _ configuration: Configuration, withCookies: Bool, remarks: [ConfigurationPath: String]
            ) -> String { "" }
        }
        let loader = ConfigurationLoader(dialects: [TOMLDialect(), Names()])
        let reading = loader.load(
            [
                ConfigurationFile(name: "a.toml", text: Self.tunnel("hq", id: 1, port: 1)),
                ConfigurationFile(name: "b.names", text: "hq new"),
            ], secrets: FakeSecrets())
        #expect(
            lines(reading) == [
                "b.names: error: tunnel.hq: another tunnel has the same name; the other is at a.toml:1:1"
            ])
        #expect(reading.tunnelNames == ["hq", "new"])
    }
}
