import L2TPApply
import L2TPConfig
import Netlink
import NetlinkTestSupport
import Synchronization
import SystemPackage
import Testing

@testable import l2tp_apply

/// What a run of the program left behind.
struct Outcome: Equatable {
    var status: Status
    var output = ""
    var error = ""
}

/// The program with a kernel, files and a record of its own.
final class Bench {
    let kernel = FakeKernel()
    /// The kernels of named network namespaces.
    var namespaces: [String: FakeKernel] = [:]
    /// The files by their paths; a folder is there if a file is in it.
    var files = Files()
    /// What runs share below `/run/l2tp`.
    let folder = MemoryRunFiles()
    /// Whether somebody watches standard error.
    var isWatched = false
    /// Whether standard error goes to the journal.
    var isJournal = false
    /// Whether standard output is a terminal.
    var isColoured = false
    /// Makes writing to standard output fail.
    var outputError: Errno?
    /// The signals that come.
    let signals = ScriptedSignals()
    /// In which namespaces runs looked for tunnels.
    private(set) var homes: [NetworkNamespace] = []
    /// How much later it is whenever somebody asks.
    var tick = Duration.zero
    var machineID = MachineID("0123456789abcdef0123456789abcdef")

    /// Runs `l2tp-apply` with words.
    func run(_ words: [String]) -> Outcome {
        let error = TextBox()
        let output = TextBox()
        let outputError = outputError
        let console = Console(
            write: { text throws(Errno) in
                if let outputError { throw outputError }
                output.append(text)
            }, writeError: { error.append($0) }, isColoured: isColoured, errorIsTerminal: isWatched,
            errorIsJournal: isJournal)
        var time = Duration.seconds(100)
        let kernel = kernel
        let namespaces = namespaces
        let program = Program(
            Surroundings(
                console: console, configurations: files,
                networks: { [self] home in
                    homes.append(home)
                    return Networks(
                        tunnels: kernel.connector, home: home,
                        named: { name in (namespaces[name] ?? kernel).connector },
                        exists: { namespaces[$0] != nil })
                },
                runFiles: { [folder] (namespace) throws(Failure) in
                    if namespace == .named("none") { throw Failure("no network namespace none", .usage) }
                    return folder
                },
                machineID: { [machineID] in machineID },
                signals: { [signals] () throws(NetlinkError) in signals },
                now: { [tick] in
                    time += tick
                    return time
                },
                timeOfDay: { "12:0\($0 / 60):0\($0 % 60)" }))
        let status = program.run(words)
        return Outcome(status: status, output: output.text, error: error.text)
    }

    /// Runs a command line, split at blanks.
    @discardableResult
    func callAsFunction(_ line: String = "") -> Outcome {
        run(line.split(separator: " ").map(String.init))
    }
}

/// Text that comes from anywhere.
final class TextBox: Sendable {
    private let value = Mutex("")

    var text: String { value.withLock { $0 } }

    func append(_ text: String) {
        value.withLock { $0 += text }
    }
}

/// Files in memory.
struct Files: ConfigurationSource, SecretReader {
    var texts: [String: String] = [:]
    /// Files that need not be text.
    var data: [String: [UInt8]] = [:]
    /// Folders without files.
    var folders: Set<String> = []
    /// Files that others can read.
    var readable: Set<String> = []
    /// Files that cannot be read.
    var errors: [String: Errno] = [:]

    subscript(path: String) -> String? {
        get { texts[path] }
        set { texts[path] = newValue }
    }

    func names(in path: String) throws(Errno) -> [String]? {
        if texts[path] != nil || data[path] != nil || errors[path] != nil || path == "-" { return nil }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        let names = (Array(texts.keys) + Array(errors.keys)).filter { $0.hasPrefix(prefix) }
        guard !names.isEmpty || folders.contains(path) else { throw .noSuchFileOrDirectory }
        return names.map { String($0.dropFirst(prefix.count)) }.filter { !$0.contains("/") }.sorted()
    }

    func read(_ path: String) throws(Errno) -> (bytes: [UInt8], isReadableByOthers: Bool) {
        if let error = errors[path] { throw error }
        guard let bytes = data[path] ?? texts[path].map({ Array($0.utf8) }) else { throw .noSuchFileOrDirectory }
        return (bytes, readable.contains(path))
    }

    var secrets: any SecretReader { self }

    func read(_ path: String) throws(SecretError) -> (text: String, isReadableByOthers: Bool) {
        guard let text = texts[path] else { throw SecretError("No such file or directory (ENOENT)") }
        return (text, readable.contains(path))
    }
}

/// What runs share, in memory.
final class MemoryRunFiles: RunFiles {
    let memory = MemoryOwnershipStore()
    /// Why the lock cannot be had.
    var lockFailure: Failure?
    /// How trials end; one that is not expected is an issue.
    var verdict: Verdict?
    /// What happens while a trial waits.
    var duringTrial: () -> Void = {}
    var confirmation = ConfirmationResult.nobody
    var isAbandoned = false
    private(set) var lockCount = 0
    /// How often a run asks whether to give up before the lock is free.
    var questionsBeforeLock = 0
    /// For how long the last run would have waited for the lock.
    private(set) var lockLimit: Duration?
    /// Whether trials have a terminal.
    var acceptsEnter = true
    /// Why nobody could confirm a trial that has begun.
    var trialFailure: Failure?
    /// What another run does before this one gets the lock.
    var beforeLock: () -> Void = {}

    var store: any OwnershipStore { memory }

    func lock(waitingAtMost limit: Duration, isCancelled: () -> Bool) throws(Failure) -> any AnyObject {
        lockLimit = limit
        if let lockFailure { throw lockFailure }
        for _ in 0..<questionsBeforeLock where isCancelled() {
            throw Failure("interrupted", .refused, .interrupted)
        }
        beforeLock()
        lockCount += 1
        return TextBox()
    }

    func beginTrial(_ signals: any Signals) throws(Failure) -> any Trial {
        guard let verdict else { throw Failure("cannot wait for a confirmation", .refused) }
        return ScriptedTrial(verdict, acceptsEnter: acceptsEnter, trialFailure, duringTrial)
    }

    func confirm() -> ConfirmationResult { confirmation }

    func removeAbandonedTrial() -> Bool {
        defer { isAbandoned = false }
        return isAbandoned
    }
}

/// A trial with a foregone verdict.
private final class ScriptedTrial: Trial {
    private let verdict: Verdict
    let acceptsEnter: Bool
    private let failure: Failure?
    private let meanwhile: () -> Void

    init(_ verdict: Verdict, acceptsEnter: Bool, _ failure: Failure?, _ meanwhile: @escaping () -> Void) {
        self.acceptsEnter = acceptsEnter
        self.verdict = verdict
        self.failure = failure
        self.meanwhile = meanwhile
    }

    func wait(seconds: Int, question: () -> Void) throws(Failure) -> Verdict {
        if let failure { throw failure }
        question()
        meanwhile()
        return verdict
    }
}

/// Signals that come when they are asked for.
final class ScriptedSignals: Signals {
    /// After how many questions the run is interrupted; nil means never.
    var questionsBefore: Int?
    let isHungUp = false
    /// None that anybody could wait for.
    let fileDescriptor = FileDescriptor(rawValue: -1)

    var isInterrupted: Bool {
        guard let count = questionsBefore else { return false }
        questionsBefore = max(count - 1, 0)
        return count == 0
    }
}

/// Configurations.
enum Texts {
    /// A tunnel with two sessions, the first with everything.
    static let siteA = """
        [tunnel.hq]
        local = "192.0.2.1"
        remote = "198.51.100.7"
        tunnel_id = 3000
        peer_tunnel_id = 4000
        udp_sport = 5000
        udp_dport = 6000

        [tunnel.hq.session.lan]
        session_id = 1000
        peer_session_id = 2000
        cookie = "0123456789abcdef"
        peer_cookie = "fedcba9876543210"

        [tunnel.hq.session.lan.interface]
        name = "l2tp-lan"
        bridge = "br0"

        [tunnel.hq.session.voice]
        session_id = 1001
        peer_session_id = 2001

        [tunnel.hq.session.voice.interface]
        name = "l2tp-voice"
        addresses = ["10.42.1.1/30"]
        """

    /// The same with another peer session identifier for the first session, and with a reorder timeout for the second.
    static let siteAEdited =
        siteA
        .replacing("peer_session_id = 2000", with: "peer_session_id = 2002")
        .replacing("peer_session_id = 2001", with: "peer_session_id = 2001\nreorder_timeout = \"100ms\"")

    /// Another tunnel with a session.
    static let old = """
        [tunnel.old]
        local = "192.0.2.1"
        remote = "198.51.100.8"
        encap = "ip"
        tunnel_id = 3100
        peer_tunnel_id = 4100

        [tunnel.old.session.a]
        session_id = 1
        peer_session_id = 1
        cookie = "0123456789abcdef"
        peer_cookie = "0123456789abcdef"

        [tunnel.old.session.b]
        session_id = 2
        peer_session_id = 2
        cookie = "0123456789abcdef"
        peer_cookie = "0123456789abcdef"
        """
}

extension Bench {
    /// A bench with ``Texts/siteA`` in `/etc/l2tp/site-a.toml`, and with the bridge it names.
    static func withSite() -> Bench {
        let bench = Bench()
        bench.files["/etc/l2tp/site-a.toml"] = Texts.siteA
        bench.kernel.addLink(named: "br0", kind: "bridge")
        return bench
    }

    /// The same after the file has been applied.
    static func withSiteApplied() -> Bench {
        let bench = withSite()
        #expect(bench("") == Outcome(status: .success, output: "3 created\n"))
        bench.kernel.forgetRequests()
        return bench
    }
}
