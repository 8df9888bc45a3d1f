import CommandLineSupport
import Logging
import Netlink

/// The program, over any transport: from the command line to the exit status.
struct Program<Transport: NetlinkTransport & ~Copyable> {
    private let surroundings: Surroundings<Transport>

    /// A program in its surroundings.
    init(_ surroundings: Surroundings<Transport>) {
        self.surroundings = surroundings
    }

    /// Runs a command line without the program's name.
    func run(_ arguments: [String]) -> Status {
        let console = surroundings.console
        do throws(CommandLineEnding) {
            return Run(try Options(arguments), surroundings).perform()
        } catch {
            switch error {
            case .text(let text):
                // Nobody is left to be told that nobody reads.
                try? console.write(text.hasSuffix("\n") ? text : text + "\n")
                return .success
            case .wrong(let message):
                Reporter(console, level: .error).report(Failure(message, .usage))
                return .usage
            }
        }
    }
}
