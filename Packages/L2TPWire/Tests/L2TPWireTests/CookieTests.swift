import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct CookieTests {
    @Test func hexadecimalIsWireOrder() throws {
        let four = try Cookie(hexadecimal: "0123abCD")
        #expect(four.byteCount == 4)
        #expect((0..<4).map { four[$0] } == [0x01, 0x23, 0xAB, 0xCD])
        #expect(four.hexadecimal == "0123abcd")
        #expect(four == Cookie(0x0123_ABCD as UInt32))

        let eight = try Cookie(hexadecimal: "FEDCBA9876543210")
        #expect(eight.byteCount == 8)
        #expect((0..<8).map { eight[$0] } == [0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10])
        #expect(eight.hexadecimal == "fedcba9876543210")
        #expect(eight == Cookie(0xFEDC_BA98_7654_3210 as UInt64))
    }

    @Test(arguments: [
        ("", 0), ("0", 1), ("0123456", 7), ("012345678", 9), ("0123456789abcde", 15), ("0123456789abcdef0", 17),
        ("0x01234567", 10),
    ])
    func refusesLength(text: String, count: Int) {
        #expect(throws: Cookie.ParseError.length(count: count)) { try Cookie(hexadecimal: text) }
    }

    @Test(arguments: [
        ("g1234567", 0), ("0x123456", 1), ("0123 567", 4), ("0123456:", 7), ("0123456/", 7), ("0123456@", 7),
        ("0123456G", 7), ("0123456`", 7), ("0123456789abcde-", 15), ("\u{e9}234567", 0),
    ])
    func refusesDigit(text: String, offset: Int) {
        #expect(throws: Cookie.ParseError.notHexadecimal(offset: offset)) { try Cookie(hexadecimal: text) }
    }

    @Test(arguments: 0...10)
    func fromBytes(count: Int) throws {
        let bytes = (0..<count).map { UInt8($0 + 0xF0) }
        if count == 4 || count == 8 {
            let cookie = try Cookie(bytes.span)
            #expect((0..<count).map { cookie[$0] } == bytes)
        } else {
            #expect(throws: Cookie.ParseError.byteCount(count: count)) { try Cookie(bytes.span) }
        }
    }

    @Test(arguments: 0...10)
    func asReported(count: Int) {
        let bytes = (0..<count).map { UInt8($0 + 1) }
        let cookie = Cookie(reported: bytes.span)
        guard (1...8).contains(count) else {
            #expect(cookie == nil)
            return
        }
        #expect(cookie?.byteCount == count)
        #expect(cookie?.hexadecimal == Hex.print(bytes, groupByteCount: 0))
        #expect(cookie?.hasStandardLength == (count == 4 || count == 8))
        #expect(CookieLength(of: cookie)?.byteCount == (count == 4 || count == 8 ? count : nil))
    }

    @Test func lengthOfNoCookie() {
        #expect(CookieLength(of: nil) == CookieLength.none)
    }

    @Test func equality() {
        let cookie = Cookie(0x0123_4567_89AB_CDEF as UInt64)
        for bit in 0..<64 {
            #expect(cookie != Cookie(0x0123_4567_89AB_CDEF ^ (1 as UInt64) << UInt64(bit)))
        }
        // The same bytes, then zeros: only the length differs.
        #expect(Cookie(0x0123_4567 as UInt32) != Cookie(0x0123_4567_0000_0000 as UInt64))
        let three: [UInt8] = [1, 2, 3]
        let four: [UInt8] = [1, 2, 3, 0]
        #expect(Cookie(reported: three.span) != Cookie(reported: four.span))
        #expect(Set([cookie, cookie, Cookie(1 as UInt32)]).count == 2)
    }

    @Test func descriptionHidesTheBytes() {
        #expect(Cookie(0x0123_4567 as UInt32).description == "cookie of 4 bytes")
    }

    @Test func offsetOutOfRangeTraps() async {
        await #expect(processExitsWith: .failure) { _ = Cookie(1 as UInt32)[4] }
        await #expect(processExitsWith: .failure) { _ = Cookie(1 as UInt32)[-1] }
    }
}
