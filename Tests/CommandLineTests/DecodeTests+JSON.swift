import Testing

@testable import l2tp

/// What only JSON tells, or tells otherwise.
extension DecodeTests {
    @Test func namesOfNumbersInJSON() throws {
        let text = """
            c803002c 00000001 00000000 8008 0000 0000 000e 800c 0000 0001 0002 0006 6e6f 800c 0000 003e 0005 0004 00ff
            c803001a 00000001 00000000 8008 0000 0000 0006 8006 0000 003e
            c803001c 00000001 00000000 8008 0000 0000 0006 8008 0000 0001 0002

            """
        let lines = try decode(text.utf8, "--hex", "--link-type", "l2tp-udp", "--json").output.split(separator: "\n")
        #expect(
            lines[0].contains(
                #""data":"000200066e6f","value":{"result_code":2,"error_code":6,"error_message":"no"},"#
                    + #""meaning":{"result_code":"disconnected for the reason in the error code","#
                    + #""error_code":"vendor-specific error"}}"#))
        #expect(lines[0].contains(#""data":"0005000400ff","value":[5,4,255],"meaning":["eth","eth-vlan",null]}"#))
        #expect(lines[0].contains(#""data":"000e","value":14,"meaning":"CDN"}"#))
        #expect(lines[1].hasSuffix(#""data":"","value":[]}]}"#))
        #expect(lines[2].contains(#""data":"0002","value":{"result_code":2}}]"#))
    }

    /// Of headers in a datagram that was put together, the place is not in a frame.
    @Test func malformedReassembledDatagram() throws {
        let text = """
            4500001c 00012000 40110000 c0000201 c0000202 06a506a5 00ff0000
            4500001c 00010001 40110000 c0000201 c0000202 00000000 00000000
            4500001c 00020000 40110000 c0000201 c0000202 06a506a5 00ff0000

            """
        let run = try decode(text.utf8, "--hex", "--link-type", "ip", "--json")
        #expect(
            run.output == """
                {"number":2,"malformed":{"reason":"packet is truncated","offset":16,"field":"UDP Length",\
                "detail":"it says 255 bytes, the IP packet has 16","reassembled":true}}
                {"number":3,"malformed":{"reason":"packet is truncated","offset":28,"field":"UDP Length",\
                "detail":"it says 255 bytes, the IP packet has 8"}}

                """)
    }

    /// A datagram whose fragments contradict each other, and one of which some are missing.
    @Test func summaryOfFragments() throws {
        let text = """
            4500001c 00010002 40110000 c0000201 c0000202 00000000 00000000
            4500001c 00010004 40110000 c0000201 c0000202 00000000 00000000
            4500001c 00022000 40110000 c0000201 c0000202 06a506a5 00ff0000

            """
        let summary = try decode(text.utf8, "--hex", "--link-type", "ip", "--summary").output
        #expect(summary == "2 datagrams that could not be put together from fragments\n3 packets in all\n")
        let json = try decode(text.utf8, "--hex", "--link-type", "ip", "--summary", "--json").output
        #expect(json.contains(#""incomplete":2,"#))
        let lines = try decode(text.utf8, "--hex", "--link-type", "ip", "--json").output.split(separator: "\n")
        #expect(lines.map { $0.contains(#""abandoned":"fragments of 192.0.2.1 > 192.0.2.2"#) } == [true, true])
    }

    /// A session of IP packets without frames, as its ICRQ has it.
    @Test func innerIPPacket() throws {
        let text = """
            00000000 c803 0055 00000009 0002 0001 8008 0000 0000 000a 800a 0000 003f 000003e8 800a 0000 0040 00000000 \
            000a 0000 000f 00000001 8008 0000 0044 000b 8009 0000 0042 6c616e 8008 0000 0047 0003 \
            800a 0000 0041 11223344
            000003e8 11223344 4500001c 00000000 40010000 c0000201 c0000202 08000000 00010007

            """
        let lines = try decode(text.utf8, "--hex", "--link-type", "l2tp-ip", "--json").output.split(separator: "\n")
        let inner = #"{"kind":"ip","length":28,"description":"IPv4 192.0.2.1 > 192.0.2.2 ICMP echo request seq 7"}"#
        #expect(lines.last?.hasSuffix(#","inner":\#(inner)}"#) == true)
    }
}
