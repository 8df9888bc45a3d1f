import CommandLineSupport
import Glibc
import Netlink
import SystemPackage

/// The standard streams of the program.
struct Console: Sendable {
    /// Writes text to standard output.
    var write: @Sendable (String) throws(Errno) -> Void
    /// Writes text to standard error. Nobody is told if that fails: a run goes on when its terminal is gone.
    var writeError: @Sendable (String) -> Void
    /// Whether standard output may have colours.
    var isColoured = false
    /// Whether somebody watches standard error.
    var errorIsTerminal = false
    /// Whether standard error goes to the journal, which reads a priority at the beginning of each line (sd-daemon(3)).
    var errorIsJournal = false

    /// The standard streams of the process.
    static var process: Self {
        Self(
            write: { text throws(Errno) in try writeAll(text, to: .standardOutput) },
            writeError: { text in try? writeAll(text, to: .standardError) },
            isColoured: isatty(FileDescriptor.standardOutput.rawValue) == 1
                && (ProcessEnvironment.value(of: "NO_COLOR") ?? "").isEmpty
                && ProcessEnvironment.value(of: "TERM") != "dumb",
            errorIsTerminal: isatty(FileDescriptor.standardError.rawValue) == 1,
            errorIsJournal: JournalStream.isBehind(.standardError, ProcessEnvironment.value(of: "JOURNAL_STREAM")))
    }

    private static func writeAll(_ text: String, to descriptor: FileDescriptor) throws(Errno) {
        do {
            try descriptor.writeAll(text.utf8)
        } catch {
            throw error as? Errno ?? .ioError
        }
    }
}
