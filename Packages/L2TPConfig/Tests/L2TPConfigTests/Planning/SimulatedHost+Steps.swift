import L2TPConfig
import L2TPModel
import L2TPWire

extension SimulatedHost {
    /// One request to the kernel.
    enum Request {
        case createTunnel(TunnelSpecification)
        case deleteTunnel(TunnelID)
        case createSession(SessionSpecification)
        case deleteSession(SessionKey)
        case modify(SessionKey, SessionModification)
        case link(SessionKey, LinkRequest)
    }

    /// The requests that a step is made of.
    func requests(of step: Step) -> [Request] {
        switch step {
        case .modifySession(let key, let modification, _): [.modify(key, modification)]
        case .deleteSession(let snapshot): [.deleteSession(snapshot.specification.key)]
        case .deleteTunnel(let snapshot): [.deleteTunnel(snapshot.specification.id)]
        case .createTunnel(let specification): [.createTunnel(specification)]
        case .createSession(let specification, let setup):
            [.createSession(specification)] + requests(of: setup, for: specification.key, isUp: false)
        case .setUpInterface(let key, let setup, let previous):
            requests(of: setup, for: key, isUp: previous.link.isUp)
        }
    }

    private func requests(of setup: InterfaceSetup, for key: SessionKey, isUp: Bool) -> [Request] {
        var requests: [LinkRequest] = setup.addressesToRemove.map { .remove($0) }
        if let namespace = setup.namespace { requests.append(.move(namespace)) }
        if let address = setup.macAddress { requests += [.setUp(false), .setMAC(address)] }
        if let mtu = setup.mtu { requests.append(.setMTU(mtu)) }
        if let alias = setup.alias { requests.append(.setAlias(alias)) }
        if let master = setup.master { requests.append(.setMaster(master)) }
        if let isUp = setup.isUp { requests.append(.setUp(isUp)) }
        requests += setup.addressesToAdd.map { .add($0) }
        return requests.map { .link(key, $0) }
    }

    /// Carries out one request.
    mutating func perform(_ request: Request) throws(Refusal) {
        switch request {
        case .createTunnel(let specification): try createTunnel(specification)
        case .deleteTunnel(let id): try deleteTunnel(id)
        case .createSession(let specification): try createSession(specification)
        case .deleteSession(let key): try deleteSession(key)
        case .modify(let key, let modification): try modify(key, modification)
        case .link(let key, let request): try change(key, request)
        }
    }

    /// Carries out all requests of some steps.
    mutating func perform(_ steps: [Step]) throws(Refusal) {
        for step in steps {
            for request in requests(of: step) { try perform(request) }
        }
    }
}
