import CommandLineSupport
import L2TPModel
import L2TPNetlink
import Netlink
import SystemPackage

/// Reads commands, carries them out, and prints what comes of them.
struct Interpreter<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    let console: Console
    let personality: Personality
    let output: OutputOptions
    var executor: Executor<Transport>
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

    /// What to end with because no further command can succeed; nil if one can.
    var uselessness: Status? { executor.uselessness ?? (outputIsGone ? .failure : nil) }

    /// Runs one command. What begins every message is the program's name, or for a line of a batch its place.
    mutating func run(_ command: CommandWord, _ words: [String], batchPlace: String? = nil) -> Status {
        let place = batchPlace ?? personality.rawValue
        if command == .stats || command == .flush {
            return runWithOptions(command, words, place: place, isBatch: batchPlace != nil)
        }
        let (outcome, warnings) = KeywordParser.parse(words)
        for warning in warnings {
            console.report(Problem("\(warning): Linux has no offsets since 4.16", .success), at: place)
        }
        do throws(Failure) {
            switch outcome {
            case .arguments(let arguments):
                let request = try arguments.request(for: command)
                for warning in arguments.warnings(for: request) {
                    console.report(Problem(warning, .success), at: place)
                }
                try perform(request, output.union(arguments.output), place: place)
                return .success
            case .help:
                try print(personality.help(of: command) + "\n")
                return .success
            case .usage:
                if words.isEmpty {
                    for problem in Arguments().problems(for: command) { console.report(problem, at: place) }
                }
                if !words.isEmpty || batchPlace == nil { console.writeError(personality.help(of: command) + "\n") }
                return .usage
            case .wrong(let problems, let arguments):
                throw Failure(problems + arguments.problems(for: command))
            }
        } catch {
            for problem in error.problems { console.report(problem, at: place) }
            return error.status
        }
    }

    private mutating func perform(_ request: Request, _ output: OutputOptions, place: String) throws(Failure) {
        var progress = ProgressLine(console)
        let result: Result<Executor<Transport>.Answer, Failure>
        do throws(Failure) {
            result = .success(try executor.perform(request, format: output.format) { progress.show($0) })
        } catch {
            result = .failure(error)
        }
        progress.clear()
        let answer = try result.get()
        if let hint = answer.hint { console.report(Problem(hint, .success), at: place) }
        try print(answer.text)
        guard let sessions = answer.sessions else { return }
        try withOutput { (console) throws(Errno) in
            try output.format.write(sessions) { (piece) throws(Errno) in try console.write(piece: piece) }
        }
    }

    mutating func print(_ text: String) throws(Failure) {
        guard !text.isEmpty else { return }
        try withOutput { (console) throws(Errno) in try console.write(text) }
    }

    private mutating func withOutput(_ body: (Console) throws(Errno) -> Void) throws(Failure) {
        do {
            try body(console)
        } catch {
            outputIsGone = true
            throw Failure(error == .brokenPipe ? "" : "cannot write: \(error) (\(error.symbol))", .failure)
        }
    }
}

extension Console {
    /// Writes a piece of text to standard output that is there as bytes.
    func write(piece: ArraySlice<UInt8>) throws(Errno) {
        if let writeBytes { try writeBytes(piece) } else { try write(String(decoding: piece, as: UTF8.self)) }
    }

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
