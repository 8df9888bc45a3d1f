import CommandLineSupport
import L2TPConfig
import L2TPConfigTOML
import Netlink
import SystemPackage

/// Where configurations come from.
protocol ConfigurationSource {
    /// The names in a folder, sorted; nil if the path is that of a file.
    func names(in path: String) throws(Errno) -> [String]?
    /// A file's bytes, and whether others than its owner can read it. The path `-` means standard input.
    func read(_ path: String) throws(Errno) -> (bytes: [UInt8], isReadableByOthers: Bool)
    /// Reads files that configurations name.
    var secrets: any SecretReader { get }
}

extension SystemConfigurations: ConfigurationSource {}

extension ConfigurationSource {
    /// Reads what command lines name: files, and of folders the files `*.toml` in the order of their names.
    ///
    /// Throws ``Failure`` if one cannot be read, or a folder has none.
    func texts(_ paths: [String]) throws(Failure) -> ConfigurationTexts {
        var files: [ConfigurationFile] = []
        for path in paths {
            guard let names = try attempt(path, { () throws(Errno) in try names(in: path) }) else {
                files.append(try file(path))
                continue
            }
            let chosen = ConfigurationFile.names(in: names)
            guard !chosen.isEmpty else {
                let pattern = "*\(ConfigurationFile.nameEnding)"
                throw Failure(
                    "no file \(pattern) is in \(path)",
                    remedy: "l2tp-apply --down removes all that it has created; an empty file \(pattern) there says "
                        + "that nothing is to exist", .invalid)
            }
            for name in chosen {
                files.append(try file(path.hasSuffix("/") ? path + name : "\(path)/\(name)"))
            }
        }
        return ConfigurationTexts(files: files, hasStandardInput: paths.contains("-"), secrets: secrets)
    }

    /// Reads and parses what command lines name.
    ///
    /// Throws ``Failure`` if a file cannot be read. What is wrong with the contents is part of the reading.
    func load(_ paths: [String]) throws(Failure) -> ConfigurationReading {
        try texts(paths).read().reading
    }

    private func file(_ path: String) throws(Failure) -> ConfigurationFile {
        let (bytes, isReadableByOthers) = try attempt(path) { () throws(Errno) in try read(path) }
        let name = path == "-" ? "<stdin>" : path
        return ConfigurationFile(name: name, bytes: bytes, isReadableByOthers: isReadableByOthers)
    }

    private func attempt<Value>(_ path: String, _ body: () throws(Errno) -> Value) throws(Failure) -> Value {
        do {
            return try body()
        } catch {
            let remedy: String? =
                switch path {
                case Options.folder where error == .noSuchFileOrDirectory:
                    "make the folder and write what is to exist into a file there, as l2tp.toml(5) says; or name a file"
                case _ where error == .noSuchFileOrDirectory && PlainWords.isOption("--\(path)"):
                    "did you mean --\(path)?"
                default: error == .permissionDenied ? "run as root, or as a user that may read it" : nil
                }
            throw Failure(
                "cannot read \(path): \(error) (\(error.symbol))", remedy: remedy,
                error == .permissionDenied ? .notPermitted : .invalid)
        }
    }
}
