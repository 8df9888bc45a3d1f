import Foundation
import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// Who owns a descriptor closes it, on every way out. Each test is a process of its own, in which nobody else opens any.
@Suite struct DescriptorTests {
    @Test("none is left, whatever fails")
    func noneIsLeft() async {
        await #expect(processExitsWith: .success) {
            // What the runtime opens once for all is open after the first time.
            try DescriptorTests.failInEveryWay()
            let before = try DescriptorTests.openDescriptors()
            for _ in 1...3 { try DescriptorTests.failInEveryWay() }
            #expect(try DescriptorTests.openDescriptors() == before)
        }
    }

    @Test("no program inherits one")
    func areClosedOnExec() async {
        await #expect(processExitsWith: .success) {
            let before = try DescriptorTests.openDescriptors()
            let first = try TunnelSocket(.udp, .v4)
            let second = try TunnelSocket(.udp, .v6)
            let opened = try DescriptorTests.openDescriptors().subtracting(before)
            #expect(opened.isSuperset(of: [first.fileDescriptor.rawValue, second.fileDescriptor.rawValue]))
            let closeOnExec = 0o2_000_000
            // The runtime may open and close one of its own meanwhile, which is no socket.
            let sockets = opened.filter { descriptor in
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
                return target?.hasPrefix("socket:") == true
            }
            #expect(sockets.count >= 2)
            for descriptor in sockets {
                let text = try String(contentsOfFile: "/proc/self/fdinfo/\(descriptor)", encoding: .utf8)
                let words = text.split(whereSeparator: \.isWhitespace)
                let place = try #require(words.firstIndex(of: "flags:"))
                let flags = try #require(Int(words[place + 1], radix: 8))
                #expect(flags & closeOnExec != 0, "descriptor \(descriptor)")
            }
        }
    }

    /// The descriptors of this process, without the one that the listing itself takes.
    private static func openDescriptors() throws -> Set<CInt> {
        let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return Set(
            names.compactMap { CInt($0) }.filter {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) != nil
            })
    }

    private static func failInEveryWay() throws {
        try failToOpen()
        for local in TunnelSocketTests.loopbacks { try failToUse(local) }
        try failToCreateTunnels()
    }

    private static func expectFailure(
        _ reason: SocketError.Reason? = nil, line: Int = #line, _ body: () throws(SocketError) -> Void
    ) {
        let error = failure(body)
        #expect(error != nil, "line \(line)")
        if let reason { #expect(error?.reason == reason, "line \(line)") }
    }

    private static func failToOpen() throws {
        for namespace in [NetworkNamespace.named("there-is-none"), .path("/dev/null")] {
            expectFailure(.namespace) { () throws(SocketError) in _ = try TunnelSocket(.udp, .v4, in: namespace) }
            expectFailure(.namespace) { () throws(SocketError) in _ = try PPPoL2TPSocket(in: namespace) }
            expectFailure(.namespace) { () throws(SocketError) in _ = try PPPoL2TPManagementSocket(in: namespace) }
            expectFailure(.namespace) { () throws(SocketError) in _ = try PPPUnit(in: namespace) }
        }
        expectFailure { () throws(SocketError) in _ = try PPPChannel(PPPChannelIndex(rawValue: 1_000_000)) }
        // Whether the running kernel has these does not matter here.
        for version in IPVersion.allCases {
            _ = failure { () throws(SocketError) in _ = try TunnelSocket(.ip, version) }
        }
        _ = failure { () throws(SocketError) in
            let socket = try PPPoL2TPSocket()
            _ = try socket.channel()
        }
        _ = failure { () throws(SocketError) in
            let address = PPPoL2TPAddress(
                .v2OverIPv4, tunnelID: TunnelID(1), sessionID: SessionID(1), peerTunnelID: TunnelID(1),
                peerSessionID: SessionID(1))
            try PPPoL2TPSocket().connect(to: address)
        }
    }

    private static func failToUse(_ local: IPAddress) throws {
        var holder = try TunnelSocket(.udp, local.version)
        try holder.bind(to: .udp(local, port: 0))
        let place = try holder.localAddress()
        expectFailure(.exists) { () throws(SocketError) in
            var socket = try TunnelSocket(.udp, local.version)
            try socket.bind(to: place)
        }
        expectFailure(.invalid) { () throws(SocketError) in
            var socket = try TunnelSocket(.udp, local.version)
            try socket.connect(to: .udp(local, port: 0))
        }
        expectFailure(.notConnected) { () throws(SocketError) in
            try TunnelSocket(.udp, local.version).send([1].span)
        }
    }

    private static func failToCreateTunnels() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        let specification = ManagedTunnelSpecification(id: TunnelID(1), peerID: TunnelID(2))
        func expectFailure(
            _ reason: L2TPError.Reason, _ kernel: FakeKernel, of specification: ManagedTunnelSpecification,
            _ socket: consuming TunnelSocket
        ) {
            do throws(L2TPError) {
                _ = try client.createTunnel(specification, over: socket)
                Issue.record("it was created")
            } catch {
                #expect(error.reason == reason)
            }
        }
        let invalid = ManagedTunnelSpecification(id: TunnelID(0), peerID: TunnelID(2))
        expectFailure(.invalid, kernel, of: specification, try TunnelSocket(.udp, .v4))
        expectFailure(.invalid, kernel, of: invalid, try connectedSocket(kernel))
        kernel.fail(.tunnelGet, with: .noMemory)
        expectFailure(.other, kernel, of: specification, try connectedSocket(kernel))
        kernel.fail(.tunnelCreate, with: .resourceBusy)
        expectFailure(.socketBusy, kernel, of: specification, try connectedSocket(kernel))
        kernel.inject(.misreport(.noMemory), at: .tunnelCreate)
        expectFailure(.other, kernel, of: specification, try connectedSocket(kernel))
        try client.deleteTunnel(specification.id)

        let tunnel = try client.createTunnel(specification, over: try connectedSocket(kernel))
        expectFailure(.exists, kernel, of: specification, try connectedSocket(kernel))
        try client.deleteTunnel(tunnel.id)
        expectFailure(.socketBusy, kernel, of: specification, tunnel.takeSocket())
        try client.createTunnel(specification, over: try connectedSocket(kernel)).close()
    }

    private static func connectedSocket(_ kernel: FakeKernel) throws -> TunnelSocket {
        var socket = try TunnelSocket(.udp, .v4)
        try socket.connect(to: .udp(TunnelSocketTests.loopbacks[0], port: 1701))
        kernel.register(socket.fileDescriptor, as: ManagedTunnelTests.udp)
        return socket
    }
}
