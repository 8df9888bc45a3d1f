import L2TPWire
import L2TPWireCrypto
import L2TPWireTestSupport
import Testing

@Suite struct ChallengeTests {
    let secret = SharedSecret(Vectors.secret)

    @Test func responses() {
        #expect(secret.response(to: Vectors.challenge, in: .startControlConnectionReply) == Vectors.responseInReply)
        #expect(
            secret.response(to: Vectors.challenge, in: .startControlConnectionConnected) == Vectors.responseInConnected)
        #expect(Vectors.responseInReply.count == SharedSecret.responseByteCount)
    }

    @Test func onlyTheRightResponseIsAccepted() {
        let type = MessageType.startControlConnectionReply
        #expect(secret.accepts(response: Vectors.responseInReply, to: Vectors.challenge, in: type))
        #expect(!secret.accepts(response: Vectors.responseInConnected, to: Vectors.challenge, in: type))
        #expect(!SharedSecret("guess").accepts(response: Vectors.responseInReply, to: Vectors.challenge, in: type))
        #expect(!secret.accepts(response: Array(Vectors.responseInReply.dropLast()), to: Vectors.challenge, in: type))
        #expect(!secret.accepts(response: [], to: [], in: type))
    }

    /// Challenge and response of xl2tpd 1.3.18, whose secret was the same one, in SCCRQ to SCCRP and SCCRP to SCCCN.
    @Test func xl2tpdAgrees() throws {
        let exchanges: [(challenge: String, response: String, type: MessageType)] = [
            ("0d17d4f36860492cb3f63e2c7ea0479f", "c733d67cdd6ebb189e69eb1794360db1", .startControlConnectionReply),
            ("b61bb69623201a385957b77b82ce02f0", "df2d8e94bcc317d8fa4c3ea58695c47e", .startControlConnectionConnected),
        ]
        for exchange in exchanges {
            let response = secret.response(to: try Hex.parse(exchange.challenge), in: exchange.type)
            #expect(response == (try Hex.parse(exchange.response)))
        }
        // One who has another secret.
        let response = try Hex.parse("f4371ba4c086e70d96e09acc8345d2e9")
        let challenge = try Hex.parse("f422843bee2ac86f9f0681d47232334c")
        #expect(!SharedSecret("guess").accepts(response: response, to: challenge, in: .startControlConnectionReply))
        #expect(secret.accepts(response: response, to: challenge, in: .startControlConnectionReply))
    }

    @Test func secretsAreNotPrinted() {
        let shown: [Any] = [
            secret, HidingKey(secret, version: .v2), HidingKey(secret, version: .v3), MessageDigestKey(secret),
            AVPRevealer(HidingKey(secret, version: .v2)),
        ]
        for one in shown {
            var dumped = ""
            dump(one, to: &dumped)
            let texts = ["\(one)", String(reflecting: one), dumped]
            for text in texts {
                // Neither as text nor as a list of bytes.
                #expect(!text.contains("sesame") && !text.contains("111") && !text.contains("6f70"), "\(text)")
            }
        }
        #expect("\(secret)" == "shared secret")
        #expect(secret.debugDescription == "shared secret")
    }
}
