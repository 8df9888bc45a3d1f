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
                runFolder: { (namespace) throws(Failure) in try SystemRunFolder(of: namespace) },
                machineID: { .ofThisMachine },
                signals: { () throws(NetlinkError) in try ProcessSignals() },
                now: { ContinuousClock.now - begin },
                timeOfDay: { String(LocalTime.after(seconds: $0).time.prefix(8)) }))
        exit(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }
}
