public import Netlink
public import SystemPackage

/// Where a text goes that node_exporter's textfile collector is to read.
public enum Textfile: Hashable, Sendable {
    /// Standard output.
    case standardOutput
    /// A file, which is replaced as a whole. The collector reads files that end in `.prom`.
    case file(FilePath)

    /// What a command line names: a path, or `-` for standard output.
    public init(_ argument: String) {
        self = argument == "-" ? .standardOutput : .file(FilePath(argument))
    }

    /// Whether the textfile collector would read it.
    public var isFoundByCollector: Bool {
        switch self {
        case .standardOutput: true
        case .file(let path): path.extension == "prom"
        }
    }

    /// Writes a text of the format ``ExpositionFormat/text004``, the only one that the collector knows.
    ///
    /// Who reads the file finds the old text or the new one. Everybody may read it.
    ///
    /// Throws ``FileError`` with operation `open`, `write` or `replace`; the old file is there then.
    public func write(_ text: [UInt8]) throws(FileError) {
        switch self {
        case .file(let path):
            try FileSystem.replace(path, by: text, permissions: [.ownerReadWrite, .groupRead, .otherRead])
        case .standardOutput:
            do {
                _ = try FileDescriptor.standardOutput.writeAll(text)
            } catch {
                throw FileError(.write, "-", error as? Errno ?? .ioError)
            }
        }
    }
}
