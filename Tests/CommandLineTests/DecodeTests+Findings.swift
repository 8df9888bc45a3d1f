import Testing

@testable import l2tp

/// Where a control message departs from its RFC.
extension DecodeTests {
    /// A StopCCN of L2TPv2 with something of each kind: an M bit that is clear, a vendor's AVP that may not be ignored,
    /// a Host Name that is hidden, a reserved bit; and no Result Code.
    private var stop: String {
        """
        c8020033 00010000 00000000 8008 0000 0000 0004 0008 0000 0009 0007 8008 0009 0001 0102 c007 0000 0007 61
        a008 0000 000a 0004
        """.replacing("\n", with: " ")
    }

    @Test func findings() throws {
        let head =
            "v2 control tunnel 1 session 0 ns 0 nr 0 StopCCN | Assigned Tunnel ID 7; "
            + "AVP 9/1 0102 (mandatory, unknown); Host Name hidden (1 bytes); "
            + "Receive Window Size 4 (mandatory, unknown) ! Result Code is missing"
        let line = try decode(stop.utf8, "--hex", "--link-type", "l2tp-udp").output
        #expect(line == "1 - 0.0.0.0 > 0.0.0.0 UDP 1701>1701 \(head)\n")
        let verbose = try decode(stop.utf8, "--hex", "--link-type", "l2tp-udp", "--verbose").output
        #expect(
            verbose == line + """
                    L2TP, 51 bytes, at byte 0 of the frame
                     0  Flags: T L S
                     1  Ver: 2
                     2  Length: 51
                     4  Tunnel ID: 1
                     6  Session ID: 0
                     8  Ns: 0
                    10  Nr: 0
                    12  AVP 0 Message Type [M], 8 bytes: 4 (StopCCN)
                    20  AVP 9 Assigned Tunnel ID, 8 bytes: 7
                    28  AVP 9/1 unknown [M], 8 bytes: 0102
                    36  AVP 7 Host Name [M H], 7 bytes: hidden (1 bytes)
                    43  AVP 10 Receive Window Size [M], 8 bytes: 4
                    ! Assigned Tunnel ID has its M bit clear, at byte 20
                    ! AVP 9/1 counts as unknown and has its M bit set, at byte 28
                    ! Host Name is hidden, which its definition does not allow, at byte 36
                    ! Receive Window Size has a reserved bit set, at byte 43
                    ! Receive Window Size counts as unknown and has its M bit set, at byte 43
                    ! Result Code is missing, at byte 51

                """)
    }

    @Test func findingsInJSON() throws {
        let json = try decode(stop.utf8, "--hex", "--link-type", "l2tp-udp", "--json").output
        let findings = json.split(separator: #","findings":["#).last.map(String.init) ?? ""
        #expect(
            findings.split(separator: "},{").map(String.init) == [
                #"{"kind":"mandatory_bit","vendor_id":0,"type":9,"name":"Assigned Tunnel ID","offset":20,"#
                    + #""text":"Assigned Tunnel ID has its M bit clear, at byte 20""#,
                #""kind":"unrecognized_mandatory","vendor_id":9,"type":1,"offset":28,"#
                    + #""text":"AVP 9/1 counts as unknown and has its M bit set, at byte 28""#,
                #""kind":"hidden","vendor_id":0,"type":7,"name":"Host Name","offset":36,"#
                    + #""text":"Host Name is hidden, which its definition does not allow, at byte 36""#,
                #""kind":"reserved_bits","vendor_id":0,"type":10,"name":"Receive Window Size","offset":43,"#
                    + #""text":"Receive Window Size has a reserved bit set, at byte 43""#,
                #""kind":"unrecognized_mandatory","vendor_id":0,"type":10,"name":"Receive Window Size","offset":43,"#
                    + #""text":"Receive Window Size counts as unknown and has its M bit set, at byte 43""#,
                #""kind":"missing","vendor_id":0,"type":1,"name":"Result Code","offset":51,"#
                    + #""text":"Result Code is missing, at byte 51"}]}"# + "\n",
            ])
        #expect(json.split(separator: #""unrecognized_mandatory":true"#).count == 3)
    }

    /// A Message Type with a reserved bit, of L2TPv2, whose receiver does not know it then.
    @Test func messageTypeWithReservedBit() throws {
        let text = "c8020014 00010001 00000000 8408 0000 0000 0006"
        let line = try decode(text.utf8, "--hex", "--link-type", "l2tp-udp").output
        #expect(line.hasSuffix(" nr 0 HELLO (mandatory, unknown)\n"))
    }

    /// What is missing from several messages, and what is not known to be missing from one that ends too soon.
    @Test func missingAVPs() throws {
        let text = """
            c8030014 00000001 00000000 80080000 0000000e
            c8030014 00000001 00000000 80080000 00000063
            c8030014 00000001 00000000 00080000 00000063
            c8030014 00000001 00000000 80080000 00000006
            c8030015 00000001 00000000 80080000 0000000e
            c803000c 00000001 00000000

            """
        let lines = try decode(text.utf8, "--hex", "--link-type", "l2tp-udp").output.split(separator: "\n")
        #expect(
            lines.map { $0.split(separator: " nr 0 ").last } == [
                "CDN ! Result Code, Local Session ID, Remote Session ID are missing",
                "message type 99 (mandatory, unknown)", "message type 99", "HELLO",
                "CDN ! malformed: message is truncated, at byte 20 (Length)", "ZLB",
            ])
        let json = try decode(text.utf8, "--hex", "--link-type", "l2tp-udp", "--json").output.split(separator: "\n")
        #expect(json.map { $0.contains("findings") } == [true, true, false, false, false, false])
        #expect(
            json[1].hasSuffix(
                #","findings":[{"kind":"unrecognized_message","vendor_id":0,"type":0,"name":"Message Type","#
                    + #""offset":12,"text":"the message is unknown and has its M bit set, at byte 12"}]}"#))
    }

    /// The real peers of the captures send what the RFCs have them send.
    @Test(arguments: Captures.all.filter { !$0.hasPrefix("control-vectors") })
    func realPeersHaveNoFindings(capture: String) throws {
        #expect(try !Captures.decode(capture, "--json").output.contains("findings"))
    }
}
