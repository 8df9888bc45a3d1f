import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport
import Synchronization
import SystemPackage
import Testing

@testable import l2tp

/// What `l2tp monitor` prints.
@Suite struct MonitorTests {
    private static let time = LocalTime(
        year: 2026, month: 3, day: 29, hour: 12, minute: 1, second: 7, millisecond: 113, offsetMinutes: -90)

    private static let tunnel = Tunnel(
        id: TunnelID(3000), peerID: TunnelID(4000),
        encapsulation: .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000)),
        local: IPAddress("192.0.2.1"), peer: IPAddress("198.51.100.7"))

    private static let session = Session(
        tunnelID: TunnelID(3000), peerTunnelID: TunnelID(4000), id: SessionID(1000), peerID: SessionID(2000),
        interfaceName: "l2tp-lan", cookie: Cookie(UInt64(0x0123_4567_89ab_cdef)))

    private static var modified: Session {
        var session = session
        session.sendsSequenceNumbers = true
        session.reorderTimeout = .milliseconds(100)
        return session
    }

    private static let foreign = L2TPNotification(.delete, .session(session), requesterPortID: 7)

    @Test(
        arguments: [
            (.sessionCreated(session), "session 1000/3000 created    l2tp-lan, peer 2000, cookie 8 bytes"),
            (.sessionDeleted(session), "session 1000/3000 deleted    l2tp-lan"),
            (
                .sessionModified(from: session, to: modified),
                "session 1000/3000 modified   l2tp-lan, send_seq off -> on, reorder_timeout 0 -> 100 ms"
            ),
            (
                .tunnelCreated(tunnel),
                "tunnel 3000       created    udp 192.0.2.1 port 5000 to 198.51.100.7 port 6000, peer 4000"
            ),
            (
                .tunnelDeleted(tunnel, sessions: [session, session]),
                "tunnel 3000       deleted    with sessions 1000, 1000"
            ),
            (.tunnelDeleted(tunnel, sessions: []), "tunnel 3000       deleted"),
            (.overrun, "overrun                      notifications were lost; what has changed follows"),
            (.unattributed(foreign), "session 1000/3000 deleted?   here or in another network namespace"),
        ] as [(L2TPEvent.Kind, String)])
    func text(kind: L2TPEvent.Kind, expected: String) {
        let event = L2TPEvent(kind, .notification)
        #expect(EventText().line(of: event, at: Self.time) == "12:01:07.113 \(expected)\n")
        #expect(
            EventText(timestamp: true).line(of: event, at: Self.time)
                == "2026-03-29T12:01:07.113-01:30 \(expected)\n")
    }

    @Test(
        arguments: [
            (
                .sessionModified(from: session, to: modified),
                #""event":"modified","object":"session","session_id":1000,"tunnel_id":3000,"peer_session_id":2000,"#
                    + #""peer_tunnel_id":4000,"interface":"l2tp-lan","cookie_length":8,"peer_cookie_length":0,"#
                    + #""pseudowire_type":"eth","send_seq":true,"recv_seq":false,"lns_mode":false,"reorder_timeout":100,"#
                    + #""old":{"send_seq":false,"recv_seq":false,"lns_mode":false,"reorder_timeout":0},"#
                    + #""cause":"notification""#
            ),
            (
                .tunnelCreated(tunnel),
                #""event":"created","object":"tunnel","tunnel_id":3000,"peer_tunnel":4000,"encap":"UDP","#
                    + #""local":"192.0.2.1","peer":"198.51.100.7","local_port":5000,"peer_port":6000,"#
                    + #""cause":"notification""#
            ),
            (.overrun, #""event":"overrun","cause":"notification""#),
        ] as [(L2TPEvent.Kind, String)])
    func json(kind: L2TPEvent.Kind, expected: String) {
        let line = EventJSON().line(of: L2TPEvent(kind, .notification), at: Self.time)
        #expect(line == #"{"time":"2026-03-29T12:01:07.113-01:30",\#(expected)}"# + "\n")
    }

    @Test func deletionHasCountersAndSessions() {
        let line = EventJSON().line(
            of: L2TPEvent(.tunnelDeleted(Self.tunnel, sessions: [Self.session]), .linkRemoval), at: Self.time)
        #expect(line.contains(#""sessions":[1000],"statistics":{"tx_packets":0,"#))
        #expect(line.hasSuffix(#"},"cause":"link"}"# + "\n"))
    }

    /// Cookies are secret.
    @Test func hidesCookies() {
        for kind in [L2TPEvent.Kind.sessionCreated(Self.session), .unattributed(Self.foreign)] {
            let event = L2TPEvent(kind, .notification)
            for format in [EventText(), EventJSON()] as [any EventFormat] {
                #expect(!format.line(of: event, at: Self.time).contains("0123456789abcdef"))
            }
        }
    }

    @Test(arguments: [
        ("tunnel_id 3000", true, true), ("tunnel_id 1", false, false), ("session_id 1000", false, true),
        ("name l2tp-lan", false, true), ("name other", false, false), ("remote 198.51.100.7", true, false),
    ])
    func filter(words: String, isTunnelMeant: Bool, isSessionMeant: Bool) throws {
        let filter = try #require(arguments(words)).filter
        #expect(filter.matches(L2TPEvent(.tunnelCreated(Self.tunnel), .notification)) == isTunnelMeant)
        #expect(filter.matches(L2TPEvent(.sessionCreated(Self.session), .notification)) == isSessionMeant)
        #expect(
            filter.matches(L2TPEvent(.tunnelDeleted(Self.tunnel, sessions: [Self.session]), .notification))
                == (isTunnelMeant || isSessionMeant))
        #expect(filter.matches(L2TPEvent(.overrun, .notification)))
    }

    @Test(arguments: [
        ("monitor frobnicate", Status.usage), ("monitor tunnel_id", .usage), ("monitor help", .usage),
        ("monitor --help", .success),
    ])
    func words(line: String, status: Status) {
        let run = Bench()(line)
        #expect(run.status == status)
        #expect(run.output.isEmpty == (status != .success))
        #expect(run.error.isEmpty == (status == .success))
    }

    @Test(arguments: [
        ("monitor --jsn", "monitor: unknown option \"--jsn\"; did you mean \"--json\"?"),
        ("monitor --timestamp=1", "monitor: --timestamp: takes no value"),
        ("stats --intervall 1", "stats: unknown option \"--intervall\"; did you mean \"--interval\"?"),
        ("flush --yess", "flush: unknown option \"--yess\"; did you mean \"--yes\"?"),
    ])
    func misspeltOption(line: String, expected: String) {
        #expect(Bench()(line) == Run(status: .usage, error: "l2tp: \(expected)\n"))
    }

    @Test func wordsThatSelectNothingAreTold() {
        let bench = Bench()
        bench.kernel.behavior.isPrivileged = false
        #expect(bench("monitor seq both").error.hasPrefix("l2tp: seq does not select sessions: ignored\n"))
        #expect(!bench("monitor session_id 7").error.contains("ignored"))
    }

    @Test func refusals() {
        let bench = Bench()
        bench.kernel.behavior.isPrivileged = false
        let run = bench("monitor")
        #expect(run.status == .failure)
        #expect(run.error.hasPrefix("l2tp: cannot monitor L2TP: not permitted (EPERM)\n"))
        bench.files["file"] = "monitor\n"
        #expect(bench("--batch file").error.contains("monitor cannot stand in a batch"))
    }

    /// The whole program, ended by a reader that goes away.
    @Test func untilNobodyReads() async throws {
        let kernel = FakeKernel()
        let lines = Mutex<[String]>([])
        let pipe = try FileDescriptor.pipe()
        let isReady = try WakeUp()
        let openings = Mutex(0)
        try DetachedThread.start {
            _ = try? Readiness.wait(for: [isReady.fileDescriptor])
            var client = try? L2TPClient(kernel.connector)
            try? client?.createTunnel(
                TunnelSpecification(
                    id: TunnelID(1), peerID: TunnelID(2), local: .v4(IPv4Address(number: 0xc000_0201)),
                    peer: .v4(IPv4Address(number: 0xc000_0202)), encapsulation: .ip))
        }
        let console = Console(
            write: { text throws(Errno) in
                lines.withLock { $0.append(text) }
                try? pipe.readEnd.close()
            },
            writeError: { Issue.record("\($0)") }, errorIsTerminal: false,
            openLines: { (_) throws(Errno) in throw .noSuchFileOrDirectory },
            output: pipe.writeEnd)
        let connector = NetlinkConnector { (netlinkProtocol) throws(NetlinkError) in
            let transport = try kernel.connector.open(netlinkProtocol)
            // The links are subscribed, and listed after the tunnels.
            let count = openings.withLock { count in
                if netlinkProtocol == .route { count += 1 }
                return count
            }
            if count == 2 { isReady.signal() }
            return transport
        }
        let program = Program(console: console, save: { _ in .unused(connector) }, connect: { _ in connector })
        #expect(program.run(["l2tp", "--json", "monitor"]) == .success)
        try pipe.writeEnd.close()
        let text = lines.withLock { $0 }
        #expect(text.count == 1)
        #expect(text.first?.contains(#""event":"created","object":"tunnel","tunnel_id":1,"#) == true)
    }
}
