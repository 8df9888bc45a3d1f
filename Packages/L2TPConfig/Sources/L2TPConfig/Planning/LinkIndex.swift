internal import L2TPModel

/// The links of all network namespaces of a state, by name.
struct LinkIndex {
    /// The links of one network namespace.
    private struct Names {
        let links: [Link]
        let indexes: [String: Int]

        init(_ links: [Link]) {
            self.links = links
            indexes = Dictionary(
                zip(links.lazy.map(\.name), links.indices), uniquingKeysWith: { first, _ in first })
        }

        subscript(name: String) -> Link? { indexes[name].map { links[$0] } }
    }

    private let own: Names
    private let named: [String: Names]

    init(_ state: CurrentState) {
        own = Names(state.links)
        named = state.namespaces.compactMapValues { $0.map(Names.init) }
    }

    /// The link of a name in a named network namespace, or where the tunnels are; nil if there is none or nothing is
    /// known about the namespace.
    subscript(name: String, in namespace: String?) -> Link? {
        guard let namespace else { return own[name] }
        return named[namespace]?[name]
    }
}
