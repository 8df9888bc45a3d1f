import L2TPApply
import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import Synchronization
import SystemPackage
import Testing

@testable import l2tp

/// What a run of the program left behind.
struct Run: Equatable {
    var status: Status
    var output = ""
    var error = ""
}

/// The program with a kernel of its own.
final class Bench {
    let kernel: FakeKernel
    /// The namespaces in which the kernel was reached.
    private(set) var namespaces: [NetworkNamespace] = []
    /// How often a socket was opened.
    private(set) var openings = 0
    /// Files of batch lines.
    var files: [String: String] = [:]
    /// Whether somebody watches standard error.
    var isWatched = false
    /// Makes writing fail.
    var outputError: Errno?
    /// What standard output is, if it is a terminal.
    var terminal: TerminalSize?
    /// What somebody answers who can be asked.
    var answer: String?
    /// What was asked.
    private(set) var questions: [String] = []
    /// What l2tp-apply(8) has recorded.
    let record = MemoryOwnershipStore()
    /// The time of programs that go on.
    var pacing = ScriptedPacing()

    /// An output that nobody reads, so that `monitor` ends at once.
    private static let closedPipe: FileDescriptor? = {
        let pipe = try? FileDescriptor.pipe()
        try? pipe?.readEnd.close()
        return pipe?.writeEnd
    }()

    init(_ release: FakeKernel.Release = .linux6_12) {
        kernel = FakeKernel(release)
    }

    /// Runs `l2tp` with words; `program` is the path it is called by.
    func run(_ words: [String], as program: String = "/usr/sbin/l2tp") -> Run {
        var run = Run(status: .success)
        let console = Console(
            write: { [outputError] text throws(Errno) in
                if let outputError { throw outputError }
                run.output += text
            },
            writeError: { run.error += $0 },
            errorIsTerminal: isWatched,
            openLines: { [files] file throws(Errno) in
                guard let text = files[file] else { throw .noSuchFileOrDirectory }
                return lines(of: text)
            },
            terminalSize: { [self] in terminal },
            ask: answer.map { answer in
                { [self] question in
                    questions.append(question)
                    return answer
                }
            },
            pacing: { [pacing] () throws(NetlinkError) in pacing },
            output: Self.closedPipe)
        let kernel = kernel
        let counter = Counter()
        func connector(_ namespace: NetworkNamespace) -> NetlinkConnector<FakeTransport> {
            namespaces.append(namespace)
            return NetlinkConnector { (netlinkProtocol) throws(NetlinkError) in
                counter.increment()
                return try kernel.connector.open(netlinkProtocol)
            }
        }
        let program_ = Program(
            console: console,
            save: { [self] namespace in
                Saver(
                    networks: Networks(
                        tunnels: connector(namespace), home: namespace, named: { _ in kernel.connector },
                        exists: { _ in false }),
                    store: record, machineID: nil)
            }, connect: connector)
        run.status = program_.run([program] + words)
        openings += counter.count
        return run
    }

    /// Runs a command line, split at blanks.
    @discardableResult
    func callAsFunction(_ line: String) -> Run {
        run(line.split(separator: " ").map(String.init))
    }

    /// A kernel with tunnel 3000 over UDP and IPv4, and session 1000 in it.
    static func withSession(_ release: FakeKernel.Release = .linux6_12) -> Bench {
        let bench = Bench(release)
        #expect(bench(Lines.tunnel) == Run(status: .success))
        #expect(bench(Lines.session) == Run(status: .success))
        return bench
    }
}

extension Saver where Transport == FakeTransport {
    /// A saver for programs that run other commands.
    static func unused(_ connector: NetlinkConnector<FakeTransport>) -> Self {
        Self(
            networks: Networks(tunnels: connector, named: { _ in connector }, exists: { _ in false }),
            store: MemoryOwnershipStore(), machineID: nil)
    }
}

/// Time that passes only while it is waited for, and somewhat more than was asked for.
final class ScriptedPacing: Pacing {
    private(set) var now = Duration.seconds(100)
    /// How much later a wait ends.
    var delay = Duration.zero
    /// What happens during each wait, and how it ends; after the last the program is to end.
    var steps: [() -> Wakeup] = []

    func wait(until time: Duration) -> Wakeup {
        guard !steps.isEmpty else { return .ended }
        let wakeup = steps.removeFirst()()
        if wakeup == .time { now = max(now, time + delay) }
        return wakeup
    }
}

/// Command lines that succeed on a fresh kernel, one after the other.
enum Lines {
    static let tunnel =
        "add tunnel tunnel_id 3000 peer_tunnel_id 4000 local 192.0.2.1 remote 198.51.100.7 udp_sport 5000 udp_dport 6000"
    static let session = "add session tunnel_id 3000 session_id 1000 peer_session_id 2000"
}

/// Counts on any thread.
private final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func increment() {
        value.withLock { $0 += 1 }
    }
}

/// Yields a text's lines with their ends, as a file does.
func lines(of text: String) -> () -> String? {
    var rest = Substring(text)
    return {
        guard !rest.isEmpty else { return nil }
        let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")).map { rest.utf8.index(after: $0) } ?? rest.endIndex
        defer { rest = rest[end...] }
        return String(rest[..<end])
    }
}

/// The arguments that words make; anything else is recorded as an issue.
func arguments(_ words: String, _ location: SourceLocation = #_sourceLocation) -> Arguments? {
    let outcome = KeywordParser.parse(words.split(separator: " ").map(String.init)).outcome
    guard case .arguments(let arguments) = outcome else {
        Issue.record("\(words): \(outcome)", sourceLocation: location)
        return nil
    }
    return arguments
}

/// The first problem that words have; nil if there is none.
func problem(_ words: String) -> Problem? {
    problems(words).first
}

/// All problems that words have.
func problems(_ words: String) -> [Problem] {
    guard case .wrong(let problems, _) = KeywordParser.parse(words.split(separator: " ").map(String.init)).outcome
    else { return [] }
    return problems
}
