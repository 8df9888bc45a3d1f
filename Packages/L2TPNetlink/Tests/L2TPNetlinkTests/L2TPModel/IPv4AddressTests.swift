import Glibc
import L2TPModel
import L2TPWireTestSupport
import Testing

@Suite struct IPv4AddressTests {
    @Test(
        arguments: [
            ("0.0.0.0", 0), ("255.255.255.255", 0xffff_ffff), ("192.0.2.1", 0xc000_0201), ("10.20.30.40", 0x0a14_1e28),
        ] as [(String, UInt32)])
    func parsesAndPrints(text: String, number: UInt32) {
        #expect(IPv4Address(text)?.number == number)
        #expect(IPv4Address(number: number).description == text)
    }

    @Test(arguments: [
        "", ".", "...", "1", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "256.0.0.1", "1.2.3.-4", "1.2.3.+4",
        "01.2.3.4", "1.2.3.00", "0x1.2.3.4", " 1.2.3.4", "1.2.3.4 ", "1.2.3.4/24", "1.2.3.٤", "1.2.3.1000",
    ])
    func refuses(text: String) {
        #expect(IPv4Address(text) == nil)
    }

    @Test func knowsMulticastAndWildcard() {
        #expect(IPv4Address("224.0.0.1")?.isMulticast == true)
        #expect(IPv4Address("239.255.255.255")?.isMulticast == true)
        #expect(IPv4Address("223.255.255.255")?.isMulticast == false)
        #expect(IPv4Address("240.0.0.0")?.isMulticast == false)
        #expect(IPv4Address.any.description == "0.0.0.0")
    }

    /// The C library is the oracle.
    @Test func agreesWithTheCLibrary() {
        var random = SeededGenerator(for: "IPv4 addresses against inet_pton and inet_ntop")
        for _ in 0..<1000 {
            let number = UInt32.random(in: .min ... .max, using: &random)
            let text = IPv4Address(number: number).description
            var parsed = in_addr()
            #expect(unsafe inet_pton(AF_INET, text, &parsed) == 1)
            #expect(parsed.s_addr == number.bigEndian)
            #expect(IPv4Address(text)?.number == number)
        }
        for _ in 0..<2000 {
            let text = String(
                (0..<Int.random(in: 0...12, using: &random)).map { _ in "0125.9".randomElement(using: &random) ?? "." })
            var parsed = in_addr()
            let isValid = unsafe inet_pton(AF_INET, text, &parsed) == 1
            #expect((IPv4Address(text) != nil) == isValid, "\(text)")
        }
    }
}
