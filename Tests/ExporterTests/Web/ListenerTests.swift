import Foundation
import L2TPExporterWeb
import Netlink
import SystemPackage
import Testing

@Suite("Listening")
struct ListenerTests {
    private func start(_ addresses: [ListenAddress]) async throws(WebServerError) -> WebServer {
        var options = TestServer.options
        options.listenAddresses = addresses
        return try await WebServer.start(options, responder: StubResponder(), logger: TestServer.logger)
    }

    private func failure(_ addresses: [ListenAddress]) async -> WebServerError? {
        do throws(WebServerError) {
            let server = try await start(addresses)
            await server.shutDown()
            return nil
        } catch {
            return error
        }
    }

    @Test("At several addresses, IPv6, IPv4, all of the host's, and a path")
    func several() async throws {
        try await TestServer.withFolder { folder in
            let path = folder.appending("x.socket")
            let server = try await start([
                .tcp(host: "::1", port: 0), .tcp(host: "127.0.0.1", port: 0), .tcp(host: "localhost", port: 0),
                .tcp(host: nil, port: 0), .unix(path),
            ])
            #expect(server.addresses.count == 5)
            #expect(server.addresses[0].hasPrefix("[::1]:"))
            #expect(server.addresses[3].hasPrefix("[::]:"))
            #expect(server.addresses[4] == "unix:\(path)")
            for address in server.addresses where !address.hasPrefix("[::]:") {
                #expect(try await TestClient.get(address, "/-/healthy")?.status == 200)
            }
            for host in ["127.0.0.1", "[::1]"] {
                let address = server.addresses[3].replacing("[::]", with: host)
                #expect(try await TestClient.get(address, "/-/healthy")?.status == 200)
            }
            await server.shutDown()
            await #expect(throws: (any Error).self) { try await TestClient.get(server.addresses[1], "/") }
        }
    }

    @Test("A port that is taken is one clear line, and nothing is left listening")
    func taken() async throws {
        let server = try await start([.tcp(host: "127.0.0.1", port: 0)])
        let address = try ListenAddress(server.addresses[0])
        guard case .tcp(_, let port) = address else { return }
        try await TestServer.withFolder { folder in
            let path = folder.appending("x.socket")
            #expect(await failure([.unix(path), address]) == .listen(address, .addressInUse))
            #expect(!FileManager.default.fileExists(atPath: path.string))
        }
        #expect(
            WebServerError.listen(address, .addressInUse).description
                == "cannot listen on 127.0.0.1:\(port): Address already in use (EADDRINUSE): another program has the port, "
                + "or another instance of this one; ss -ltnp 'sport = :\(port)' shows which")
        #expect(
            WebServerError.listen(.unix("/run/x"), .addressInUse).description
                == "cannot listen on unix:/run/x: Address already in use (EADDRINUSE): another program answers there, or "
                + "another instance of this one; ss -lxp src /run/x shows which")
        await server.shutDown()
        #expect(await failure([address]) == nil)
    }

    @Test("Addresses that the host has not are told as such")
    func absent() async throws {
        let elsewhere = ListenAddress.tcp(host: "192.0.2.1", port: 0)
        #expect(await failure([elsewhere]) == .listen(elsewhere, .addressNotAvailable))
        let name = ListenAddress.tcp(host: "no-such-host.invalid", port: 0)
        #expect(await failure([name]) == .unknownHost(name))
        #expect(await failure([]) == .nowhere)
        let folder = ListenAddress.unix("/nonexistent/x.socket")
        #expect(await failure([folder]) == .listen(folder, .noSuchFileOrDirectory))
        #expect(
            await failure([folder])?.description
                == "cannot listen on unix:/nonexistent/x.socket: No such file or directory (ENOENT): there is no folder "
                + "/nonexistent")
    }

    @Test("A Unix socket has the permissions asked for, replaces a stale one, and goes with the server")
    func unix() async throws {
        try await TestServer.withFolder { folder in
            let path = folder.appending("x.socket")
            // The server that made it is gone, and has not found it.
            let old = try await start([.unix(folder.appending("old.socket"))])
            try FileSystem.rename(folder.appending("old.socket"), to: path)
            await old.shutDown()
            #expect(FileManager.default.fileExists(atPath: path.string))
            var options = TestServer.options
            options.listenAddresses = [.unix(path)]
            options.socketPermissions = FilePermissions(rawValue: 0o622)
            let server = try await WebServer.start(options, responder: StubResponder(), logger: TestServer.logger)
            #expect(try FileSystem.status(of: path).permissions.rawValue & 0o777 == 0o622)
            #expect(await failure([.unix(path)]) == .listen(.unix(path), .addressInUse))
            #expect(try await TestClient.get("unix:\(path)", "/-/healthy")?.status == 200)
            await server.shutDown()
            #expect(!FileManager.default.fileExists(atPath: path.string))
            try TestServer.write("precious", to: path)
            #expect(await failure([.unix(path)]) == .occupied(.unix(path)))
            #expect(try FileSystem.read(path) == Array("precious".utf8))
        }
    }

    @Test("A file that has taken the place of a Unix socket meanwhile is left")
    func replaced() async throws {
        try await TestServer.withFolder { folder in
            let path = folder.appending("x.socket")
            let server = try await start([.unix(path)])
            try FileSystem.remove(path)
            try TestServer.write("other", to: path)
            await server.shutDown()
            #expect(try FileSystem.read(path) == Array("other".utf8))
        }
    }

    @Test("Sockets that listen already are served, several at a time")
    func inherited() async throws {
        var descriptors: [CInt] = []
        for _ in 0..<2 {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            // Listening without an address is listening at any port.
            try #require(listen(descriptor, 16) == 0)
            descriptors.append(descriptor)
        }
        var options = TestServer.options
        options.listenAddresses = []
        options.inheritedSockets = descriptors
        let server = try await WebServer.start(options, responder: StubResponder(), logger: TestServer.logger)
        #expect(server.addresses.count == 2)
        for address in server.addresses {
            let local = address.replacing("0.0.0.0", with: "127.0.0.1")
            #expect(try await TestClient.get(local, "/-/healthy")?.status == 200)
        }
        await server.shutDown()
    }

    @Test("What can be no listening stream socket is refused")
    func notListening() async throws {
        var options = TestServer.options
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        options.inheritedSockets = [descriptor]
        await #expect(throws: WebServerError.inherited(descriptor)) {
            try await WebServer.start(options, responder: StubResponder(), logger: TestServer.logger)
        }
        // It would listen at a port that nobody has chosen.
        let unbound = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        options.inheritedSockets = [unbound]
        await #expect(throws: WebServerError.inherited(unbound)) {
            try await WebServer.start(options, responder: StubResponder(), logger: TestServer.logger)
        }
        options.inheritedSockets = [1 << 20]
        await #expect(throws: WebServerError.inherited(1 << 20)) {
            try await WebServer.start(options, responder: StubResponder(), logger: TestServer.logger)
        }
    }

    @Test("A configuration that cannot be used is told before anything listens")
    func configuration() async throws {
        try await TestServer.withFolder { folder in
            var options = TestServer.options
            let path = folder.appending("x.socket")
            options.listenAddresses = [.unix(path)]
            options.configurationFile = folder.appending("web.yml")
            do throws(WebServerError) {
                _ = try await WebServer.start(options, responder: StubResponder(), logger: TestServer.logger)
                Issue.record("it starts")
            } catch {
                #expect(error.description == "cannot open \(folder)/web.yml: No such file or directory (ENOENT)")
            }
            #expect(!FileManager.default.fileExists(atPath: path.string))
        }
    }
}
