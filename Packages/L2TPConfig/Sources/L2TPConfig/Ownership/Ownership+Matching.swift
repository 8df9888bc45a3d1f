public import L2TPModel
internal import L2TPWire

extension Ownership {
    /// Whether a tunnel is recorded and is what was recorded.
    public func owns(_ tunnel: Tunnel) -> Bool { specification(of: tunnel) != nil }

    /// Whether a session is recorded and is what was recorded, but for what the kernel changes in place.
    public func owns(_ session: Session) -> Bool { specification(of: session) != nil }

    /// What a tunnel was created from; nil if it is not owned.
    public func specification(of tunnel: Tunnel) -> TunnelSpecification? {
        tunnels[tunnel.id]?.specifications.first(where: tunnel.fulfils)
    }

    /// What a session was created from, which tells what the kernel does not: its L2-specific sublayer. Nil if it is
    /// not owned.
    public func specification(of session: Session) -> SessionSpecification? {
        sessions[session.key]?.specifications.first(where: session.mayHaveBeenCreated)
    }
}

extension Ownership.OwnedSession {
    /// Whether a bridge or VRF is one that the interface was given to.
    func gave(to masterName: String) -> Bool {
        self.masterName == masterName || formerMasterNames.contains(masterName)
    }

    /// Whether a named network namespace is one that the interface was moved to.
    func moved(to namespace: String) -> Bool {
        self.namespace == namespace || formerNamespaces.contains(namespace)
    }

    /// Whether an address is one that was given to the interface.
    func gave(_ address: AddressSpecification) -> Bool {
        addresses.contains { $0.isSame(as: address) }
    }
}

extension Tunnel {
    /// Whether the tunnel is as a specification asks for. The kernel replaces a wildcard by the address it chooses, and
    /// has no checksums of the other IP version.
    package func fulfils(_ specification: TunnelSpecification) -> Bool {
        guard id == specification.id, peerID == specification.peerID,
            protocolVersion == specification.protocolVersion, peer == specification.peer,
            local == specification.local || specification.local.isAny && local?.version == specification.local.version
        else { return false }
        switch (encapsulation, specification.encapsulation) {
        case (.udp(let present), .udp(let wanted)):
            guard present.sourcePort == wanted.sourcePort, present.destinationPort == wanted.destinationPort else {
                return false
            }
            switch specification.peer.version {
            case .v4: return present.ipv4Checksum == wanted.ipv4Checksum
            case .v6:
                return present.ipv6TransmitChecksum == wanted.ipv6TransmitChecksum
                    && present.ipv6ReceiveChecksum == wanted.ipv6ReceiveChecksum
            }
        case (.ip, .ip): return true
        case (.udp, _), (.ip, _), (.other, _): return false
        }
    }
}

extension Session {
    /// Whether the session can have been created from a specification: it differs in nothing but what the kernel
    /// changes in place.
    package func mayHaveBeenCreated(from specification: SessionSpecification) -> Bool {
        differences(from: specification).allSatisfy(\.isModifiable)
    }
}

extension AddressSpecification {
    /// Whether an interface has the one if it has the other: how an address was checked for duplicates does not
    /// matter.
    package func isSame(as other: Self) -> Bool {
        address == other.address && peer == other.peer && prefixBitCount == other.prefixBitCount
    }
}
