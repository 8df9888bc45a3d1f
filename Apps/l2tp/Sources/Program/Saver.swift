import L2TPApply
import L2TPConfig
import L2TPNetlink
import Netlink
import SystemPackage

/// Runs `l2tp save`: prints what there is as a configuration.
struct Saver<Transport: NetlinkTransport & ~Copyable> {
    private let networks: Networks<Transport>
    private let store: any OwnershipStore
    private let machineID: MachineID?

    /// A saver of the tunnels and interfaces in some networks.
    ///
    /// - Parameters:
    ///   - networks: The networks.
    ///   - store: What l2tp-apply(8) has recorded about them.
    ///   - machineID: What tells MAC addresses that need not be written, for they are derived from it.
    init(networks: Networks<Transport>, store: any OwnershipStore, machineID: MachineID?) {
        self.networks = networks
        self.store = store
        self.machineID = machineID
    }

    /// Runs with the words after `save`.
    func run(_ words: [String], _ console: Console, _ personality: Personality, _ output: OutputOptions) -> Status {
        do throws(Failure) {
            var rest = words
            let options = try CommandOptions(takenFrom: &rest, of: .save)
            if let word = rest.first {
                if ["-h", "--help", "-help"].contains(word) {
                    return try write(personality.help(of: .save) + "\n", console)
                }
                if word == "help" {
                    console.writeError(personality.help(of: .save) + "\n")
                    return .usage
                }
                throw Failure("save: it takes no words, so \"\(word)\" cannot follow", .usage)
            }
            if output != OutputOptions() { throw Failure("save: it prints TOML and nothing else", .usage) }
            return try write(text(withCookies: options.withCookies), console)
        } catch {
            for problem in error.problems { console.report(problem, at: personality.rawValue) }
            return error.status
        }
    }

    private func text(withCookies: Bool) throws(Failure) -> String {
        do throws(ApplyError) {
            var applier = try Applier(networks, store: store, machineID: machineID)
            let (configuration, remarks) = try applier.currentConfiguration()
            return configuration.toml(withCookies: withCookies, remarks: remarks)
        } catch {
            throw Failure(error.description, .failure)
        }
    }

    private func write(_ text: String, _ console: Console) throws(Failure) -> Status {
        do throws(Errno) {
            if !text.isEmpty { try console.write(text) }
            return .success
        } catch {
            throw Failure(error == .brokenPipe ? "" : "cannot write: \(error) (\(error.symbol))", .failure)
        }
    }
}
