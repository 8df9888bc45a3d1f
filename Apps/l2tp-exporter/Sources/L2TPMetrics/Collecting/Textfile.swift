internal import Netlink
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

    /// The file if the textfile collector would not read it, for its name.
    public var pathMissedByCollector: FilePath? {
        switch self {
        case .standardOutput: nil
        case .file(let path): path.extension == "prom" ? nil : path
        }
    }

    /// Writes a text of the format ``ExpositionFormat/text004``, the only one that the collector knows.
    ///
    /// Who reads the file finds the old text or the new one. Everybody may read it.
    ///
    /// Throws ``TextfileError``; the old file is there then.
    public func write(_ text: [UInt8]) throws(TextfileError) {
        switch self {
        case .file(let path):
            do throws(FileError) {
                try FileSystem.replace(path, by: text, permissions: [.ownerReadWrite, .groupRead, .otherRead])
            } catch {
                // It may name the file that is put in its place.
                throw TextfileError(path, error.errno)
            }
        case .standardOutput:
            do {
                _ = try FileDescriptor.standardOutput.writeAll(text)
            } catch {
                throw TextfileError(nil, error as? Errno ?? .ioError)
            }
        }
    }
}
