public import SystemPackage

/// What tells a file from all others that exist at the same time, whatever names it has.
public struct FileIdentity: Hashable, Sendable {
    /// The number of the file system (`st_dev`).
    public var deviceID: DeviceID
    /// The number in the file system (`st_ino`), which another file may have when this one is gone.
    public var inode: Inode

    /// The identity of a file that was looked at.
    public init(_ status: Stat) {
        deviceID = status.deviceID
        inode = status.inode
    }
}
