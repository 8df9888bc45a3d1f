import L2TPConfig
import SystemPackage

/// A configuration in a file of its own, for the program.
final class ConfigurationFolder {
    let name: String
    let path: String
    let configuration: Configuration

    init(_ name: String, _ configuration: Configuration) throws {
        self.name = name
        self.configuration = configuration
        path = "/tmp/\(UniqueName.next())-\(name).toml"
        try write(configuration)
    }

    deinit {
        SystemCalls.removeFile(path)
    }

    /// Puts another configuration into the file.
    func write(_ configuration: Configuration) throws {
        try Kernel.write(ConfigurationText.text(configuration), to: path)
    }
}

extension Shell {
    /// The path or name of our own command, from the environment variable `L2TP_APPLY_COMMAND`.
    static var apply: String { Environment["L2TP_APPLY_COMMAND"] ?? "l2tp-apply" }
}
