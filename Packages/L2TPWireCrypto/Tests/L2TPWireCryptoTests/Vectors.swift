import L2TPWireTestSupport

/// What Tests/vectors has made with Python's hashlib and hmac, as the RFCs say; tshark 4.0 finds the digests right.
enum Vectors {
    /// The shared secret of all of them.
    static let secret = "open sesame"
    /// The value of the Random Vector AVPs.
    static let randomVector = [UInt8](0xA0..<0xB0)
    /// The nonce of the one who sends SCCRQ and SCCCN.
    static let askingNonce = [UInt8](0..<16)
    /// The nonce of the one who sends SCCRP.
    static let replyingNonce = [UInt8](0x80..<0x94)
    /// The value of a Challenge AVP.
    static let challenge = [UInt8](0x30..<0x40)

    /// HELLO of L2TPv2 with a Random Vector and AVP 9 (Assigned Tunnel ID) hidden: 1234, no padding.
    static let hiddenV2Short = bytes(
        """
        c8020034 00010000 00010001 80080000 00000006 80160000 0024a0a1 a2a3a4a5 a6a7a8a9 aaabacad
        aeafc00a 00000009 394f0c76
        """)
    /// HELLO of L2TPv2 with a Random Vector and AVP 8 (Vendor Name) hidden: text of three blocks, 5 bytes of padding.
    static let hiddenV2Long = bytes(
        """
        c8020064 00010000 00010001 80080000 00000006 80160000 0024a0a1 a2a3a4a5 a6a7a8a9 aaabacad
        aeafc03a 00000008 f457a3f2 ee6202e5 53a58958 b3dcc167 c7ab94c3 e09b63d0 db97ece0 33f7a708
        3d0cb1e3 a3cc1b58 01233041 4e2059e9 7853e2af
        """)
    /// HELLO of L2TPv3 with a Random Vector and AVP 61 hidden: 11223344, 12 bytes of padding.
    static let hiddenV3 = bytes(
        """
        c8030042 00000007 00010001 80080000 00000006 80160000 0024a0a1 a2a3a4a5 a6a7a8a9 aaabacad
        aeafc018 0000003d 79540dbc a9eb6a3b be8f4d73 44c41ac1 d433
        """)
    /// SCCRQ, whose digest takes in no nonces.
    static let requestMD5 = bytes(
        """
        c803005c 00000000 00000000 80080000 00000001 80170000 003b0004 c47ac711 8288ef53 1b848ec5
        43b2ef80 09000000 076c6163 800a0000 003d0000 11118008 0000003e 00058016 00000049 00010203
        04050607 08090a0b 0c0d0e0f
        """)
    /// SCCRP of the other side.
    static let replyMD5 = bytes(
        """
        c8030060 00001111 00000001 80080000 00000002 80170000 003b00ff 38c91d8e 6b6a5165 51a3469f
        584df780 09000000 076c6163 800a0000 003d0000 22228008 0000003e 0005801a 00000049 80818283
        84858687 88898a8b 8c8d8e8f 90919293
        """)
    /// SCCCN.
    static let connectedMD5 = bytes(
        """
        c803002b 00002222 00010001 80080000 00000003 80170000 003b0009 686a478e 5dc56192 6d54ad70
        2ccbdd
        """)
    /// SCCRQ, whose digest takes in no nonces.
    static let requestSHA1 = bytes(
        """
        c8030060 00000000 00000000 80080000 00000001 801b0000 003b0125 5181d0f8 8e950119 f53fef28
        4f2b3a82 e8d35c80 09000000 076c6163 800a0000 003d0000 11118008 0000003e 00058016 00000049
        00010203 04050607 08090a0b 0c0d0e0f
        """)
    /// SCCRP of the other side.
    static let replySHA1 = bytes(
        """
        c8030064 00001111 00000001 80080000 00000002 801b0000 003b01c2 219d9214 1085a82c b468e39e
        a614a748 b8975780 09000000 076c6163 800a0000 003d0000 22228008 0000003e 0005801a 00000049
        80818283 84858687 88898a8b 8c8d8e8f 90919293
        """)
    /// SCCCN.
    static let connectedSHA1 = bytes(
        """
        c803002f 00002222 00010001 80080000 00000003 801b0000 003b01db 9f0bea09 420e0e12 582c716b
        c2128bd3 669d13
        """)
    /// HELLO with digests of both algorithms, each computed with both cleared.
    static let helloTwoDigests = bytes(
        """
        c8030046 00002222 00020001 80080000 00000006 80170000 003b0039 ba63ec9f 07f558e4 06e1ecfe
        57a5d980 1b000000 3b017339 36ce6ffc 8ba43701 d1287b82 d0f2d325 d326
        """)
    /// HELLO with a digest of no secret and no nonces.
    static let integrity = bytes(
        """
        c803002b 00002222 00020001 80080000 00000006 80170000 003b0004 7d103290 774c312a c0499db9
        e95a53
        """)
    /// The answer to ``challenge`` in an SCCRP.
    static let responseInReply = bytes("6961af08 7be2e98b fdd83956 d599765e")
    /// The answer to ``challenge`` in an SCCCN.
    static let responseInConnected = bytes("ecac0916 29f2cddf 93f8cea8 c0f7e346")

    /// The texts are literals of this file, so an error in one is ours.
    private static func bytes(_ text: String) -> [UInt8] {
        do {
            return try Hex.parse(text)
        } catch {
            preconditionFailure("\(error) in \(text)")
        }
    }
}
