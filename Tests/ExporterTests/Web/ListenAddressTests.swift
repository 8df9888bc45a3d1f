import Glibc
import SystemPackage
import Testing

@testable import L2TPExporterWeb

@Suite("Where to listen")
struct ListenAddressTests {
    @Test(
        "Addresses are read, and written as they are read",
        arguments: [
            (":17010", ListenAddress.tcp(host: nil, port: 17010)), ("127.0.0.1:0", .tcp(host: "127.0.0.1", port: 0)),
            ("localhost:65535", .tcp(host: "localhost", port: 65535)), ("[::1]:80", .tcp(host: "::1", port: 80)),
            ("[fe80::1%eth0]:80", .tcp(host: "fe80::1%eth0", port: 80)), ("unix:/run/x.socket", .unix("/run/x.socket")),
            ("unix:/a:b", .unix("/a:b")),
        ])
    func read(_ text: String, _ expected: ListenAddress) throws {
        #expect(try ListenAddress(text) == expected)
        #expect(expected.description == text)
    }

    @Test(
        "Others are refused",
        arguments: [
            ("", ListenAddressError.noPort("")), ("17010", .noPort("17010")), ("[::1]", .noPort("[::1]")),
            ("a:", .port("a:")), (":65536", .port(":65536")), (":-1", .port(":-1")), (":+1", .port(":+1")),
            ("a:http", .port("a:http")), ("::1:80", .brackets("::1:80")), ("[]:80", .brackets("[]:80")),
            ("[::1:80", .brackets("[::1:80")), ("::1]:80", .brackets("::1]:80")), ("/run/x:1", .noHost("/run/x:1")),
            ("unix:x", .relativePath("unix:x")), ("unix:", .relativePath("unix:")),
        ])
    func refused(_ text: String, _ expected: ListenAddressError) {
        #expect(throws: expected) { try ListenAddress(text) }
    }

    @Test("A Unix socket's path fits in the kernel's address")
    func longPath() throws {
        let longest = "/" + String(repeating: "a", count: 106)
        #expect(try ListenAddress("unix:\(longest)") == .unix(FilePath(longest)))
        #expect(throws: ListenAddressError.longPath("unix:\(longest)b")) { try ListenAddress("unix:\(longest)b") }
    }

    @Test("Without systemd, or for another process, no socket is taken")
    func noActivation() throws {
        #expect(try SocketActivation(listenPID: nil, listenFDs: nil).descriptors == [])
        #expect(try SocketActivation(listenPID: "1", listenFDs: "1", processID: 2).descriptors == [])
        #expect(try SocketActivation(listenPID: "x", listenFDs: "1", processID: 2).descriptors == [])
        #expect(try SocketActivation(listenPID: "2", listenFDs: "0", processID: 2).descriptors == [])
        for count in ["", "x", "-1", "100000"] {
            #expect(throws: SocketActivationError.count(count)) {
                try SocketActivation(listenPID: "2", listenFDs: count, processID: 2)
            }
        }
    }

    @Test("A descriptor that is no open socket is refused")
    func noSocket() throws {
        let pipe = try FileDescriptor.pipe()
        try pipe.writeEnd.close()
        defer { try? pipe.readEnd.close() }
        let file = pipe.readEnd.rawValue
        #expect(throws: SocketActivationError.noSocket(file)) { try SocketActivation.checkSocket(file) }
        #expect(throws: SocketActivationError.noSocket(1 << 20)) { try SocketActivation.checkSocket(1 << 20) }
    }

    @Test("So is a socket that does not listen, or has no streams")
    func notListening() throws {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(socket) }
        #expect(throws: SocketActivationError.notListening(socket)) { try SocketActivation.checkSocket(socket) }
        try #require(listen(socket, 1) == 0)
        try SocketActivation.checkSocket(socket)
        let datagrams = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { Glibc.close(datagrams) }
        #expect(throws: SocketActivationError.notListening(datagrams)) { try SocketActivation.checkSocket(datagrams) }
        let packets = Glibc.socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0)
        defer { Glibc.close(packets) }
        // Listening without a name is refused, which is as good here.
        #expect(throws: SocketActivationError.notListening(packets)) { try SocketActivation.checkSocket(packets) }
    }
}
