import CommandLineSupport
import Glibc
import L2TPApply
import L2TPConfig
import Netlink
import SystemPackage

/// The command `l2tp-apply`.
@main
enum Main {
    static func main() {
        let begin = ContinuousClock.now
        let program = Program(
            Surroundings(
                console: .process,
                configurations: SystemConfigurations(),
                networks: { .kernel(in: $0) },
                runFiles: { (namespace) throws(Failure) in try SystemRunFiles(of: namespace) },
                machineID: { .ofThisMachine },
                signals: { () throws(NetlinkError) in try ProcessSignals() },
                now: { ContinuousClock.now - begin },
                timeOfDay: { String(LocalTime.after(seconds: $0).time.prefix(8)) }))
        // A reader that is gone is an error (EPIPE) to whatever is written, a report or a confirmation. Other signals are
        // taken by what must not end half-way; if this one cannot be, it has its usual effect.
        let pipes = try? ProcessSignals([.brokenPipe])
        let status = program.run(Array(CommandLine.arguments.dropFirst()))
        withExtendedLifetime(pipes) {}
        exit(status.rawValue)
    }
}
