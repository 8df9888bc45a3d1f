import L2TPModel
import L2TPWireTestSupport
import Testing

@Suite("A MAC address")
struct MACAddressTests {
    @Test("is six pairs of hexadecimal digits, in either case")
    func text() throws {
        let address = try #require(MACAddress("02:00:00:00:00:0A"))
        #expect(address.number == 0x0200_0000_000a)
        #expect(address.bytes == [2, 0, 0, 0, 0, 10])
        #expect(address.description == "02:00:00:00:00:0a")
        #expect(MACAddress("fF:FF:ff:ff:ff:ff")?.number == 0xffff_ffff_ffff)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", ":::::", "02:00:00:00:00", "02:00:00:00:00:00:00", "2:0:0:0:0:1", "02-00-00-00-00-01", "0200.0000.0001",
            "02:00:00:00:00:0g", "+2:00:00:00:00:00", " 02:00:00:00:00:00", "02:00:00:00:00:00 ", "٠٢:00:00:00:00:00",
        ])
    func otherText(_ text: String) {
        #expect(MACAddress(text) == nil)
    }

    @Test("has 48 bits and six bytes")
    func size() {
        #expect(MACAddress(number: 1 << 48) == nil)
        #expect(MACAddress(number: 1 << 48 - 1)?.description == "ff:ff:ff:ff:ff:ff")
        for count in [0, 5, 7, 20] { #expect(MACAddress(bytes: [UInt8](repeating: 2, count: count)) == nil) }
    }

    @Test(
        "means a station or a group, and says who assigned it",
        arguments: [
            ("02:00:00:00:00:01", true, true, true), ("00:00:5e:00:53:01", true, false, true),
            ("01:00:5e:00:00:01", false, false, false), ("ff:ff:ff:ff:ff:ff", false, true, false),
            ("00:00:00:00:00:00", true, false, false),
        ])
    func bits(_ text: String, isUnicast: Bool, isLocal: Bool, isAssignable: Bool) throws {
        let address = try #require(MACAddress(text))
        #expect(address.isUnicast == isUnicast)
        #expect(address.isLocallyAdministered == isLocal)
        #expect(address.isAssignable == isAssignable)
    }

    @Test("is the same after text and bytes")
    func roundTrip() {
        var generator = SeededGenerator(for: "MAC addresses, printed and read")
        for _ in 0..<1000 {
            let number = UInt64.random(in: 0..<1 << 48, using: &generator)
            let address = MACAddress(number: number)
            #expect(address.flatMap { MACAddress($0.description) } == address)
            #expect(address.flatMap { MACAddress(bytes: $0.bytes) } == address)
        }
    }

    @Test("Of a number that is too large the lower 48 bits count")
    func truncating() {
        #expect(MACAddress(truncating: 0xffff_0200_0000_0001) == MACAddress("02:00:00:00:00:01"))
    }
}
