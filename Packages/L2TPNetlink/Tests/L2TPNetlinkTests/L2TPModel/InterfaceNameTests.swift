import L2TPModel
import Testing

@Suite struct InterfaceNameTests {
    @Test(arguments: [
        "a", "l2tp-lan", "l2tpeth0", "eth0.100", "123456789012345", "...", "é", "a@b", "-", "all0", "All", "default0",
    ])
    func accepts(text: String) throws {
        let name = try InterfaceName(text)
        #expect(name.text == text)
        #expect(name.description == text)
        #expect(!name.isPattern)
    }

    @Test(arguments: ["l2tp%d", "%d", "%dx"])
    func acceptsAPattern(text: String) throws {
        #expect(try InterfaceName(text).isPattern)
    }

    @Test(
        arguments: [
            ("", .empty),
            ("1234567890123456", .tooLong(byteCount: 16)),
            ("éééééééé", .tooLong(byteCount: 16)),
            (".", .reserved),
            ("..", .reserved),
            ("all", .reserved),
            ("default", .reserved),
            ("voil\u{e0}", .character(offset: 5)),
            ("\u{a0}a", .character(offset: 1)),
            ("a/b", .character(offset: 1)),
            ("ab:", .character(offset: 2)),
            (" a", .character(offset: 0)),
            ("a\tb", .character(offset: 1)),
            ("a\nb", .character(offset: 1)),
            ("a\0", .character(offset: 1)),
            ("a%", .pattern),
            ("a%x", .pattern),
            ("%d%d", .pattern),
            ("%%d", .pattern),
        ] as [(String, InterfaceName.ParseError)])
    func refuses(text: String, reason: InterfaceName.ParseError) {
        #expect(throws: reason) { try InterfaceName(text) }
        #expect(!reason.description.isEmpty)
    }

    @Test func saysWhatIsWrong() {
        #expect(InterfaceName.ParseError.tooLong(byteCount: 20).description == "has 20 bytes; a name has at most 15")
    }
}
