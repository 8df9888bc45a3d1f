import L2TPConfig
import Testing

@Suite struct ConfigurationDigestTests {
    private static let files = [
        ConfigurationFile(name: "a.toml", text: "[tunnel.a]\nlocal = \"192.0.2.1\"\n"),
        ConfigurationFile(name: "b.toml", text: "[tunnel.b]\n"),
    ]

    private func digest(
        version: String = "0.1.0", _ change: (inout [ConfigurationFile]) -> Void = { _ in }
    ) -> ConfigurationDigest {
        var files = Self.files
        change(&files)
        return ConfigurationDigest(of: files, version: version)
    }

    @Test("Everything that reading depends on makes another digest")
    func ingredients() {
        let digests = [
            digest(), digest(version: "0.1.1"), digest { $0[0].name = "c.toml" }, digest { $0[0].text += "\n" },
            digest { $0[1].text += "#" }, digest { $0[0].isReadableByOthers = true },
            digest { $0[1].isReadableByOthers = true }, digest { $0.removeLast() }, digest { $0.removeAll() },
            digest { $0.swapAt(0, 1) }, digest { $0.append(ConfigurationFile(name: "", text: "")) },
            digest(version: "0.1.0a.toml") { $0[0].name = "" },
            // The same bytes, parted elsewhere.
            digest {
                $0[0].name = "a.tom"
                $0[0].text = "l" + $0[0].text
            },
            digest {
                $0[1].text = String($0[0].text.removeLast()) + $0[1].text
            },
        ]
        #expect(Set(digests).count == digests.count)
        #expect(digest() == digest())
    }

    @Test("Each byte of a text counts")
    func bytes() {
        let text = Array(Self.files[0].text.utf8)
        var digests: Set = [digest()]
        for index in text.indices {
            var changed = text
            changed[index] ^= 1
            digests.insert(digest { $0[0].text = String(decoding: changed, as: UTF8.self) })
        }
        #expect(digests.count == text.count + 1)
    }

    @Test("Bytes that are not UTF-8 are told from the text that they are shown as")
    func encoding() {
        let broken = ConfigurationFile(name: "a.toml", bytes: [0x23, 0xff])
        let whole = ConfigurationFile(name: "a.toml", text: broken.text)
        #expect(
            ConfigurationDigest(of: [broken], version: "1") != ConfigurationDigest(of: [whole], version: "1"))
    }

    @Test("The digest never changes: not with a restart, and not with a machine")
    func golden() {
        #expect(digest() == ConfigurationDigest(high: 0xb40f_1ea3_c23f_2725, low: 0xb652_341c_cf6c_4d48))
    }
}
