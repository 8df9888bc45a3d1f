internal import CLibmnl
internal import Glibc
public import SystemPackage

/// How many characters a terminal shows.
public struct TerminalSize: Hashable, Sendable {
    /// Characters in a line.
    public var columns: Int
    /// Lines.
    public var rows: Int

    /// A size from its parts.
    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// The size of the terminal that a descriptor leads to (`TIOCGWINSZ`), 80 times 24 if that does not know it; nil if
    /// the descriptor leads to no terminal.
    public init?(of descriptor: FileDescriptor) {
        guard isatty(descriptor.rawValue) == 1 else { return nil }
        var size = winsize()
        let status = unsafe ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size)
        let isKnown = status == 0 && size.ws_col > 0 && size.ws_row > 0
        self.init(columns: isKnown ? Int(size.ws_col) : 80, rows: isKnown ? Int(size.ws_row) : 24)
    }
}
