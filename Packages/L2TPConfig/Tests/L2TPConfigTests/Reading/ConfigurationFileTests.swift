import L2TPConfig
import Testing

/// What a folder's names are to whoever looks for configuration files there.
@Suite struct ConfigurationFileTests {
    @Test func namesInFolder() {
        let folder = [".hidden.toml", "10-hq.toml", "20-lan.toml", "README", "a.toml~", "b.TOML", "toml"]
        #expect(ConfigurationFile.names(in: folder) == ["10-hq.toml", "20-lan.toml"])
        #expect(ConfigurationFile.names(in: [".toml", "x"]).isEmpty)
    }
}
