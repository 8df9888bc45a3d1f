import Glibc
import L2TPConfig
import L2TPModel
import L2TPWire
import SystemPackage
import Testing

/// Two sites with pseudowires between them that carry IP: the left one's come from a configuration, the right one's are
/// made by hand.
struct TrialSites {
    /// Sessions that a change leaves alone, changes in place, and creates anew.
    static let unaffected: UInt32 = 1, modified: UInt32 = 2, recreated: UInt32 = 3

    let pair: SitePair
    let before: Configuration
    let after: Configuration
    let file: ConfigurationFolder
    /// A file that is there when somebody presses Enter.
    private let enter = "/tmp/\(UniqueName.next())-enter"

    init(_ pair: SitePair) throws {
        self.pair = pair
        var tunnel = TunnelConfiguration(
            name: "hq",
            specification: TunnelSpecification(
                id: TunnelID(1), peerID: TunnelID(1), local: SitePair.address(.left, .v4),
                peer: SitePair.address(.right, .v4),
                encapsulation: .udp(UDPParameters(sourcePort: 5000, destinationPort: 5000))))
        tunnel.sessions = try [Self.unaffected, Self.modified, Self.recreated].map(Self.session)
        // In LNS mode nobody but netlink says whether it numbers what it sends; otherwise it does as the peer does, and both
        // may go on numbering for each other's sake when the change is taken back.
        tunnel.sessions[1].specification.lnsMode = true
        before = Configuration(tunnels: [tunnel])
        tunnel.sessions[1].specification.reorderTimeout = .milliseconds(100)
        tunnel.sessions[1].specification.sendsSequenceNumbers = true
        tunnel.sessions[2].specification.lnsMode = true
        tunnel.sessions[2].specification.peerCookie = Cookie(0x0303_0303 as UInt32)
        tunnel.sessions.append(try Self.session(4))
        after = Configuration(tunnels: [tunnel])
        file = try ConfigurationFolder("trial", before)
        let sessions = [Self.unaffected, Self.modified, Self.recreated].flatMap { id in
            [
                "l2tp add session tunnel_id 1 session_id \(id) peer_session_id \(id) name pw\(id)",
                "link set pw\(id) up", "address add 10.0.\(id).2/24 dev pw\(id)",
            ]
        }
        try Shell.ip(
            [
                "l2tp add tunnel tunnel_id 1 peer_tunnel_id 1 local \(SitePair.address(.right, .v4)) remote "
                    + "\(SitePair.address(.left, .v4)) udp_sport 5000 udp_dport 5000"
            ] + sessions, in: pair.right)
        try Shell.require([Shell.apply, file.path], in: pair.left)
    }

    private static func session(_ id: UInt32) throws -> SessionConfiguration {
        SessionConfiguration(
            name: "s\(id)",
            specification: SessionSpecification(
                tunnelID: TunnelID(1), id: SessionID(id), peerID: SessionID(id),
                interfaceName: try InterfaceName("pw\(id)")),
            interface: InterfaceConfiguration(
                addresses: [AddressSpecification(ipAddress("10.0.\(id).1"), prefixBitCount: 24)]))
    }

    /// Starts a try of the change on a terminal, at which nobody types until ``pressEnter()``.
    func startTry(seconds: Int) throws -> BackgroundProgram {
        try file.write(after)
        // The terminal is gone when `script` ends, which it does not before its input does: that is what is typed. What
        // is written right before the end, `script` may miss.
        let command = "\(Shell.apply) --try \(seconds) \(file.path); s=$?; echo; echo status $s; sleep 1"
        let keys =
            "until [[ -e \(enter) ]]; do [[ -e \(file.path) ]] || exit; sleep 0.1; done; echo; "
            + "for _ in {1..600}; do [[ -e \(file.path) ]] || exit; sleep 0.1; done"
        return try BackgroundProgram(
            ["bash", "-c", "exec script -qec '\(command)' /dev/null < <(\(keys))"], in: pair.left)
    }

    /// Presses Enter at the terminal.
    func pressEnter() throws {
        try Kernel.write("", to: enter)
    }

    /// Waits for the end of a try on a terminal; its exit status.
    func status(of program: BackgroundProgram) throws -> Int? {
        func status() throws -> Int? {
            // A terminal ends lines with two characters, which are one to Swift.
            let words = try program.lines().flatMap(\.words)
            return words.dropLast().lastIndex(of: "status").flatMap { Int(words[$0 + 1]) }
        }
        _ = try eventually { try status() != nil }
        defer { _ = try? program.end(by: SIGKILL) }
        return try status()
    }

    /// Starts the program for the change without a terminal, all of its output together.
    func startWithoutTerminal(_ options: [String]) throws -> BackgroundProgram {
        try file.write(after)
        let command = ([Shell.apply] + options + [file.path]).joined(separator: " ")
        return try BackgroundProgram(["bash", "-c", "exec \(command) 2>&1"], in: pair.left)
    }

    /// Waits until the change has been made and the program asks whether to keep it.
    func awaitQuestion(_ program: BackgroundProgram) throws {
        let isAsked = try eventually { try program.lines().contains { $0.contains("Keep it?") } }
        try #require(isAsked, "the change was not made: \(program)")
    }

    /// Whether the program finds nothing to do.
    func holds(_ configuration: Configuration) throws -> Bool {
        try file.write(configuration)
        return try Shell.run([Shell.apply, "--plan", file.path], in: pair.left).status == 0
    }
}

/// A byte stream over TCP through one pseudowire, from left to right, for as long as a test takes.
final class ByteStream {
    private let receiver: BackgroundProgram
    private let sender: BackgroundProgram
    private let received: String
    private let stop: String

    /// Starts it and waits until bytes arrive.
    init(over session: UInt32, in pair: SitePair) throws {
        received = "/tmp/\(UniqueName.next())-received"
        stop = "/tmp/\(UniqueName.next())-stop"
        receiver = try BackgroundProgram(
            ["bash", "-c", "exec busybox nc -l -p \(7000 + session) 2>&1 >\(received)"], in: pair.right)
        // Numbered lines, 50 a second, until somebody says stop; the last line tells how many there were.
        let lines =
            "i=0; until [[ -e \(stop) ]]; do echo line $((++i)); sleep 0.02; done; echo end $i"
        let connect = "until exec 3<>/dev/tcp/10.0.\(session).2/\(7000 + session); do sleep 0.1; done 2>/dev/null"
        sender = try BackgroundProgram(["bash", "-c", "\(connect); { \(lines); } >&3"], in: pair.left)
        let begins = try eventually { [received] in (try? Kernel.readText(received))?.contains("line 5\n") == true }
        try #require(begins, "no byte passes over session \(session): \(sender) \(receiver)")
    }

    /// Ends it; whether every byte has arrived in order, and how many lines.
    func end() throws -> (isWhole: Bool, count: Int) {
        try Kernel.write("", to: stop)
        let ends = try eventually { [received] in try Kernel.readText(received).contains("end ") }
        let lines = try Kernel.readText(received).split(separator: "\n")
        _ = try sender.end()
        _ = try receiver.end()
        for path in [received, stop] { SystemCalls.removeFile(path) }
        guard ends else { return (false, lines.count) }
        let wanted = (1..<lines.count).map { "line \($0)" } + ["end \(lines.count - 1)"]
        return (lines.elementsEqual(wanted, by: { $0 == $1 }), lines.count)
    }
}
