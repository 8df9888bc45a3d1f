internal import L2TPModel
internal import L2TPWire

extension Planning {
    /// Plans a configured session that exists, at a place in ``current``, in a tunnel that stays or goes.
    mutating func plan(
        _ session: SessionConfiguration, in tunnel: TunnelConfiguration, at index: Int, tunnelGoes: Bool
    ) {
        let present = current.sessions[index]
        sessionFates[index] = .stays
        checkSurroundings(session, in: tunnel)
        let found = FoundSession(present, owned.sessions[present.key], current.interfaces[present.key])
        let comparison = compare(session, in: tunnel, with: found)
        guard found.isOwned || adopts else {
            if tunnelGoes {
                return note(
                    tunnel.path(of: session),
                    "\(present.key) was not created by l2tp-apply, but its tunnel has to be created anew",
                    remedy: "--adopt takes the session over")
            }
            guard comparison.isEmpty else {
                return note(
                    tunnel.path(of: session),
                    "\(present.key) exists and was not created by l2tp-apply; it differs in "
                        + comparison.attributes.map(\.key).joined(separator: ", "),
                    remedy: "--adopt takes it over and changes it")
            }
            unchangedCount += 1
            return
        }
        if !found.isOwned, present.pseudowireType != .ethernet {
            return note(
                tunnel.path(of: session),
                "\(present.key) cannot be taken over: it carries \(present.pseudowireType), not Ethernet frames")
        }
        ownership.sessions[present.key] = session.entry
        if tunnelGoes || comparison.forcesRecreation {
            recreate(session, in: tunnel, at: index, found, comparison, withTunnel: tunnelGoes)
        } else if !comparison.isEmpty {
            modify(session, in: tunnel, found, comparison)
        } else if found.isOwned {
            unchangedCount += 1
        } else {
            change(.adopt, session, in: tunnel)
        }
    }

    /// Plans a configured session that does not exist.
    mutating func create(_ session: SessionConfiguration, in tunnel: TunnelConfiguration) {
        // A run that was killed after the deletion has left what the interface had.
        let kept = owned.sessions[session.specification.key]?.kept(for: session.interface)
        checkSurroundings(session, in: tunnel)
        createdSessions.append(Creation(tunnel: tunnel, session: session))
        ownership.sessions[session.specification.key] = session.entry
        if kept != nil {
            var intention = session.entry
            intention.kept = kept
            intended.sessions[session.specification.key] = intention
        }
        let setup = setup(of: session, in: tunnel, inheriting: kept)
        change(.create, session, in: tunnel, steps: [.createSession(session.specification, setup)])
    }

    /// A session that is to go.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - sublayer: What its sublayer is if nobody knows, as of one that is taken over.
    /// - Returns: What creates it again.
    func snapshot(of session: Session, adoptedAs sublayer: L2SpecificSublayer) -> SessionSnapshot {
        let recorded = owned.specification(of: session)?.l2SpecificSublayer
        return SessionSnapshot(
            specification: SessionSpecification(session, recorded ?? sublayer),
            interface: current.interfaces[session.key])
    }

    private mutating func recreate(
        _ session: SessionConfiguration, in tunnel: TunnelConfiguration, at index: Int, _ found: FoundSession,
        _ comparison: Comparison, withTunnel: Bool
    ) {
        sessionFates[index] = .goes
        createdSessions.append(Creation(tunnel: tunnel, session: session))
        let snapshot = snapshot(of: found.session, adoptedAs: session.specification.l2SpecificSublayer)
        let kept = found.kept(for: session.interface)
        var intention = session.entry.including(found, or: snapshot.specification)
        intention.kept = kept
        intended.sessions[found.session.key] = intention
        let creation = Step.createSession(
            session.specification, setup(of: session, in: tunnel, inheriting: kept))
        change(
            .recreate, session, in: tunnel, comparison.attributes,
            steps: withTunnel ? [creation] : [.deleteSession(snapshot), creation])
    }

    private mutating func modify(
        _ session: SessionConfiguration, in tunnel: TunnelConfiguration, _ found: FoundSession, _ comparison: Comparison
    ) {
        let key = found.session.key
        let sublayer = session.specification.l2SpecificSublayer
        var intention = session.entry.including(found, or: SessionSpecification(found.session, sublayer))
        var steps: [Step] = []
        if !comparison.modification.isEmpty {
            steps.append(
                .modifySession(
                    key, comparison.modification, previous: comparison.modification.previous(in: found.session)))
        }
        if let interface = found.interface, !comparison.setup.isEmpty {
            steps.append(.setUpInterface(key, comparison.setup, previous: interface))
            if let namespace = comparison.setup.namespace {
                moves.append(Move(path: tunnel.path(of: session), name: interface.link.name, to: namespace))
            }
            if comparison.setup.losesAddresses(of: interface) {
                intention.kept = found.kept(for: session.interface)
            }
        }
        if intention.kept == nil { intention.kept = found.record?.kept }
        intended.sessions[key] = intention
        let action: Change.Action = comparison.modification.isEmpty ? .link : .modify
        change(action, session, in: tunnel, comparison.attributes, steps: steps)
    }

    private mutating func change(
        _ action: Change.Action, _ session: SessionConfiguration, in tunnel: TunnelConfiguration,
        _ attributes: [AttributeChange] = [], steps: [Step] = []
    ) {
        changes.append(
            Change(
                action, .session(session.specification.key), name: session.name, path: tunnel.path(of: session),
                attributes: attributes, steps: steps))
    }
}

extension SessionConfiguration {
    /// What is recorded when the session is as it is configured.
    var entry: Ownership.OwnedSession {
        Ownership.OwnedSession(
            name: name, specifications: [specification], addresses: interface.addresses,
            masterName: interface.master?.name.text, namespace: interface.namespace, interface: interface)
    }
}

extension Ownership.OwnedSession {
    /// The entry that also covers a session as it was found, and all that may become of it on the way.
    ///
    /// - Parameters:
    ///   - found: The session.
    ///   - specification: What it is if it is not owned.
    /// - Returns: The entry, in which nothing is kept.
    func including(_ found: FoundSession, or specification: SessionSpecification) -> Self {
        var entry = self
        let earlier = found.isOwned ? found.matching : [specification]
        entry.specifications = earlier
        entry.specifications.formUnion(specifications)
        guard let record = found.record else { return entry }
        entry.addresses = record.addresses
        for address in addresses where !entry.gave(address) { entry.addresses.append(address) }
        entry.formerMasterNames = []
        entry.formerMasterNames.formUnion(
            (record.formerMasterNames + [record.masterName].compactMap(\.self)).filter { $0 != masterName })
        entry.formerNamespaces = []
        entry.formerNamespaces.formUnion(
            (record.formerNamespaces + [record.namespace].compactMap(\.self)).filter { $0 != namespace })
        return entry
    }
}

extension SessionSpecification {
    /// What creates a session again.
    init(_ session: Session, _ sublayer: L2SpecificSublayer) {
        self.init(
            tunnelID: session.tunnelID, id: session.id, peerID: session.peerID, pseudowireType: session.pseudowireType,
            l2SpecificSublayer: sublayer, cookie: session.cookie, peerCookie: session.peerCookie,
            sendsSequenceNumbers: session.sendsSequenceNumbers,
            requiresSequenceNumbers: session.requiresSequenceNumbers, lnsMode: session.lnsMode,
            reorderTimeout: session.reorderTimeout,
            interfaceName: session.interfaceName.flatMap { try? InterfaceName($0) })
    }
}

extension SessionModification {
    /// What restores in a session what the modification changes.
    func previous(in session: Session) -> Self {
        Self(
            requiresSequenceNumbers: requiresSequenceNumbers.map { _ in session.requiresSequenceNumbers },
            sendsSequenceNumbers: sendsSequenceNumbers.map { _ in session.sendsSequenceNumbers },
            lnsMode: lnsMode.map { _ in session.lnsMode },
            reorderTimeout: reorderTimeout.map { _ in session.reorderTimeout })
    }
}
