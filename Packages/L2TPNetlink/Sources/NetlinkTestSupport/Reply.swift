internal import CLibmnl
internal import Netlink
internal import SystemPackage

/// A message of the kernel before it has a sequence number and a receiver.
struct Reply {
    let type: NetlinkMessageType
    var flags: NetlinkMessageFlags
    private let payload: [UInt8]

    /// A message of a payload.
    init(_ type: NetlinkMessageType, flags: NetlinkMessageFlags = [], payload: [UInt8]) {
        self.type = type
        self.flags = flags
        self.payload = payload
    }

    /// A message whose payload `build` appends.
    init(
        _ type: NetlinkMessageType,
        flags: NetlinkMessageFlags = [],
        _ build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void
    ) {
        self.init(type, flags: flags, payload: Self.payload(build))
    }

    /// The kernel's verdict on a request; an error repeats the whole request, success its header.
    init(acknowledging request: [UInt8], _ errno: Errno?) {
        let number = UInt32(bitPattern: -(errno?.rawValue ?? 0))
        let repeated = errno == nil ? request.prefix(NetlinkMessageHeader.encodedByteCount) : request[...]
        self.init(.error, flags: errno == nil ? .capped : [], payload: hostBytes(number) + repeated)
    }

    /// The end of a dump.
    static let done = Self(.done, flags: .multipart, payload: [0, 0, 0, 0])

    /// The message to one receiver.
    func bytes(sequence: UInt32, portID: UInt32) -> [UInt8] {
        var writer = NetlinkMessageWriter(
            type, flags: flags, sequence: sequence, portID: portID, capacity: payload.count + 32)
        do throws(NetlinkError) {
            try writer.append(header: payload)
        } catch {
            preconditionFailure("the reply does not fit its buffer")
        }
        return [UInt8](copying: writer.bytes)
    }

    /// The bytes of what `build` appends, to be nested without `NLA_F_NESTED` as l2tp does it.
    static func payload(_ build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void) -> [UInt8] {
        var writer = NetlinkMessageWriter(.noOperation, flags: [], sequence: 0, capacity: 8192)
        do throws(NetlinkError) {
            try build(&writer)
        } catch {
            preconditionFailure("the reply does not fit its buffer")
        }
        return Array([UInt8](copying: writer.bytes).dropFirst(NetlinkMessageHeader.encodedByteCount))
    }
}
