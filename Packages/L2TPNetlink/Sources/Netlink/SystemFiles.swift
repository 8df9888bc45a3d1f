internal import Glibc
internal import SystemPackage

/// Reads small files and folders of the running system, or of one below another root folder.
struct SystemFiles {
    let root: String

    func hasFolder(_ path: String) -> Bool {
        unsafe access("\(root)\(path)/.", F_OK) == 0
    }

    /// The text of a file, malformed UTF-8 repaired; nil if it cannot be read.
    func text(_ path: String) -> String? {
        guard let file = unsafe fopen(root + path, "re") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = unsafe fread(&chunk, 1, chunk.count, file), count > 0 {
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The names in a folder but for `.` and `..`, sorted; empty if it cannot be read.
    func names(in folder: String) -> [String] {
        (try? Self.names(in: FilePath(root + folder)).get()) ?? []
    }

    /// The names in a folder but for `.` and `..`, sorted, or the error number of opening or reading it.
    static func names(in folder: FilePath) -> Result<[String], Errno> {
        guard let stream = unsafe folder.withPlatformString({ name in unsafe opendir(name) }) else {
            return .failure(Errno(rawValue: errno))
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        // readdir(3) returns nothing at the end too, and leaves errno alone there.
        errno = 0
        while let entry = unsafe readdir(stream) {
            // An entry is only as long as its name needs: the array of the C declaration may end behind it.
            guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return .failure(.ioError) }
            let start = unsafe UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let name = unsafe String(cString: start)
            if name != ".", name != ".." { names.append(name) }
            errno = 0
        }
        return errno == 0 ? .success(names.sorted()) : .failure(Errno(rawValue: errno))
    }
}
