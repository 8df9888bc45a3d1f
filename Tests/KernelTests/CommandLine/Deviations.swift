import Testing

/// A command line on which `l2tp` differs from `ip l2tp` on purpose.
struct Deviation: Hashable, Sendable, CustomTestStringConvertible {
    /// What a program ends with: its exit status and the kernel's objects, as ``KernelState/objects`` has them.
    struct Result: Hashable, Sendable {
        var status: Int
        var objects: String

        init(_ status: Int, _ objects: String) {
            self.status = status
            self.objects = objects
        }
    }

    var line: TestLine
    var theirs: Result
    var ours: Result
    /// Words of the manual's section on differences that speak of it.
    var manual: String
    /// Whether it takes a kernel that looks sessions up in the whole namespace; on others both do as we do.
    var needsNamespaceWideSessions = false

    var testDescription: String { line.testDescription }
}

extension Deviation {
    static let all: [Self] = [
        Self(
            line: TestLine("add tunnel \(C.ids) local any remote 192.0.2.2 \(C.ports)"),
            theirs: Result(255, ""), ours: Result(0, "1"), manual: "local any works"),
        Self(
            line: TestLine("add tunnel \(C.ids) encap ip local any remote 2001:db8::2"),
            theirs: Result(255, ""), ours: Result(0, "1"), manual: "local any works"),
        Self(
            line: TestLine("add tunnel \(C.ids) local 192.0.2.1 remote 0.0.0.0 \(C.ports)"),
            theirs: Result(0, "1"), ours: Result(2, ""), manual: "the addresses 0.0.0.0 and :: are refused"),
        Self(
            line: TestLine("add tunnel \(C.ids) encap ip local 2001:db8::1 remote ::"),
            theirs: Result(0, "1"), ours: Result(2, ""), manual: "the addresses 0.0.0.0 and :: are refused"),
        Self(
            line: TestLine("add tunnel \(C.ids) local 224.0.0.1 remote 192.0.2.2 \(C.ports)"),
            theirs: Result(0, "1"), ours: Result(2, ""), manual: "a multicast group or 255.255.255.255 as local"),
        Self(
            line: TestLine("add tunnel \(C.ids) encap ip local 255.255.255.255 remote 192.0.2.2"),
            theirs: Result(0, "1"), ours: Result(2, ""), manual: "a multicast group or 255.255.255.255 as local"),
        Self(
            line: TestLine("add tunnel \(C.ids) local ::ffff:192.0.2.1 remote ::ffff:192.0.2.2 \(C.ports)"),
            theirs: Result(0, "1"), ours: Result(2, ""), manual: "an IPv4-mapped IPv6 address"),
        Self(
            line: TestLine("\(C.session) seq both l2spec_type none", after: [C.udpTunnel]),
            theirs: Result(0, "1 1/10"), ours: Result(2, "1"), manual: "sequence numbers with l2spec_type none"),
        Self(
            line: TestLine(C.session, after: [C.udpTunnel, C.session]),
            theirs: Result(0, "1 1/10"), ours: Result(2, "1 1/10"), manual: "a session id that the tunnel has already",
            needsNamespaceWideSessions: true),
        Self(
            line: TestLine(
                "add tunnel session \(C.ids) \(C.v4) \(C.ports) session_id 10 peer_session_id 20 name wan"),
            theirs: Result(2, "1"), ours: Result(2, ""), manual: "leaves nothing behind if the session cannot be added"),
        Self(
            line: TestLine(
                "add tunnel session \(C.ids) \(C.v4) \(C.ports) session_id 10 peer_session_id 20", after: [C.udpTunnel]),
            theirs: Result(0, "1 1/10"), ours: Result(2, "1"),
            manual: "its exit status tells so also where only the tunnel could not"),
        Self(
            line: TestLine(
                "del session tunnel_id 3 session_id 10", after: [C.udpTunnel, C.secondUDPTunnel, C.session]),
            theirs: Result(0, "1 3"), ours: Result(2, "1 3 1/10"),
            manual: "never deletes the session of another tunnel", needsNamespaceWideSessions: true),
        Self(
            line: TestLine("show tunnel tunnel_id 0", after: [C.udpTunnel]),
            theirs: Result(0, "1"), ours: Result(255, "1"), manual: "an id of 0 is an error"),
        Self(
            line: TestLine("show tunnel", after: [C.udpTunnel], options: ["-s"]),
            theirs: Result(0, "1"), ours: Result(0, "1"), manual: "prints counters; ip has none for L2TP"),
        Self(
            line: TestLine("lookup tunnel tunnel_id 1", after: [C.udpTunnel]),
            theirs: Result(255, "1"), ours: Result(0, "1"), manual: "lookup and the OLDER SPELLINGS are accepted"),
        Self(
            line: TestLine("del session name l2tpeth0", after: [C.udpTunnel, C.session]),
            theirs: Result(255, "1 1/10"), ours: Result(0, "1"), manual: "deletes by the name of an interface"),
        Self(
            line: TestLine("del session tunnel_id 1 name l2tpeth0", after: [C.udpTunnel, C.session]),
            theirs: Result(255, "1 1/10"), ours: Result(0, "1"), manual: "deletes by the name of an interface"),
        Self(
            line: TestLine("\(C.session) lns_mode on reorder_timeout 100", after: [C.udpTunnel]),
            theirs: Result(255, "1"), ours: Result(0, "1 1/10"), manual: "reorder_timeout and dev are known"),
        Self(
            line: TestLine("\(C.session) dev pw", after: [C.udpTunnel]),
            theirs: Result(255, "1"), ours: Result(0, "1 1/10"), manual: "reorder_timeout and dev are known"),
        Self(
            line: TestLine(
                "modify session tunnel_id 1 session_id 10 reorder_timeout 100", after: [C.udpTunnel, C.session]),
            theirs: Result(255, "1 1/10"), ours: Result(0, "1 1/10"), manual: "so are the commands"),
        Self(
            line: TestLine("stats --count 1 --interval 10ms", after: [C.udpTunnel]),
            theirs: Result(255, "1"), ours: Result(0, "1"), manual: "so are the commands"),
        Self(
            line: TestLine("flush --yes", after: [C.udpTunnel, C.secondUDPTunnel, C.session]),
            theirs: Result(255, "1 3 1/10"), ours: Result(0, ""), manual: "so are the commands"),
        Self(
            line: TestLine("\(C.session) ifname pw counter ordering", after: [C.udpTunnel]),
            theirs: Result(255, "1"), ours: Result(0, "1 1/10"), manual: "lookup and the OLDER SPELLINGS are accepted"),
        Self(
            line: TestLine("\(C.session) cookie u32 01234567 l2spec_type ethernet seq add", after: [C.udpTunnel]),
            theirs: Result(255, "1"), ours: Result(0, "1 1/10"), manual: "lookup and the OLDER SPELLINGS are accepted"),
    ]

    private typealias C = CommandLines
}
