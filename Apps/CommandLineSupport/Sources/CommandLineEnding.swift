public import ArgumentParser

/// Why a command line comes to an end before anything is done.
public enum CommandLineEnding: Error, Hashable, Sendable {
    /// Text that was asked for, as help.
    case text(String)
    /// The command line is wrong: why, in one line, and where help is.
    case wrong(String)

    /// What ArgumentParser says of an error that it has thrown.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - command: The command that was to be parsed.
    public init(_ error: any Error, parsing command: any ParsableCommand.Type) {
        if command.exitCode(for: error).isSuccess {
            self = .text(command.fullMessage(for: error))
        } else {
            let message = command.message(for: error)
            let hint = message.hasSuffix("?") ? "" : "; try --help"
            self = .wrong("\(message.prefix(1).lowercased())\(message.dropFirst())\(hint)")
        }
    }

    /// What a command of ArgumentParser itself, as help, prints: it does so by throwing. Nil if it does not.
    ///
    /// - Parameters:
    ///   - other: The command that was found.
    ///   - command: The command that was to be parsed.
    public init?(running other: any ParsableCommand, insteadOf command: any ParsableCommand.Type) {
        var other = other
        do {
            try other.run()
            return nil
        } catch {
            self.init(error, parsing: command)
        }
    }
}
