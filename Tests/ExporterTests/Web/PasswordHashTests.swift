import PasswordHash
import Testing

@Suite("bcrypt")
struct PasswordHashTests {
    /// Test vectors of the bcrypt of Openwall (crypt_blowfish 1.3, wrapper.c).
    @Test(
        "Published hashes match their passwords alone",
        arguments: [
            ("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"),
            ("$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK", "U*U*"),
            ("$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a", "U*U*U"),
        ])
    func vectors(_ hash: String, _ password: String) throws {
        let hash = try BcryptHash(hash)
        #expect(hash.cost == 5)
        #expect(hash.matches(Array(password.utf8)))
        #expect(!hash.matches(Array((password + "!").utf8)))
        #expect(!hash.matches([]))
    }

    @Test("What htpasswd -B makes is taken")
    func htpasswd() throws {
        let hash = try BcryptHash("$2y$04$jgrax5LIxSVs0obqstv5LOR.8gZYPplbzAkkfZtPWnOV/5B2ZP5wK")
        #expect(hash.matches(Array("secret".utf8)))
        #expect(!hash.matches(Array("Secret".utf8)))
        // C ends a text at a zero.
        #expect(!hash.matches(Array("secret\0".utf8)))
        #expect(!hash.matches(Array("secret\0more".utf8)))
        #expect(!hash.matches([UInt8](repeating: 0x61, count: 100_000)))
    }

    @Test(
        "Anything else is refused, and told what it lacks",
        arguments: [
            ("", BcryptHashError.notBcrypt), ("secret", .notBcrypt),
            ("$6$salt$hash", .notBcrypt), ("$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", .notBcrypt),
            ("$2b$05$CCC", .length(10)),
            ("$2b$5$CCCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", .malformed),
            ("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe!", .malformed),
            ("$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", .cost(3)),
            ("$2b$17$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", .cost(17)),
        ])
    func refused(_ text: String, _ expected: BcryptHashError) {
        #expect(throws: expected) { try BcryptHash(text) }
        #expect(text.isEmpty || !expected.description.contains(text))
    }

    @Test("Every beginning of a hash is refused without a trap")
    func truncated() {
        let text = "$2y$04$jgrax5LIxSVs0obqstv5LOR.8gZYPplbzAkkfZtPWnOV/5B2ZP5wK"
        for count in 0..<text.count {
            #expect(throws: BcryptHashError.self) { try BcryptHash(String(text.prefix(count))) }
        }
    }
}
