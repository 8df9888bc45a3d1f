import Glibc
import Netlink

/// The command `l2tp`.
@main
enum Main {
    static func main() {
        let program = Program(console: .process) { .kernel(in: $0) }
        exit(program.run(CommandLine.arguments).rawValue)
    }
}
