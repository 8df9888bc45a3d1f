/// A kernel module, and why a request for what it provides may have found nothing.
///
/// The kernel loads modules by itself when a generic netlink family or a protocol is first asked for,
/// unless the module is missing or the administrator forbade it.
public struct KernelModule: Hashable, Sendable {
    /// The module's name, as `l2tp_eth`.
    public var name: String

    /// A module by name; `-` and `_` mean the same.
    public init(_ name: String) {
        self.name = name
    }

    /// What can be seen of a module.
    public enum State: Hashable, Sendable {
        /// It is loaded or built into the kernel.
        case present
        /// It is installed and nothing forbids loading it.
        case installed
        /// It is installed, but must not be loaded on demand: a `blacklist` line of a modprobe.d file, or
        /// `modprobe.blacklist=` on the kernel's command line (then the file is `/proc/cmdline`).
        case blacklisted(file: String)
        /// It is installed, but an `install` line of a modprobe.d file does something else instead of
        /// loading it.
        case disabled(file: String)
        /// It is installed, but the kernel itself refuses it: `module_blacklist=` on its command line.
        case forbidden
        /// It is not installed for the running kernel.
        case missing
        /// The running kernel's module directory is not visible from here.
        case unknown
    }

    /// Where the configuration of modprobe(8) lies, in the order of its precedence.
    private static let configurationFolders = [
        "/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d", "/usr/lib/modprobe.d", "/lib/modprobe.d",
    ]

    /// Looks at the running system, below another root folder if one is given.
    public func state(root: String = "") -> State {
        let files = SystemFiles(root: root)
        if files.hasFolder("/sys/module/\(name)") { return .present }
        guard let release = files.text("/proc/sys/kernel/osrelease") else { return .unknown }
        let folder = "/lib/modules/\(release.split(whereSeparator: \.isWhitespace).first ?? "")"
        guard let installed = files.text("\(folder)/modules.dep") else { return .unknown }
        if mentions(files.text("\(folder)/modules.builtin") ?? "") { return .present }
        guard mentions(installed) else { return .missing }
        let commandLine = files.text("/proc/cmdline") ?? ""
        if has("module_blacklist", in: commandLine) { return .forbidden }
        // A file stands for all of the same name in later folders.
        var seen: Set<String> = []
        var blacklist = has("modprobe.blacklist", in: commandLine) ? "/proc/cmdline" : nil
        for folder in Self.configurationFolders {
            for file in files.names(in: folder) where file.hasSuffix(".conf") && seen.insert(file).inserted {
                let path = "\(folder)/\(file)"
                let lines = configuration(files.text(path) ?? "")
                if lines.contains("install") { return .disabled(file: path) }
                if lines.contains("blacklist") { blacklist = blacklist ?? path }
            }
        }
        return blacklist.map(State.blacklisted) ?? .installed
    }

    /// Whether a list of module files (modules.dep, modules.builtin) has the module.
    private func mentions(_ list: String) -> Bool {
        list.split(separator: "\n").contains { line in
            guard let path = line.split(separator: ":", maxSplits: 1).first,
                let file = path.split(separator: "/").last,
                let stem = file.split(separator: ".").first
            else { return false }
            return isSameName(stem)
        }
    }

    /// The first words of those lines of a modprobe.d file that keep the module from being loaded on
    /// demand: `blacklist NAME`, and `install NAME` with a command that loads nothing.
    private func configuration(_ text: String) -> Set<Substring> {
        var found: Set<Substring> = []
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count >= 2, isSameName(words[1]) else { continue }
            switch words[0] {
            case "blacklist":
                found.insert(words[0])
            case "install":
                guard words.count >= 3, words[2].hasSuffix("/false") || words[2].hasSuffix("/true") else { continue }
                found.insert(words[0])
            default:
                break
            }
        }
        return found
    }

    /// Whether a list on the kernel's command line, as `module_blacklist=a,b`, has the module.
    private func has(_ list: String, in commandLine: String) -> Bool {
        commandLine.split(whereSeparator: \.isWhitespace).contains { word in
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0] == list else { return false }
            return parts[1].split(separator: ",").contains(where: isSameName)
        }
    }

    private func isSameName(_ other: some StringProtocol) -> Bool {
        other.utf8.count == name.utf8.count
            && zip(other.utf8, name.utf8).allSatisfy { left, right in
                left == right || [left, right].allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            }
    }
}
