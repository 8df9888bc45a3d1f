internal import SystemPackage

extension Exchange where Transport: ~Copyable {
    /// Asks for a whole list that is thought to be short, and stops reading it when it is not.
    ///
    /// A list cannot be left in the middle, for the kernel refuses the next before this one has been read: the
    /// exchange and its transport end with the call.
    ///
    /// - Parameters:
    ///   - type: What the message is.
    ///   - limit: How many members the list may have.
    ///   - build: Appends the protocol's header and the attributes.
    ///   - member: Takes one member of the list.
    /// - Returns: Whether that was the whole list; false if it has more members, or changed while it was read.
    /// - Throws: ``NetlinkError``, with operation `request` where the kernel refused.
    public consuming func shortDump(
        _ type: NetlinkMessageType,
        limit: Int,
        build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void,
        member: (borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> Bool {
        try send(type, flags: [.request, .dump], build)
        var count = 0
        var finished = false
        var isComplete = true
        while !finished, count <= limit {
            try receive { (message) throws(NetlinkError) in
                if message.header.flags.contains(.dumpInterrupted) { isComplete = false }
                switch message.header.type {
                case .done, .error:
                    finished = true
                    if let error = try Acknowledgement(message).error { throw error }
                case .noOperation:
                    break
                default:
                    count += 1
                    try member(message)
                }
            }
        }
        return finished && isComplete && count <= limit
    }
}
