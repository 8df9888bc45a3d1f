internal import CLibmnl
internal import SystemPackage

/// The kernel's verdict on a request: `NLMSG_ERROR`, or the `NLMSG_DONE` that ends a dump.
struct Acknowledgement {
    /// Why the kernel refused; nil when it did not.
    let error: NetlinkError?

    /// Reads the error number and what an extended acknowledgement adds to it.
    init(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        let payload = message.payload
        // A dump of an old kernel may end without a number, which means success.
        if message.header.type == .done, payload.isEmpty {
            error = nil
            return
        }
        guard payload.count >= 4 else {
            throw .malformed("acknowledgement of \(payload.count) bytes lacks its error number")
        }
        let number = unsafe payload.withUnsafeBytes { unsafe $0.loadUnaligned(as: Int32.self) }
        guard number != 0 else {
            error = nil
            return
        }
        guard number < 0, number > Int32.min else {
            throw .malformed("acknowledgement bears the error number \(number), which is not negative")
        }
        var refusal = NetlinkError(.request, Errno(rawValue: -number))
        if message.header.flags.contains(.acknowledgeAttributes) {
            // Details only: if they are malformed, the error number still stands.
            try? Self.addDetails(of: message, to: &refusal)
        }
        error = refusal
    }

    private static func addDetails(
        of message: borrowing NetlinkMessage, to refusal: inout NetlinkError
    ) throws(NetlinkError) {
        let payload = message.payload
        var start = 4
        if message.header.type == .error {
            // The request's header follows, and its payload unless the acknowledgement is capped.
            start += NetlinkMessageHeader.encodedByteCount
            guard payload.count >= start else { return }
            if !message.header.flags.contains(.capped) {
                let length = unsafe payload.extracting(4..<8).withUnsafeBytes {
                    unsafe $0.loadUnaligned(as: UInt32.self)
                }
                guard length >= NetlinkMessageHeader.encodedByteCount, length <= payload.count else { return }
                start = 4 + (Int(length) + 3) & ~3
            }
        }
        guard payload.count >= start else { return }
        var reader = NetlinkAttributeReader(payload.extracting(droppingFirst: start))
        while let attribute = try reader.next() {
            switch attribute.type {
            case NetlinkAttributeType(Int(NLMSGERR_ATTR_MSG.rawValue)):
                let text = attribute.text
                if !text.isEmpty { refusal.message = text }
            case NetlinkAttributeType(Int(NLMSGERR_ATTR_OFFS.rawValue)):
                refusal.offset = Int(try attribute.number(UInt32.self))
            default:
                break
            }
        }
    }
}
