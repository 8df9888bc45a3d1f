import L2TPNetlink
import Netlink
import SystemPackage

/// Reads commands, carries them out, and prints what comes of them.
struct Interpreter<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    private let console: Console
    private let personality: Personality
    private let output: OutputOptions
    private var executor: Executor<Transport>
    /// Whether standard output takes nothing more.
    private var outputIsGone = false

    init(
        _ connector: NetlinkConnector<Transport>, console: Console, personality: Personality, output: OutputOptions
    ) {
        self.console = console
        self.personality = personality
        self.output = output
        executor = Executor(connector)
    }

    /// Whether no further command can succeed.
    var isUseless: Bool { executor.isUseless || outputIsGone }

    /// Runs one command; `place`, the program's name or a line of a file, begins every message.
    mutating func run(_ command: CommandWord, _ words: [String], place: String) -> Status {
        let (outcome, warnings) = KeywordParser.parse(words)
        for warning in warnings {
            console.report(Problem("\(warning): Linux has no offsets since 4.16", .success), at: place)
        }
        do throws(Failure) {
            switch outcome {
            case .arguments(let arguments):
                try perform(try arguments.request(for: command), output.union(arguments.output))
                return .success
            case .help:
                try print(personality.help(of: command) + "\n")
                return .success
            case .usage:
                console.writeError(personality.help(of: command) + "\n")
                return .usage
            case .wrong(let problems):
                throw Failure(problems)
            }
        } catch {
            for problem in error.problems { console.report(problem, at: place) }
            return error.status
        }
    }

    private mutating func perform(_ request: Request, _ output: OutputOptions) throws(Failure) {
        var progress = ProgressLine(console)
        let result: Result<String, Failure>
        do throws(Failure) {
            result = .success(try executor.perform(request, format: output.format) { progress.show($0) })
        } catch {
            result = .failure(error)
        }
        progress.clear()
        try print(try result.get())
    }

    private mutating func print(_ text: String) throws(Failure) {
        guard !text.isEmpty else { return }
        do {
            try console.write(text)
        } catch {
            outputIsGone = true
            throw Failure(error == .brokenPipe ? "" : "cannot write: \(error) (\(error.symbol))", .failure)
        }
    }
}

extension Console {
    /// Writes a problem's message after its place; a problem without a message ends the program quietly.
    func report(_ problem: Problem, at place: String) {
        if !problem.message.isEmpty { writeError("\(place): \(problem.message)\n") }
    }
}

extension Personality {
    /// The help of a command, nil for the whole program.
    func help(of command: CommandWord?) -> String {
        switch self {
        case .l2tp: Invocation.help(of: command)
        case .l2tpv3tun: HelpText.l2tpv3tun
        }
    }
}
