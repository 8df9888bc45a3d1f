import L2TPModel
import L2TPNetlink
import L2TPWire
import SystemPackage
import Testing

extension KernelTests {
    /// Sessions as they are asked for and reported, and why one cannot be created.
    @Suite(.sitePair)
    struct SessionCreationTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
        }

        @Test func reportsWhatWasAskedFor() throws {
            var client = try pair.left.client()
            let specification = SessionSpecification(
                tunnelID: TunnelID(1), id: SessionID(31), peerID: SessionID(4_294_967_295),
                cookie: Cookie(UInt32(0x0123_4567)), peerCookie: Cookie(UInt64(0x0123_4567_89ab_cdef)),
                sendsSequenceNumbers: true, requiresSequenceNumbers: true, lnsMode: true,
                reorderTimeout: .milliseconds(100), interfaceName: try InterfaceName("pw%d"))
            try client.createSession(specification)
            let session = try #require(try client.session(SessionID(31), in: TunnelID(1)))
            #expect(
                session
                    == Session(
                        tunnelID: TunnelID(1), peerTunnelID: TunnelID(1), id: SessionID(31),
                        peerID: SessionID(4_294_967_295), pseudowireType: .ethernet, interfaceName: "pw0",
                        cookie: specification.cookie, peerCookie: specification.peerCookie,
                        sendsSequenceNumbers: true, requiresSequenceNumbers: true, lnsMode: true,
                        reorderTimeout: .milliseconds(100), usesIPsec: false,
                        statistics: Statistics(receiveCookieDiscards: 0, receiveInvalidPackets: 0)))
            #expect(try client.sessions() == [session])
            #expect(try client.session(interface: "pw0") == session)
        }

        @Test func reportsDefaults() throws {
            var client = try pair.left.client()
            try client.createSession(.unnamed(31, in: 1))
            let session = try #require(try client.session(SessionID(31), in: TunnelID(1)))
            #expect(
                session
                    == Session(
                        tunnelID: TunnelID(1), peerTunnelID: TunnelID(1), id: SessionID(31), peerID: SessionID(31),
                        interfaceName: "l2tpeth0",
                        statistics: Statistics(receiveCookieDiscards: 0, receiveInvalidPackets: 0)))
        }

        /// Each number is one that the kernel keeps in a field of its own.
        @Test(arguments: [(true, false), (false, true), (true, true)])
        func reportsEitherSequenceFlag(_ sends: Bool, _ requires: Bool) throws {
            var client = try pair.left.client()
            var session = SessionSpecification.unnamed(31, in: 1)
            session.sendsSequenceNumbers = sends
            session.requiresSequenceNumbers = requires
            try client.createSession(session)
            let made = try #require(try client.session(session.id, in: session.tunnelID))
            #expect(made.sendsSequenceNumbers == sends)
            #expect(made.requiresSequenceNumbers == requires)
        }

        /// The kernel rounds up to its clock tick, never down.
        @Test(arguments: [1, 7, 250, 100_000] as [Int64])
        func roundsTheReorderTimeout(_ milliseconds: Int64) throws {
            var client = try pair.left.client()
            var session = SessionSpecification.unnamed(31, in: 1)
            session.reorderTimeout = .milliseconds(milliseconds)
            try client.createSession(session)
            let made = try #require(try client.session(session.id, in: session.tunnelID))
            #expect(made.reorderTimeout >= session.reorderTimeout)
            #expect(made.reorderTimeout < session.reorderTimeout + .milliseconds(10))
        }

        @Test func tunnelUnknown() throws {
            let error = try refusal(of: .named("pw", 31, in: 2))
            #expect(error?.reason == .notFound)
            #expect(error?.errno == .operationNotSupportedByDevice)
            #expect(error?.explanation == "there is no tunnel 2")
        }

        /// The kernel has begun the session when it finds the name taken, and removes it in the background;
        /// nothing of that may show.
        @Test func interfaceNameTaken() throws {
            var client = try pair.left.client()
            for _ in 1...20 {
                let error = #expect(throws: L2TPError.self) {
                    try client.createSession(.named(SitePair.interface, 31, in: 1))
                }
                #expect(error?.reason == .exists)
                #expect(error?.errno == .fileExists)
                #expect(
                    error?.explanation
                        == "interface name \(SitePair.interface) is taken by an interface of kind veth")
                #expect(try client.sessions() == [])

                // Another name works at once.
                try client.createSession(.named("pw", 31, in: 1))
                #expect(try client.sessions().map(\.interfaceName) == ["pw"])
                try client.deleteSession(SessionID(31), in: TunnelID(1))
            }
        }

        @Test(arguments: ["l2tpeth%d", "123456789012345", "é", "-", "pw.1", "pw@x"])
        func unusualInterfaceName(_ name: String) throws {
            var client = try pair.left.client()
            try client.createSession(.named(name, 31, in: 1))
            let interface = try #require(try client.session(SessionID(31), in: TunnelID(1))?.interfaceName)
            #expect(interface == (name == "l2tpeth%d" ? "l2tpeth0" : name))
            #expect(try pair.left.link(interface) != nil)
            #expect(try client.session(interface: interface)?.id == SessionID(31))
        }

        @Test func readingWhatDoesNotExist() throws {
            var client = try pair.left.client()
            #expect(try client.tunnel(TunnelID(2)) == nil)
            #expect(try client.session(SessionID(31), in: TunnelID(1)) == nil)
            #expect(try client.session(SessionID(31), in: TunnelID(2)) == nil)
            #expect(try client.sessions(in: TunnelID(2)) == [])
            for name in [SitePair.interface, "nothing", "", "1234567890123456", "a/b"] {
                #expect(try client.session(interface: name) == nil)
            }
        }

        @Test func deletingWhatDoesNotExist() throws {
            var client = try pair.left.client()
            let tunnel = #expect(throws: L2TPError.self) { try client.deleteTunnel(TunnelID(2)) }
            let session = #expect(throws: L2TPError.self) {
                try client.deleteSession(SessionID(31), in: TunnelID(1))
            }
            let both = #expect(throws: L2TPError.self) { try client.deleteSession(SessionID(31), in: TunnelID(2)) }
            for error in [tunnel, session, both] {
                #expect(error?.reason == .notFound)
                #expect(error?.errno == .operationNotSupportedByDevice)
            }
            #expect(tunnel?.explanation == "there is no such tunnel")
            #expect(session?.explanation == "there is no such session")
            #expect(both?.explanation == "there is no tunnel 2")
        }

        /// The error of a session that must be refused without a trace.
        private func refusal(
            of session: SessionSpecification, sourceLocation: SourceLocation = #_sourceLocation
        ) throws -> L2TPError? {
            var client = try pair.left.client()
            let sessions = try client.sessions()
            let links = try pair.left.links()
            let error = #expect(throws: L2TPError.self, sourceLocation: sourceLocation) {
                try client.createSession(session)
            }
            let isClean = try eventually { try client.sessions() == sessions && pair.left.links() == links }
            #expect(isClean, sourceLocation: sourceLocation)
            return error
        }
    }
}
