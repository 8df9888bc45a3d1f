import CommandLineSupport
import Glibc
import L2TPMetrics
import Netlink
import SystemPackage

/// The command `l2tp-exporter`.
@main
enum Main {
    static func main() async {
        let program = Program(
            Surroundings(
                namespaces: .kernel,
                environment: { ProcessEnvironment.value(of: $0) },
                time: { LocalTime.now.timestamp },
                errorIsJournal: JournalStream.isBehind(.standardError, ProcessEnvironment.value(of: "JOURNAL_STREAM")),
                // Nobody is left to be told that nobody reads.
                write: { _ = try? FileDescriptor.standardOutput.writeAll($0.utf8) },
                writeError: { _ = try? FileDescriptor.standardError.writeAll($0.utf8) }))
        let status = await program.run(Array(CommandLine.arguments.dropFirst()))
        exit(status.rawValue)
    }
}
