import L2TPExporterWeb
import Testing

@Suite("Clients that are too many, or take too much")
struct ConnectionLimitTests {
    private static let request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"

    /// Waits until a condition holds; the time limit of the suite ends it otherwise.
    private func wait(until condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test("A new client gets the place of the one that has waited longest", .timeLimit(.minutes(5)))
    func tooMany() async throws {
        let gate = Gate()
        func adapt(_ options: inout WebOptions) { options.limits.connections = 3 }
        try await TestServer.run(StubResponder(gate: gate), adapt) { server, address in
            let busy = try await TestClient.connect(to: address)
            try await busy.send(Self.request)
            await gate.waitForArrival()
            let first = try await TestClient.connect(to: address)
            try await wait { server.connectionCount == 2 }
            let second = try await TestClient.connect(to: address)
            try await wait { server.connectionCount == 3 }
            let third = try await TestClient.connect(to: address)
            #expect(await first.remainder() == "")
            try await third.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await third.response()?.status == 200)
            #expect(server.connectionCount == 3)
            gate.open()
            #expect(await busy.response()?.status == 200)
            await second.close()
        }
    }

    @Test("Two hundred slow clients keep nobody out", .timeLimit(.minutes(5)))
    func manySlow() async throws {
        try await TestServer.run { server, address in
            var slow: [TestClient] = []
            for _ in 0..<200 {
                let client = try await TestClient.connect(to: address)
                await client.trySend("GET /metrics HTTP/1.1\r\nX: ")
                slow.append(client)
            }
            #expect(try await TestClient.get(address, "/metrics")?.status == 200)
            #expect(server.connectionCount <= WebLimits().connections)
            for client in slow { await client.close() }
        }
    }

    @Test("Nor do two hundred that take nothing of what they asked for", .timeLimit(.minutes(5)))
    func manyDeaf() async throws {
        // More than the kernel's buffers of both sides hold.
        let text = String(repeating: "x", count: 32 << 20)
        func adapt(_ options: inout WebOptions) { options.limits.connections = 20 }
        try await TestServer.run(StubResponder(text), adapt) { server, address in
            var deaf: [TestClient] = []
            for _ in 0..<200 {
                guard let client = try? await TestClient.connect(to: address, readsAutomatically: false) else {
                    continue
                }
                await client.trySend(Self.request)
                deaf.append(client)
            }
            // A client tries again until its place is free.
            var status: Int?
            while status == nil { status = (try? await TestClient.get(address, "/-/healthy"))??.status }
            #expect(status == 200)
            for client in deaf { await client.close() }
        }
    }

    @Test("Clients that do not read keep few different answers alive, the newest ones", .timeLimit(.minutes(5)))
    func memory() async throws {
        // More than the kernel's buffers of both sides hold.
        let text = String(repeating: "x", count: 8 << 20)
        func adapt(_ options: inout WebOptions) { options.limits.responseMemory = 20 << 20 }
        let responder = StubResponder(text, isShared: false)
        try await TestServer.run(responder, adapt) { server, address in
            var clients: [TestClient] = []
            for count in 1...6 {
                let client = try await TestClient.connect(to: address, readsAutomatically: false)
                try await client.send(Self.request)
                clients.append(client)
                try await wait { responder.questions.count == count && server.connectionCount == min(count, 2) }
            }
            #expect(try await TestClient.get(address, "/metrics")?.body.count == text.utf8.count)
            for client in clients { await client.close() }
        }
    }

    @Test("Clients that are sent the same answer cost it once", .timeLimit(.minutes(5)))
    func sharedMemory() async throws {
        let text = String(repeating: "x", count: 8 << 20)
        func adapt(_ options: inout WebOptions) { options.limits.responseMemory = 10 << 20 }
        try await TestServer.run(StubResponder(text), adapt) { server, address in
            var clients: [TestClient] = []
            for _ in 1...6 {
                let client = try await TestClient.connect(to: address, readsAutomatically: false)
                try await client.send(Self.request)
                clients.append(client)
            }
            #expect(try await TestClient.get(address, "/metrics")?.body.count == text.utf8.count)
            #expect(server.connectionCount >= 6)
            for client in clients { await client.close() }
        }
    }

    @Test("Clients that ask for more before they have got it keep nobody out", .timeLimit(.minutes(5)))
    func pipelining() async throws {
        let gate = Gate()
        func adapt(_ options: inout WebOptions) { options.limits.connections = 2 }
        try await TestServer.run(StubResponder(gate: gate), adapt) { _, address in
            var greedy: [TestClient] = []
            for _ in 0..<2 {
                let client = try await TestClient.connect(to: address)
                try await client.send(Self.request + Self.request)
                await gate.waitForArrival()
                greedy.append(client)
            }
            #expect(try await TestClient.get(address, "/-/healthy")?.status == 200)
            #expect(await greedy[0].remainder() == "")
            gate.open()
            await greedy[1].close()
        }
    }

    @Test("If no connection waits for its client, one more is turned away", .timeLimit(.minutes(5)))
    func allBusy() async throws {
        let gate = Gate()
        func adapt(_ options: inout WebOptions) { options.limits.connections = 1 }
        try await TestServer.run(StubResponder(gate: gate), adapt) { _, address in
            let busy = try await TestClient.connect(to: address)
            try await busy.send(Self.request)
            await gate.waitForArrival()
            let other = try await TestClient.connect(to: address)
            #expect(await other.remainder() == "")
            gate.open()
            #expect(await busy.response()?.status == 200)
        }
    }
}
