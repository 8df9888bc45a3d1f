internal import Glibc

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
        /// It is installed, but a line of a modprobe.d file forbids loading it on demand.
        case blacklisted(file: String)
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
        if isFolder("\(root)/sys/module/\(name)") { return .present }
        guard let release = readText("\(root)/proc/sys/kernel/osrelease") else { return .unknown }
        let folder = "\(root)/lib/modules/\(release.split(whereSeparator: \.isWhitespace).first ?? "")"
        guard let installed = readText("\(folder)/modules.dep") else { return .unknown }
        if mentions(readText("\(folder)/modules.builtin") ?? "") { return .present }
        guard mentions(installed) else { return .missing }
        for folder in Self.configurationFolders {
            for file in fileNames(in: root + folder) where file.hasSuffix(".conf") {
                let path = "\(folder)/\(file)"
                if forbids(readText(root + path) ?? "") { return .blacklisted(file: path) }
            }
        }
        return .installed
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

    /// Whether a modprobe.d file keeps the module from being loaded on demand: `blacklist NAME`, or an
    /// `install NAME` command that loads nothing.
    private func forbids(_ configuration: String) -> Bool {
        configuration.split(separator: "\n").contains { line in
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count >= 2, isSameName(words[1]) else { return false }
            switch words[0] {
            case "blacklist": return true
            case "install": return words.count >= 3 && (words[2].hasSuffix("/false") || words[2].hasSuffix("/true"))
            default: return false
            }
        }
    }

    private func isSameName(_ other: some StringProtocol) -> Bool {
        other.utf8.count == name.utf8.count
            && zip(other.utf8, name.utf8).allSatisfy { left, right in
                left == right || [left, right].allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            }
    }

    private func isFolder(_ path: String) -> Bool {
        unsafe access("\(path)/.", F_OK) == 0
    }

    private func readText(_ path: String) -> String? {
        guard let file = unsafe fopen(path, "re") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = unsafe fread(&chunk, 1, chunk.count, file), count > 0 {
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The names of the files in a folder, sorted; empty if it cannot be read.
    private func fileNames(in folder: String) -> [String] {
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names.sorted()
    }
}
