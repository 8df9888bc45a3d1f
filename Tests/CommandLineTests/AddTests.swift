import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp

@Suite struct AddTests {
    @Test func tunnelAndSession() {
        let bench = Bench.withSession()
        #expect(bench.kernel.tunnels.map(\.id) == [TunnelID(3000)])
        #expect(
            bench.kernel.tunnels.first?.encapsulation == .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000)))
        #expect(bench.kernel.sessions.map(\.id) == [SessionID(1000)])
        #expect(bench.kernel.sessions.first?.interfaceName == "l2tpeth0")
    }

    @Test func everySessionParameterArrives() {
        let bench = Bench()
        bench(Lines.tunnel)
        let run = bench(
            "add session tid 3000 sid 1 psid 2 name lan cookie 01234567 peer_cookie 0123456789abcdef "
                + "l2spec_type default seq both offset 4")
        #expect(
            run == Run(status: .success, error: "l2tp: Ignoring option \"offset\": Linux has no offsets since 4.16\n"))
        let session = bench.kernel.sessions.first
        #expect(session?.interfaceName == "lan")
        #expect(session?.cookie == Cookie(0x0123_4567 as UInt32))
        #expect(session?.peerCookie == Cookie(0x0123_4567_89ab_cdef as UInt64))
        #expect(session?.sendsSequenceNumbers == true)
        #expect(session?.requiresSequenceNumbers == true)
        bench("add session tid 3000 sid 2 psid 3 l2spec_type none")
        #expect(bench.kernel.l2SpecificSublayer(of: SessionID(1), in: TunnelID(3000)) == .default)
        #expect(bench.kernel.l2SpecificSublayer(of: SessionID(2), in: TunnelID(3000)) == L2SpecificSublayer.none)
    }

    @Test func checksumsArrive() {
        let bench = Bench()
        bench("add tunnel tid 1 ptid 1 local 192.0.2.1 remote 192.0.2.2 udp_sport 1 udp_dport 1 udp_csum on")
        bench(
            "add tunnel tid 2 ptid 2 local 2001:db8::1 remote 2001:db8::2 udp_sport 2 udp_dport 2 udp6_csum_tx off udp6_csum_rx off"
        )
        let parameters = bench.kernel.tunnels.compactMap(\.encapsulation.udp)
        #expect(parameters.map(\.ipv4Checksum) == [true, false])
        #expect(parameters.map(\.ipv6TransmitChecksum) == [true, false])
        #expect(parameters.map(\.ipv6ReceiveChecksum) == [true, false])
    }

    @Test func localAny() {
        let bench = Bench()
        #expect(bench("add tunnel tid 1 ptid 1 local any remote 2001:db8::2 encap ip").status == .success)
        // IP6_SADDR: what was asked for; the kernel then reports the address it has chosen.
        let source = bench.kernel.changeRequests.first?.attributes[NetlinkAttributeType(rawValue: 31)]
        #expect(source == [UInt8](repeating: 0, count: 16))
    }

    @Test func bothAtOnce() {
        let bench = Bench()
        #expect(bench(Lines.tunnel + " session sid 1 psid 2") == Run(status: .success))
        #expect(bench.kernel.sessions.map(\.tunnelID) == [TunnelID(3000)])
    }

    @Test func bothOrNothing() {
        let bench = Bench()
        bench.kernel.fail(.sessionCreate, with: .noMemory)
        let run = bench(Lines.tunnel + " session sid 1 psid 2")
        #expect(run.status == .refused)
        #expect(
            run.error == """
                l2tp: cannot create session 1 in tunnel 3000: Cannot allocate memory (ENOMEM)
                l2tp: tunnel 3000, made by the same command, was deleted again

                """)
        #expect(bench.kernel.tunnels.isEmpty)
    }

    @Test func saysSoIfTheTunnelStays() {
        let bench = Bench()
        bench.kernel.fail(.sessionCreate, with: .noMemory)
        bench.kernel.fail(.tunnelDelete, with: .ioError)
        let run = bench(Lines.tunnel + " session sid 1 psid 2")
        #expect(run.status == .refused)
        #expect(run.error.contains("l2tp: tunnel 3000, made by the same command, is still there: "))
    }

    /// Nothing is sent when either half of a command cannot work.
    @Test func violationsAreFoundFirst() {
        let bench = Bench()
        let run = bench(
            "add tunnel session tid 1 ptid 2 sid 3 psid 4 local 192.0.2.1 remote ::ffff:192.0.2.2 encap ip "
                + "l2spec_type none seq send")
        #expect(run.status == .refused)
        #expect(run.error.split(separator: "\n").count == 3)
        #expect(run.error.contains("l2tp: cannot create tunnel 1: remote: "))
        #expect(run.error.contains("l2tp: cannot create session 3 in tunnel 1: seq: "))
        #expect(bench.kernel.requests.isEmpty)
    }

    @Test func existingTunnel() {
        let bench = Bench.withSession()
        let run = bench(Lines.tunnel)
        #expect(run.status == .refused)
        #expect(run.error.contains("cannot create tunnel 3000: the tunnel id is taken"))
        #expect(run.error.contains("(EEXIST)"))
    }

    @Test func sessionInNoTunnel() {
        let run = Bench()(Lines.session)
        #expect(run.status == .refused)
        #expect(
            run.error.hasPrefix("l2tp: cannot create session 1000 in tunnel 3000: there is no tunnel 3000 (ENODEV)\n"))
    }

    @Test func foreignLocalAddressNamesAnOwnOne() {
        let run = Bench()(
            "add tunnel tid 3000 ptid 4000 local 192.0.2.9 remote 192.0.2.2 udp_sport 5000 udp_dport 5000")
        #expect(
            run
                == Run(
                    status: .refused,
                    error: """
                        l2tp: cannot create tunnel 3000: local address 192.0.2.9 is not on this host (EADDRNOTAVAIL)
                          eth0 has 192.0.2.1/24; add the address first, or use local 192.0.2.1

                        """))
    }

    @Test func notPermitted() {
        let bench = Bench()
        bench.kernel.behavior.isPrivileged = false
        #expect(bench(Lines.tunnel).status == .refused)
        #expect(bench(Lines.session).status == .refused)
    }
}
