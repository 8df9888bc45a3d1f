import CommandLineSupport
import Netlink
import SystemPackage

/// The program, over any transport: from the command line to the exit status.
struct Program<Transport: NetlinkTransport & ~Copyable> {
    private let console: Console
    private let connect: (NetworkNamespace) -> NetlinkConnector<Transport>
    private let save: (NetworkNamespace) -> Saver<Transport>

    /// A program that writes to `console`.
    ///
    /// - Parameters:
    ///   - console: The standard streams.
    ///   - save: What `save` needs of a network namespace.
    ///   - connect: How the kernel of a network namespace is reached.
    init(
        console: Console, save: @escaping (NetworkNamespace) -> Saver<Transport>,
        connect: @escaping (NetworkNamespace) -> NetlinkConnector<Transport>
    ) {
        self.console = console
        self.save = save
        self.connect = connect
    }

    /// Runs a command line that begins with the program's name.
    func run(_ commandLine: [String]) -> Status {
        let personality = Personality(calledAs: commandLine.first ?? "")
        do throws(Invocation.Ending) {
            return run(try Invocation(Array(commandLine.dropFirst())), as: personality)
        } catch {
            return end(error, as: personality)
        }
    }

    private func run(_ invocation: Invocation, as personality: Personality) -> Status {
        if case .command(.monitor, let words) = invocation.action {
            let follower = Follower(
                connect(namespace(invocation.netns)), console: console, personality: personality,
                output: invocation.output)
            return follower.run(words)
        }
        if case .command(.save, let words) = invocation.action {
            return save(namespace(invocation.netns)).run(words, console, personality, invocation.output)
        }
        if case .command(.decode, let words) = invocation.action {
            return DecodeRun(console, personality, namespace(invocation.netns)).run(words, invocation.output)
        }
        var interpreter = Interpreter(
            connect(namespace(invocation.netns)), console: console, personality: personality,
            output: invocation.output)
        switch invocation.action {
        case .command(let command, let words):
            return interpreter.run(command, words)
        case .batch(let file):
            return runBatch(file, &interpreter, force: invocation.force, as: personality)
        case .none:
            return end(.usage(nil), as: personality)
        }
    }

    /// A name of ip-netns(8), or with a slash the path of a namespace's file.
    private func namespace(_ name: String?) -> NetworkNamespace {
        guard let name else { return .current }
        return name.contains("/") ? .path(name) : .named(name)
    }

    private func end(_ ending: Invocation.Ending, as personality: Personality) -> Status {
        switch ending {
        case .text(let text):
            // Nobody is left to be told that nobody reads.
            try? console.write(text + "\n")
            return .success
        case .help(let command):
            return end(.text(personality.help(of: command)), as: personality)
        case .version:
            return end(.text("\(personality.rawValue) \(Version.text)"), as: personality)
        case .usage(let command):
            console.writeError(personality.help(of: command) + "\n")
            return .usage
        case .failure(let failure):
            for problem in failure.problems { console.report(problem, at: personality.rawValue) }
            return failure.status
        }
    }

    // MARK: - Batch

    /// Runs the commands of a file, up to the first that fails unless `force` is set.
    private func runBatch(
        _ file: String, _ interpreter: inout Interpreter<Transport>, force: Bool, as personality: Personality
    ) -> Status {
        var reader: BatchReader
        do {
            reader = BatchReader(try console.openLines(file))
        } catch {
            let problem = Problem("cannot read \(file): \(error) (\(error.symbol))", .failure)
            console.report(problem, at: personality.rawValue)
            return problem.status
        }
        var status = Status.success
        while let entry = reader.next() {
            let place = "\(file):\(entry.line)"
            let outcome: Status
            switch entry.content {
            case .words(let words):
                outcome = run(words, &interpreter, place: place)
            case .broken(let reason):
                console.report(Problem(reason, .usage), at: place)
                outcome = .usage
            }
            guard outcome != .success else { continue }
            status = .failure
            if let uselessness = interpreter.uselessness { return uselessness }
            if !force { break }
        }
        return status
    }

    /// Runs one line: a command, which `l2tp` or `ip l2tp` may precede.
    private func run(
        _ words: [String], _ interpreter: inout Interpreter<Transport>, place: String
    ) -> Status {
        var rest = words[...]
        if rest.first == "ip" { rest.removeFirst() }
        if let word = rest.first, word.count >= 2, "l2tp".hasPrefix(word) { rest.removeFirst() }
        let problem: Problem
        if let word = rest.popFirst() {
            switch CommandWord.meaning(of: word) {
            case .command(let command):
                return interpreter.run(command, Array(rest), batchPlace: place)
            case .help:
                problem = Problem("help is not for batches; try l2tp --help", .usage)
            case .unknown where word.hasPrefix("-"):
                problem = Problem("option \"\(word)\" cannot stand in a batch: it would go before --batch", .usage)
            case .unknown:
                problem = CommandWord.problem(with: word)
            }
        } else {
            problem = Problem("the command is missing", .usage)
        }
        console.report(problem, at: place)
        return problem.status
    }
}
