import L2TPModel
import Testing

@testable import l2tp

@Suite struct AddressWordTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("10.1", "10.1.0.0"), ("10", "10.0.0.0"), ("10.1.2", "10.1.2.0"),
        ("010.0.0.1", "8.0.0.1"), ("0xc0.0.2.0x01", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"),
        ("255.255.255.255", "255.255.255.255"),
        ("2001:db8::1", "2001:db8::1"), ("::", "::"), ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
    ])
    func accepts(word: String, address: String) {
        #expect(AddressWord(word)?.address?.description == address)
    }

    @Test(arguments: ["any", "all", "default"])
    func knowsTheWildcard(word: String) {
        #expect(AddressWord(word) == .any)
    }

    @Test(arguments: [
        "", ".", "10.", ".1", "1..2", "256", "1.2.3.4.5", "192.0.2.1/24", "host", "-1", "1.2.3.x", "fe80::1%eth0",
        "1::2::3", ":", "Any",
    ])
    func refuses(word: String) {
        #expect(AddressWord(word) == nil)
    }
}
