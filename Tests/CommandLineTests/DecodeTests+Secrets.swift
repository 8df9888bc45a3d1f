import Testing

@testable import l2tp

/// Nothing secret is printed unasked, and nothing that a terminal would obey.
extension DecodeTests {
    @Test func restOfAnotherCookieIsWithheld() throws {
        let line = try decodeShortCookie().output
        #expect(
            line.split(separator: "\n").first?.hasSuffix("(t/s) cookie is not the expected one, rest withheld") == true)
        let json = try decodeShortCookie("--json").output
        #expect(json.contains(#""cookie_ok":false,"sublayer":"default"}"#))
        let verbose = try decodeShortCookie("--verbose").output
        #expect(verbose.contains("Cookie: 4 bytes\n2 "))
        for text in [line, json, verbose] { #expect(!text.contains("dcba98") && !text.contains("14465688")) }
        let withCookies = try decodeShortCookie("--with-cookies").output
        #expect(withCookies.contains(" cookie 11223344, expected 89abcdef seq 14465688 | "))
        #expect(
            try decodeShortCookie("--with-cookies", "--json").output.contains(#""sequence_number":14465688,"inner""#))
        #expect(try decodeShortCookie("--with-cookies", "--verbose").output.contains("Sequence Number: 14465688"))
    }

    /// The peer sends a cookie where none is configured.
    @Test func cookieInThePlaceOfAFrameIsWithheld() throws {
        for keys in ["", #"l2spec_type = "none""#] {
            let line = try decode(with: keys, []).output
            #expect(line.split(separator: "\n").first?.hasSuffix(" (t/s) may have a cookie, rest withheld") == true)
            let json = try decode(with: keys, ["--json"]).output
            #expect(!json.contains("sequence_number") && !json.contains("inner"))
            let verbose = try decode(with: keys, ["--verbose"]).output
            #expect(verbose.contains("Session ID: 1000\n2 "))
            for text in [line, json, verbose] {
                for cookie in ["11223344", "11:22:33", "22:33:44", "40dcba98", "40:dc:ba", "2241348"] {
                    #expect(!text.contains(cookie))
                }
            }
            #expect(try decode(with: keys, ["--with-cookies"]).output.contains(" | "))
        }
        // One that is announced nowhere, in a message of which the capture says that there is none.
        let text = """
            00000000 c803 0030 00000009 0002 0001 8008 0000 0000 000a 800a 0000 003f 000003e8 800a 0000 0040 00000000 \
            8008 0000 0044 0005
            000003e8 40a1b2c3d4e5f607 ffffffffffff 02000000010a 0806 0001080006040001 02000000010a 0a000001 0000
            """
        for options in [[], ["--json"], ["--verbose"]] {
            let output = try decode(text.utf8, arguments: ["--hex", "--link-type", "l2tp-ip"] + options).output
            #expect(output.contains("1000") && !output.contains("b2:c3") && !output.contains("40:a1"))
        }
    }

    /// What nobody but Cisco defines may be a secret all the same.
    @Test func cookieOfCisco() throws {
        let text = "c8030020 00000009 00000000 8008 0000 0000 000a 000c 0009 0005 deadbeefcafe"
        for options in [[], ["--json"], ["--verbose"]] {
            let words = ["--hex", "--link-type", "l2tp-udp"] + options
            #expect(try !decode(text.utf8, arguments: words).output.contains("deadbeef"))
            #expect(try decode(text.utf8, arguments: words + ["--with-cookies"]).output.contains("deadbeef"))
        }
    }

    @Test func textsFromTheWireMoveNothing() throws {
        let text = "c803 0026 00000000 00000000 8008 0000 0000 0001 0012 0000 0007 61 e280a8 e280ae e2808b 1b 62"
        let line = try decode(text.utf8, "--hex", "--link-type", "l2tp-udp").output
        #expect(line.contains(#"Host Name a\u{2028}\u{202e}\u{200b}\u{1b}b"#))
    }
}
