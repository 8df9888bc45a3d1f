import Testing

/// What is found where files of cookies are named.
@Suite struct CookieFileFindingTests {
    /// A cookie under the wrong key is told to nobody, not even one that is written otherwise than cookies are.
    @Test(arguments: [
        "deadbeef", "0123456789abcdef", "DEADBEE", "0xdeadbeef", "0Xdeadbeef", "de:ad:be:ef", "dead-beef", "dead beef",
        "dead_beef", " deadbeef ", "deadbeef\\n", "0xde, 0xad, 0xbe, 0xef", "0123456789abcdef01", "de.ad.be.ef",
        "de/ad/be/ef", "hex:deadbeef", "deadbeeg", "deadbeefs and", "cafe", "12",
    ])
    func cookiesAsFiles(_ cookie: String) {
        for key in ["cookie", "peer_cookie"] {
            let found = SchemaFindings.of(SchemaFindings.document("\(key)_file = \"\(cookie)\"", in: "session"))
            #expect(
                found == [
                    "2:\(key.utf8.count + 9): error: tunnel.hq.session.lan.\(key)_file: cannot be read: No such file "
                        + "or directory (ENOENT); a cookie itself stands under \(key), and a file named like one is "
                        + "written with ./ before it"
                ])
        }
    }

    @Test(
        "what can only be a file's name is told",
        arguments: ["./deadbeef", "../cafe", "lan.key", "/deadbeef", "cookie"])
    func filesOfCookies(_ path: String) {
        #expect(
            SchemaFindings.of(SchemaFindings.document("cookie_file = \"\(path)\"", in: "session")) == [
                "2:15: error: tunnel.hq.session.lan.cookie_file: \"\(path)\" cannot be read: No such file or directory "
                    + "(ENOENT)"
            ])
    }
}
