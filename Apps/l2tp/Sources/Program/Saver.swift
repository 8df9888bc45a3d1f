import L2TPApply
import L2TPConfig
import L2TPModel
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
        try checkNamespace()
        do throws(ApplyError) {
            var applier = try Applier(networks, store: store, machineID: machineID)
            var (configuration, remarks) = try applier.currentConfiguration()
            if !withCookies, configuration.hasCookies {
                // The text is a valid configuration also without them, but not of what there is.
                let remark =
                    "Cookies are left out: as it stands, this asks for sessions without. l2tp save --with-cookies has them."
                remarks[ConfigurationPath()] = [remark, remarks[ConfigurationPath()]].compactMap { $0 }
                    .joined(separator: "\n")
            }
            return configuration.toml(withCookies: withCookies, remarks: remarks)
        } catch {
            throw Failure(error.description, .failure)
        }
    }

    /// Throws with the status that other commands have where a network namespace cannot be entered.
    private func checkNamespace() throws(Failure) {
        do throws(L2TPError) {
            _ = try L2TPClient(networks.tunnels)
        } catch {
            let isNamespace = error.reason == .namespace || error.reason == .notPermitted
            throw Failure(error.description, isNamespace ? .usage : .failure)
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

extension Configuration {
    /// Whether any session has a cookie.
    fileprivate var hasCookies: Bool {
        tunnels.contains {
            $0.sessions.contains { $0.specification.cookie != nil || $0.specification.peerCookie != nil }
        }
    }
}
