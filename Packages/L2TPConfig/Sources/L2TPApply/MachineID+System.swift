public import L2TPConfig
internal import Netlink
internal import SystemPackage

extension MachineID {
    /// The identity in `/etc/machine-id` (machine-id(5)); nil if there is none yet.
    public static var ofThisMachine: Self? {
        guard let bytes = try? FileSystem.read(FilePath("/etc/machine-id"), atMost: 64) else { return nil }
        return Self(String(decoding: bytes, as: UTF8.self))
    }
}
