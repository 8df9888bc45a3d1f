import Glibc
import Netlink
import SystemPackage

/// Where the program writes to and reads batch lines from.
struct Console {
    /// Writes text to standard output.
    var write: (String) throws(Errno) -> Void
    /// Writes bytes of text to standard output without looking at them; nil if only ``write`` can.
    var writeBytes: ((ArraySlice<UInt8>) throws(Errno) -> Void)?
    /// Writes text to standard error.
    var writeError: (String) -> Void
    /// Whether somebody watches standard error.
    var errorIsTerminal: Bool
    /// Opens a file of batch lines, `-` for standard input; the result yields a line, with its end, or nil at
    /// the end of the file.
    var openLines: (String) throws(Errno) -> () -> String?
    /// The size of the terminal that standard output is; nil if it is none.
    var terminalSize: () -> TerminalSize? = { nil }
    /// Asks the one who sits at the terminal, and returns the answer; nil if nobody can be asked.
    var ask: ((String) -> String)?
    /// Time for what is done again and again.
    var pacing: () throws(NetlinkError) -> any Pacing = { () throws(NetlinkError) in try SystemPacing() }
    /// Standard output, of which it can be told when nobody reads it any more; nil if it cannot.
    var output: FileDescriptor?
    /// Lets SIGINT and SIGTERM end the program with success.
    var endOnSignals: () -> Void = {}

    /// The standard streams of the process.
    static var process: Self {
        Self(
            write: { text throws(Errno) in try writeAll(text, to: .standardOutput) },
            writeBytes: { bytes throws(Errno) in try writeAll(bytes, to: .standardOutput) },
            writeError: { text in try? writeAll(text, to: .standardError) },
            errorIsTerminal: isatty(FileDescriptor.standardError.rawValue) == 1,
            openLines: { file throws(Errno) in
                if file != "-" { try redirectStandardInput(to: file) }
                return { readLine(strippingNewline: false) }
            },
            terminalSize: { TerminalSize(of: .standardOutput) },
            ask: isatty(FileDescriptor.standardInput.rawValue) == 1
                && isatty(FileDescriptor.standardError.rawValue) == 1
                ? { question in
                    try? writeAll(question, to: .standardError)
                    return readLine() ?? ""
                } : nil,
            output: .standardOutput,
            endOnSignals: {
                // Every line is written at once, so that there is nothing to finish.
                for number in [SIGINT, SIGTERM] { signal(number) { _ in _exit(0) } }
            })
    }

    private static func writeAll(_ text: String, to descriptor: FileDescriptor) throws(Errno) {
        try writeAll(text.utf8, to: descriptor)
    }

    private static func writeAll(_ bytes: some Sequence<UInt8>, to descriptor: FileDescriptor) throws(Errno) {
        do {
            try descriptor.writeAll(bytes)
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    private static func redirectStandardInput(to file: String) throws(Errno) {
        do {
            // Reading a folder would look like an empty file.
            if let folder = try? FileDescriptor.open(FilePath(file), .readOnly, options: .directory) {
                try folder.close()
                throw Errno.isDirectory
            }
            let descriptor = try FileDescriptor.open(FilePath(file), .readOnly, options: .closeOnExec)
            guard descriptor != .standardInput else { return }
            _ = try descriptor.duplicate(as: .standardInput)
            try descriptor.close()
        } catch {
            throw error as? Errno ?? .ioError
        }
    }
}
