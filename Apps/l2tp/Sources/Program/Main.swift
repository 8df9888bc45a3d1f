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
        // A reader that is gone is an error (EPIPE) to whatever is printed, so that what is being done is not left half-way.
        // If the signal cannot be taken, it has its usual effect.
        let pipes = try? SignalDescriptor([.brokenPipe])
        let status = program.run(CommandLine.arguments)
        // One that still waits would have its effect as soon as it is no longer blocked.
        while pipes?.next() != nil {}
        exit(status.rawValue)
    }
}
