public import SystemPackage

/// The stream by which a program's output gets into systemd's journal.
public enum JournalStream {
    /// Whether a descriptor leads to the journal, which reads a priority at the beginning of each line (sd-daemon(3)).
    ///
    /// - Parameters:
    ///   - descriptor: The descriptor.
    ///   - variable: The variable `JOURNAL_STREAM`, which names the journal's socket by device and inode, as `8:12345`.
    /// - Returns: Whether it is that socket.
    public static func isBehind(_ descriptor: FileDescriptor, _ variable: String?) -> Bool {
        guard let variable, let status = try? descriptor.stat() else { return false }
        return variable == "\(status.deviceID.rawValue):\(status.inode.rawValue)"
    }
}
