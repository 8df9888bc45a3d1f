import Glibc
import L2TPModel
import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct IPv6AddressTests {
    /// The examples and rules of RFC 5952 §4 and §5.
    @Test(arguments: [
        ("2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:db8::0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"),
        ("2001:db8:0:0:0::1", "2001:db8::1"),
        ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
        ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:DB8::AAAA", "2001:db8::aaaa"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ("::ffff:c000:201", "::ffff:192.0.2.1"),
        ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("::", "::"),
        ("0:0:0:0:0:0:0:0", "::"),
        ("::1", "::1"),
        ("1::", "1::"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
        ("fe80::1", "fe80::1"),
    ])
    func parsesAndPrints(text: String, canonical: String) throws {
        let address = try #require(IPv6Address(text))
        #expect(address.description == canonical)
        #expect(IPv6Address(canonical) == address)
    }

    @Test(arguments: [
        "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1::2::3",
        "1:::2", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "12345::", "g::", "-1::", "+1::", "::1.2.3", "::1.2.3.4.5",
        "1.2.3.4::", "1.2.3.4", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "fe80::1%eth0", " ::1", "::1 ", "[::1]",
        "::1/64",
        "::\u{ff11}", "::0x1",
    ])
    func refuses(text: String) {
        #expect(IPv6Address(text) == nil)
    }

    @Test func knowsItsKind() {
        #expect(IPv6Address("ff02::1")?.isMulticast == true)
        #expect(IPv6Address("fe80::1")?.isMulticast == false)
        #expect(IPv6Address("fe80::1")?.isLinkLocal == true)
        #expect(IPv6Address("febf::1")?.isLinkLocal == true)
        #expect(IPv6Address("fec0::1")?.isLinkLocal == false)
        #expect(IPv6Address("::ffff:1.2.3.4")?.isIPv4Mapped == true)
        #expect(IPv6Address("::fffe:1.2.3.4")?.isIPv4Mapped == false)
    }

    @Test func eitherVersion() {
        #expect(IPAddress("192.0.2.1")?.version == .v4)
        #expect(IPAddress("2001:db8::1")?.version == .v6)
        #expect(IPAddress("localhost") == nil)
        #expect(IPAddress("::g") == nil)
        #expect(IPAddress.any(.v4).isAny && IPAddress.any(.v6).isAny)
        #expect(IPAddress("192.0.2.1")?.isAny == false)
        #expect(IPAddress.any(.v6).description == "::")
        #expect(IPAddress("224.0.0.1")?.isMulticast == true)
        #expect(IPAddress("ff02::1")?.isMulticast == true)
        #expect(IPAddress("192.0.2.1")?.description == "192.0.2.1")
    }

    /// The C library is the oracle; it alone prints ::/96 with a dotted quad.
    @Test func agreesWithTheCLibrary() throws {
        var random = SeededGenerator(for: "IPv6 addresses against inet_pton and inet_ntop")
        for _ in 0..<2000 {
            var number: UInt128 = 0
            for _ in 0..<8 {
                let group = [0, 0, 0, 1, UInt16.random(in: 0...0xffff, using: &random)].randomElement(using: &random)
                number = number << 16 | UInt128(group ?? 0)
            }
            let address = IPv6Address(high: UInt64(number >> 64), low: UInt64(truncatingIfNeeded: number))
            let text = address.description
            #expect(IPv6Address(text) == address)
            var bytes = number.bigEndian
            #expect(unsafe inet_pton(AF_INET6, text, &bytes) == 1, "\(text)")
            #expect(bytes == number.bigEndian, "\(text)")
            var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            let printed = unsafe inet_ntop(AF_INET6, &bytes, &buffer, socklen_t(buffer.count)) != nil
            #expect(printed)
            let oracle = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            #expect(IPv6Address(oracle) == address, "\(oracle)")
            if number >> 32 != 0 { #expect(text == oracle) }
        }
        for _ in 0..<5000 {
            let text = String(
                (0..<Int.random(in: 0...20, using: &random)).map { _ in ":::::10f.".randomElement(using: &random) ?? ":"
                })
            var bytes = in6_addr()
            let isValid = unsafe inet_pton(AF_INET6, text, &bytes) == 1
            #expect((IPv6Address(text) != nil) == isValid, "\(text)")
        }
    }
}
