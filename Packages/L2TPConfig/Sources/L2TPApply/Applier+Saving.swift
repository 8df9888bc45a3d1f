public import L2TPConfig
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire

extension Applier where Transport: ~Copyable {
    /// What there is as a configuration, whoever has created it: a plan for it finds nothing to do.
    ///
    /// Interfaces that are not where their tunnels are, nor where they are recorded to be, are looked for by their names in
    /// all named network namespaces.
    ///
    /// - Returns: The configuration, and what there is to say about its parts, as that the kernel does not tell a
    ///   session's L2-specific sublayer, which is taken for the default then.
    /// - Throws: ``ApplyError`` with reason `record`, `notPermitted` or `other`.
    public mutating func currentConfiguration() throws(ApplyError) -> (
        configuration: Configuration, remarks: [ConfigurationPath: String]
    ) {
        let owned = try store.load()
        var state = try reader.read(&client, for: Configuration(), owned)
        try reader.findStrayInterfaces(&state)
        state.pathMTUs = try reader.pathMTUs(state.tunnels.filter { $0.peer != nil }.map(TunnelSpecification.init))
        return state.configuration(owned)
    }
}

extension StateReader where Transport: ~Copyable {
    /// Looks for the interfaces of sessions that are in none of the namespaces that were looked at.
    fileprivate func findStrayInterfaces(_ state: inout CurrentState) throws(ApplyError) {
        var reports: [String: Int] = [:]
        for case let name? in state.sessions.lazy.map(\.interfaceName) { reports[name, default: 0] += 1 }
        // A name that several report tells of none where it is.
        let strays = state.sessions.filter { session in
            state.interfaces[session.key] == nil && session.interfaceName.map { reports[$0] == 1 } ?? false
        }
        guard !strays.isEmpty else { return }
        var found: [SessionKey: [InterfaceState]] = [:]
        for namespace in access.namespaceNames where state.namespaces[namespace] == nil {
            // One that has just gone, or that may not be entered, hides nothing that could be configured.
            guard let view = try? view(namespace), let taken = try? sessionInterfaceNames(in: namespace) else {
                continue
            }
            state.namespaces.updateValue(view.links, forKey: namespace)
            for session in strays {
                guard let name = session.interfaceName, !taken.contains(name), let link = view.link(named: name) else {
                    continue
                }
                found[session.key, default: []].append(view.state(of: link, namespace: namespace))
            }
        }
        // Where there are several of the name, none is known to be it.
        for (key, states) in found where states.count == 1 { state.interfaces[key] = states[0] }
    }

    /// The names that the sessions of a named namespace report: their links are not those of sessions elsewhere.
    private func sessionInterfaceNames(in namespace: String) throws(L2TPError) -> Set<String> {
        var client = try L2TPClient(access.connector(namespace))
        return Set(try client.sessions().compactMap(\.interfaceName))
    }
}
