internal import CLibmnl
internal import L2TPModel
internal import LinkControl
internal import SystemPackage

/// Several kernels as the network namespaces of one.
extension FakeKernel {
    /// The network namespace that links move to, whichever is asked for; nil stands for one that nobody sees. An interface
    /// that has moved goes with its session, which stays behind. Two that are each other's have to be parted at the end,
    /// for they hold each other.
    public var neighbor: FakeKernel? {
        get { change { $0.neighbor } }
        set { change { $0.neighbor = newValue } }
    }

    /// What ends all talk with the kernel; nil if nothing does.
    public var fuse: Fuse? {
        get { change { $0.fuse } }
        set { change { $0.fuse = newValue } }
    }

    /// Takes a link in that comes from another network namespace: down, without master, and with another number if its
    /// own is taken.
    func receive(_ row: LinkRow) throws(Errno) {
        try change { (state) throws(Errno) in
            guard !state.links.contains(where: { $0.link.name == row.link.name }) else { throw .fileExists }
            var row = row
            if state.links.contains(where: { $0.link.index == row.link.index }) {
                row.link.index = state.nextLinkIndex()
            }
            row.link.masterIndex = nil
            row.link.setUp(false)
            state.links.append(row)
            state.announce(row.link, RTM_NEWLINK)
        }
    }

    /// Removes the interface of a session that has gone.
    func removePseudowire(_ pseudowire: UInt32) {
        change { state in
            for index in state.links.indices where state.links[index].pseudowire == pseudowire {
                state.links[index].lifetime.finish()
            }
            state.removeEndedLinks()
        }
    }
}
