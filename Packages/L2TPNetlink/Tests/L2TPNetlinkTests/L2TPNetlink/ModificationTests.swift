import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite struct ModificationTests {
    private static let id = SessionID(1000)
    private static let tunnelID = TunnelID(3000)

    private func kernel(_ release: FakeKernel.Release = .linux6_12) throws -> FakeKernel {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createSession(.ethernet(interface: "lan"))
        kernel.forgetRequests()
        return kernel
    }

    private func refusal(
        _ kernel: FakeKernel, _ modification: SessionModification = SessionModification(lnsMode: true),
        of id: SessionID = id, in tunnelID: TunnelID = tunnelID
    ) throws -> L2TPError? {
        var client = try L2TPClient(kernel.connector)
        return failure { () throws(L2TPError) in try client.modifySession(id, in: tunnelID, modification) }
    }

    @Test("What is given changes, the rest stays", arguments: FakeKernel.Release.allCases)
    func changes(release: FakeKernel.Release) throws {
        let kernel = try kernel(release)
        var client = try L2TPClient(kernel.connector)
        let first = try client.modifySession(
            Self.id, in: Self.tunnelID,
            SessionModification(requiresSequenceNumbers: true, sendsSequenceNumbers: true, lnsMode: true))
        #expect(first.requiresSequenceNumbers && first.sendsSequenceNumbers && first.lnsMode)
        #expect(first.reorderTimeout == .zero)
        let second = try client.modifySession(
            Self.id, in: Self.tunnelID,
            SessionModification(requiresSequenceNumbers: false, reorderTimeout: .milliseconds(7)))
        #expect(!second.requiresSequenceNumbers && second.sendsSequenceNumbers && second.lnsMode)
        // The fake's clock has 250 Hz.
        #expect(second.reorderTimeout == .milliseconds(8))
        let listed = try client.sessions()
        #expect(listed == [second])
        let third = try client.modifySession(
            interface: "lan", SessionModification(lnsMode: false, reorderTimeout: .zero))
        #expect(!third.lnsMode && third.sendsSequenceNumbers && third.reorderTimeout == .zero)
        #expect(kernel.changeRequests.map(\.step) == [.sessionModify, .sessionModify, .sessionModify])
    }

    @Test("What cannot work is refused before anything is sent")
    func invalid() throws {
        let kernel = try kernel()
        for (modification, text) in [
            (SessionModification(), "there is nothing to change"),
            (SessionModification(reorderTimeout: .milliseconds(-1)), "reorder_timeout: is negative"),
            (
                SessionModification(reorderTimeout: .microseconds(1)),
                "reorder_timeout: is finer than the kernel's unit, a millisecond"
            ),
            (
                SessionModification(reorderTimeout: .seconds(2_147_484)),
                "reorder_timeout: is longer than the kernel can wait, 2147483647 ms"
            ),
        ] {
            let error = try refusal(kernel, modification)
            #expect(error?.reason == .invalid)
            #expect(error?.description == "cannot modify session 1000 in tunnel 3000: \(text)")
        }
        #expect(kernel.changeRequests.isEmpty)
        #expect(kernel.requests.allSatisfy { $0.step == .family })
    }

    @Test("What does not exist is told")
    func notFound() throws {
        let kernel = try kernel()
        #expect(
            try refusal(kernel, of: SessionID(1))?.description
                == "cannot modify session 1 in tunnel 3000: there is no such session (ENODEV)")
        #expect(
            try refusal(kernel, in: TunnelID(1))?.description
                == "cannot modify session 1000 in tunnel 1: there is no tunnel 1 (ENODEV)")
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in
            try client.modifySession(interface: "wan", SessionModification(lnsMode: true))
        }
        #expect(
            error?.description
                == "cannot modify the session of interface wan: no session reports that interface (ENODEV)")
        #expect(kernel.changeRequests.isEmpty)
    }

    @Test("Another tunnel's session of the same identifier stays as it is", arguments: [false, true])
    func otherTunnel(hides: Bool) throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp(1, port: 1))
        // In tunnel 1 there is no session 1000, though Linux 6.12 would find tunnel 3000's.
        #expect(try refusal(kernel, in: TunnelID(1))?.reason == .notFound)
        kernel.behavior.hidesOlderSessions = hides
        try client.createSession(.ethernet(in: 1, interface: "new"))
        let session = try client.modifySession(Self.id, in: Self.tunnelID, SessionModification(lnsMode: true))
        #expect(session.interfaceName == "lan")
        #expect(kernel.sessions.map(\.lnsMode) == [true, false])
    }

    @Test("Where nothing makes the kernel find the session it is left alone")
    func ambiguous() throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp(1, port: 1))
        kernel.renameLink("lan", to: "old")
        try client.createSession(.ethernet(in: 1, interface: "lan"))
        kernel.behavior.hidesOlderSessions = true
        let byIdentifiers = try refusal(kernel)
        #expect(byIdentifiers?.reason == .ambiguous)
        let byName = failure { () throws(L2TPError) in
            try client.modifySession(interface: "lan", SessionModification(lnsMode: true))
        }
        #expect(
            byName?.description == """
                cannot modify the session of interface lan: session 1000 in tunnel 1 and session 1000 in tunnel 3000 \
                report that interface
                  name it by session id and tunnel id
                """)
        #expect(kernel.sessions.allSatisfy { !$0.lnsMode })
    }

    @Test("An error of the kernel is told, and so is a change that cannot be seen")
    func kernelErrors() throws {
        let kernel = try kernel()
        kernel.fail(.sessionModify, with: .notPermitted)
        #expect(try refusal(kernel)?.reason == .notPermitted)
        kernel.fail(.sessionModify, with: .noMemory)
        #expect(
            try refusal(kernel)?.description
                == "cannot modify session 1000 in tunnel 3000: Cannot allocate memory (ENOMEM)")
        #expect(kernel.sessions.allSatisfy { !$0.lnsMode })
    }

    @Test("A tunnel can only be made to be notified of")
    func tunnel() throws {
        let kernel = try kernel()
        let before = kernel.tunnels
        var client = try L2TPClient(kernel.connector)
        try client.modifyTunnel(Self.tunnelID)
        #expect(kernel.tunnels == before)
        #expect(kernel.changeRequests.map(\.step) == [.command(.tunnelModify)])
        let error = failure { () throws(L2TPError) in try client.modifyTunnel(TunnelID(1)) }
        #expect(error?.description == "cannot modify tunnel 1: it does not exist (ENODEV)")
    }

    @Test("Outside LNS mode the sending of sequence numbers is not held against the kernel")
    func unmet() {
        var session = Session(
            tunnelID: Self.tunnelID, peerTunnelID: Self.tunnelID, id: Self.id, peerID: Self.id,
            requiresSequenceNumbers: true)
        let all = SessionModification(
            requiresSequenceNumbers: false, sendsSequenceNumbers: true, lnsMode: true, reorderTimeout: .seconds(1))
        #expect(all.unmet(in: session) == [.requiresSequenceNumbers, .lnsMode, .reorderTimeout])
        session.lnsMode = true
        #expect(all.unmet(in: session) == [.requiresSequenceNumbers, .sendsSequenceNumbers, .reorderTimeout])
        #expect(SessionModification().unmet(in: session).isEmpty)
    }
}
