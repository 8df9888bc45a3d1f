import NIOCore
import PasswordHash
import SystemPackage
import Testing

@testable import L2TPExporterWeb

@Suite("Passwords")
struct AuthenticationTests {
    /// Of "secret" and "other", by htpasswd -B.
    static let secret = "$2y$04$jgrax5LIxSVs0obqstv5LOR.8gZYPplbzAkkfZtPWnOV/5B2ZP5wK"
    static let other = "$2y$04$mRQYvfF5PNO6i8.Me7xV.uoVRIeU3p78kpj3YbyumxE954iYRoFEK"
    /// me:secret, me:other, you:secret, me:wrong
    static let right = ["Authorization: Basic bWU6c2VjcmV0"]
    static let changed = ["Authorization: Basic bWU6b3RoZXI="]
    static let stranger = ["Authorization: Basic eW91OnNlY3JldA=="]
    static let wrong = ["Authorization: Basic bWU6d3Jvbmc="]

    private func status(_ address: String, _ path: String, _ headers: [String]) async throws -> Int? {
        try await TestClient.get(address, path, headers: headers)?.status
    }

    @Test("Nothing is told to those who are no users")
    func paths() async throws {
        try await TestServer.withFolder { folder in
            let file = folder.appending("web.yml")
            try TestServer.write("basic_auth_users:\n  me: \(Self.secret)\n", to: file)
            let responder = StubResponder()
            try await TestServer.run(responder, { $0.configurationFile = file }) { _, address in
                for path in ["/metrics", "/", "/-/healthy", "/-/ready", "/nothing"] {
                    let response = try #require(try await TestClient.get(address, path))
                    #expect(response.status == 401)
                    #expect(
                        response.headers["www-authenticate"] == "Basic realm=\"exporter <test>\", charset=\"UTF-8\"")
                    #expect(response.text == "Unauthorized\n")
                    #expect(try await status(address, path, Self.wrong) == 401)
                    #expect(try await status(address, path, Self.stranger) == 401)
                    #expect(try await status(address, path, ["Authorization: Bearer x"]) == 401)
                    #expect(try await status(address, path, Self.right) == (path == "/nothing" ? 404 : 200))
                }
            }
            #expect(responder.questions.count == 1)
        }
    }

    @Test("Users and their passwords change without restart; what cannot be used changes nothing")
    func reload() async throws {
        try await TestServer.withFolder { folder in
            let file = folder.appending("web.yml")
            try TestServer.write("basic_auth_users:\n  me: \(Self.secret)\n", to: file)
            try await TestServer.run(StubResponder(), { $0.configurationFile = file }) { server, address in
                #expect(try await status(address, "/", Self.right) == 200)
                try TestServer.write("basic_auth_users:\n  me: \(Self.other)\n", to: file)
                await server.reload()
                #expect(try await status(address, "/", Self.right) == 401)
                #expect(try await status(address, "/", Self.changed) == 200)
                try TestServer.write("basic_auth_user:\n", to: file)
                await server.reload()
                #expect(try await status(address, "/", Self.changed) == 200)
                #expect(try await status(address, "/", []) == 401)
                // What may be half a file lets nobody in.
                for text in ["", "basic_auth_users:\n", "basic_auth_users: {}\n"] {
                    try TestServer.write(text, to: file)
                    await server.reload()
                    #expect(try await status(address, "/", []) == 401, "\(text)")
                    #expect(try await status(address, "/", Self.changed) == 200, "\(text)")
                }
            }
        }
    }

    @Test("bcrypt runs once for a right password, however many bring it at a time, and each time for a wrong one")
    func computations() async throws {
        let table = UserTable(["me": try BcryptHash(Self.secret)])
        let checker = PasswordChecker(capacity: 2)
        let right = BasicCredentials(user: "me", password: Array("secret".utf8))
        await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { await checker.check(right, against: table) } }
            for await verdict in group { #expect(verdict == .accepted) }
        }
        #expect(await checker.check(right, against: table) == .accepted)
        #expect(await checker.computations == 1)
        let wrong = BasicCredentials(user: "me", password: Array("Secret".utf8))
        #expect(await checker.check(wrong, against: table) == .rejected)
        #expect(await checker.check(wrong, against: table) == .rejected)
        #expect(await checker.computations == 3)
        // The password of somebody else, even if it is right there.
        let unknown = BasicCredentials(user: "you", password: Array("secret".utf8))
        #expect(await checker.check(unknown, against: table) == .rejected)
        #expect(await checker.check(unknown, against: table) == .rejected)
        #expect(await checker.computations == 5)
        #expect(await checker.check(wrong, against: UserTable([:])) == .accepted)
        #expect(await checker.computations == 5)
    }

    @Test("What was right is not remembered beyond the user's next password")
    func forgotten() async throws {
        let checker = PasswordChecker()
        let credentials = BasicCredentials(user: "me", password: Array("secret".utf8))
        #expect(try await checker.check(credentials, against: UserTable(["me": BcryptHash(Self.secret)])) == .accepted)
        #expect(try await checker.check(credentials, against: UserTable(["me": BcryptHash(Self.other)])) == .rejected)
        #expect(try await checker.check(credentials, against: UserTable(["you": BcryptHash(Self.secret)])) == .rejected)
    }

    @Test("Guessing many passwords at a time is refused, and does not keep out who is known")
    func overload() async throws {
        let table = UserTable(["me": try BcryptHash(Self.secret.replacing("$04$", with: "$10$"))])
        let known = UserTable(["me": try BcryptHash(Self.secret)])
        let checker = PasswordChecker(capacity: 2)
        let right = BasicCredentials(user: "me", password: Array("secret".utf8))
        #expect(await checker.check(right, against: known) == .accepted)
        let verdicts = await withTaskGroup { group in
            for number in 0..<30 {
                let guess = BasicCredentials(user: "me", password: Array("guess \(number)".utf8))
                group.addTask { await checker.check(guess, against: table) }
            }
            #expect(await checker.check(right, against: known) == .accepted)
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(!verdicts.contains(.accepted))
        #expect(verdicts.contains(.overloaded))
        #expect(verdicts.contains(.rejected))
    }

    @Test("An unknown user's password is compared with the costliest hash")
    func decoy() throws {
        let cheap = try BcryptHash(Self.secret)
        let costly = try BcryptHash(Self.other.replacing("$04$", with: "$12$"))
        #expect(UserTable(["a": cheap, "b": costly, "c": cheap]).decoy == costly)
        #expect(UserTable([:]).decoy == nil)
    }

    @Test("Guessing from one address leaves every other one its turn", .timeLimit(.minutes(5)))
    func fairness() async throws {
        let table = UserTable(["me": try BcryptHash(Self.secret)])
        let gate = Gate()
        let checker = PasswordChecker(capacity: 4) { comparison, password in
            if password != Array("secret".utf8) { await gate.pass() }
            return comparison.matches(password)
        }
        let (guesser, known) = try (client("192.0.2.1"), client("192.0.2.2"))
        try await withThrowingTaskGroup { group in
            for number in 0..<20 {
                let guess = BasicCredentials(user: "me", password: Array("guess \(number)".utf8))
                group.addTask { await checker.check(guess, of: guesser, against: table) }
            }
            // One is computed, and all places are taken by others.
            await gate.waitForArrival()
            while await checker.waitingCount < 4 { try await Task.sleep(for: .milliseconds(1)) }
            let right = BasicCredentials(user: "me", password: Array("secret".utf8))
            #expect(await checker.check(right, of: known, against: table) == .accepted)
            gate.open()
            let verdicts = try await group.reduce(into: []) { $0.append($1) }
            #expect(!verdicts.contains(.accepted))
        }
    }

    @Test("Who waits longer for a check than a scrape may take is told so", .timeLimit(.minutes(5)))
    func patience() async throws {
        let table = UserTable(["me": try BcryptHash(Self.secret)])
        let gate = Gate()
        let checker = PasswordChecker { comparison, password in
            await gate.pass()
            return comparison.matches(password)
        }
        let right = BasicCredentials(user: "me", password: Array("secret".utf8))
        let other = BasicCredentials(user: "me", password: Array("other".utf8))
        let soon = ContinuousClock.now + .milliseconds(50)
        // One that is being computed, and one that has not begun.
        async let first = checker.check(right, against: table, until: soon)
        await gate.waitForArrival()
        #expect(await checker.check(other, against: table, until: soon) == .overloaded)
        #expect(await first == .overloaded)
        #expect(await checker.waitingCount == 0)
        gate.open()
        // What had begun is not lost.
        #expect(await checker.check(right, against: table) == .accepted)
        #expect(await checker.computations <= 2)
    }

    @Test("Nothing is done for clients that are gone", .timeLimit(.minutes(5)))
    func gone() async throws {
        let table = UserTable(["me": try BcryptHash(Self.secret)])
        let gate = Gate()
        let checker = PasswordChecker { comparison, password in
            await gate.pass()
            return comparison.matches(password)
        }
        let checks = (0..<3).map { number in
            let guess = BasicCredentials(user: "me", password: Array("guess \(number)".utf8))
            return Task { await checker.check(guess, against: table) }
        }
        // One is computed, the others wait for their client's turn.
        await gate.waitForArrival()
        while await checker.waitingCount < 2 { try await Task.sleep(for: .milliseconds(1)) }
        for check in checks {
            check.cancel()
            #expect(await check.value == .overloaded)
        }
        #expect(await checker.waitingCount == 0)
        let early = Task {
            while !Task.isCancelled { await Task.yield() }
            return await checker.check(BasicCredentials(user: "me", password: []), against: table)
        }
        early.cancel()
        #expect(await early.value == .overloaded)
        gate.open()
    }

    @Test("A check takes as long for a user of any cost as for an unknown one")
    func rounds() throws {
        func hash(_ cost: String) throws -> BcryptHash { try BcryptHash(Self.secret.replacing("$04$", with: cost)) }
        for costs in [["$04$"], ["$04$", "$12$"], ["$10$", "$05$", "$09$", "$10$"], ["$04$", "$16$"]] {
            var hashes: [String: BcryptHash] = [:]
            for (index, cost) in costs.enumerated() { hashes["\(index)"] = try hash(cost) }
            let table = UserTable(hashes)
            let unknown = table.comparison(for: "nobody")
            #expect(unknown.hash == nil)
            #expect(unknown.rounds == 1 << (hashes.values.map(\.cost).max() ?? 0))
            for (user, hash) in hashes {
                #expect(table.comparison(for: user).hash == hash)
                #expect(table.comparison(for: user).rounds == unknown.rounds, "\(costs) \(user)")
            }
        }
    }

    @Test("What only takes time lets nobody in")
    func padding() async throws {
        let cheap = try BcryptHash(Self.secret)
        let costly = try #require(cheap.with(cost: 6))
        let table = UserTable(["cheap": cheap, "costly": costly])
        let checker = PasswordChecker()
        for (user, verdict) in [("cheap", PasswordChecker.Verdict.accepted), ("costly", .rejected), ("x", .rejected)] {
            let credentials = BasicCredentials(user: user, password: Array("secret".utf8))
            #expect(await checker.check(credentials, against: table) == verdict)
        }
        #expect(cheap.with(cost: 3) == nil)
        #expect(cheap.with(cost: 17) == nil)
    }

    private func client(_ address: String) throws -> ClientAddress {
        ClientAddress(try SocketAddress(ipAddress: address, port: 1))
    }

    @Test("Clients are told apart by their IPv4 addresses, and by the networks of their IPv6 addresses")
    func clients() throws {
        #expect(try client("192.0.2.1") != client("192.0.2.2"))
        #expect(try client("192.0.2.1") == client("::ffff:192.0.2.1"))
        #expect(try client("::ffff:192.0.2.1") != client("::ffff:192.0.2.2"))
        #expect(try client("2001:db8:0:1::1") == client("2001:db8:0:1:ffff::2"))
        #expect(try client("2001:db8:0:1::1") != client("2001:db8:0:2::1"))
        #expect(try client("::1") != client("127.0.0.1"))
        #expect(ClientAddress(nil) == ClientAddress(try SocketAddress(unixDomainSocketPath: "/x")))
    }
}
