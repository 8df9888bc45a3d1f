import Glibc
import L2TPApply
import L2TPConfig
import Netlink

/// The command `l2tp`.
@main
enum Main {
    static func main() {
        let program = Program(
            console: .process,
            save: { namespace in
                Saver(
                    networks: .kernel(in: namespace), store: FileOwnershipStore(of: namespace),
                    machineID: .ofThisMachine)
            }, connect: { .kernel(in: $0) })
        exit(program.run(CommandLine.arguments).rawValue)
    }
}
