internal import L2TPModel

/// The links of all network namespaces of a state, by name.
struct LinkIndex {
    private let own: [String: Link]
    private let named: [String: [String: Link]]

    init(_ state: CurrentState) {
        func byName(_ links: [Link]) -> [String: Link] {
            Dictionary(links.lazy.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }
        own = byName(state.links)
        named = state.namespaces.compactMapValues { $0.map(byName) }
    }

    /// The link of a name in a named network namespace, or where the tunnels are; nil if there is none or nothing is
    /// known about the namespace.
    subscript(name: String, in namespace: String?) -> Link? {
        guard let namespace else { return own[name] }
        return named[namespace]?[name]
    }
}
