/// What waits to be done for clients, so arranged that none of them keeps out the others.
///
/// Clients take turns, however much each of them brings, and only one thing of each is under way at a time. When all
/// places are taken, whoever has most of them gives one up for a client that has fewer.
struct FairQueue<Client: Hashable, Element> {
    /// What becomes of an element that is to wait.
    enum Admission {
        /// It waits.
        case taken
        /// It waits, and this one does not any more.
        case takenInPlace(of: Element)
        /// There is no place for it.
        case refused
    }

    /// As many may wait.
    private let capacity: Int
    /// How many wait.
    private(set) var count = 0
    /// What waits of each client that has something waiting, in the order in which it came.
    private var waiting: [Client: [Element]] = [:]
    /// Those clients, in the order of their turns.
    private var turns: [Client] = []
    /// The clients of which something is under way.
    private var busy: Set<Client> = []

    /// An empty queue.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Lets an element wait for a client's turn.
    mutating func add(_ element: Element, of client: Client) -> Admission {
        var displaced: Element?
        if count >= capacity {
            let own = waiting[client, default: []].count
            guard let other = waiting.max(by: { $0.value.count < $1.value.count }), other.value.count > own + 1 else {
                return .refused
            }
            displaced = waiting[other.key]?.popLast()
            count -= 1
        }
        if waiting[client] == nil { turns.append(client) }
        waiting[client, default: []].append(element)
        count += 1
        return displaced.map(Admission.takenInPlace) ?? .taken
    }

    /// Takes out what is to be done next, and notes that something of its client is under way until ``end(of:)``; nil
    /// if nothing waits, or only of clients of which something is.
    mutating func next() -> (client: Client, element: Element)? {
        guard let turn = turns.firstIndex(where: { !busy.contains($0) }) else { return nil }
        let client = turns.remove(at: turn)
        guard var elements = waiting.removeValue(forKey: client), !elements.isEmpty else { return nil }
        let element = elements.removeFirst()
        count -= 1
        if !elements.isEmpty {
            waiting[client] = elements
            turns.append(client)
        }
        busy.insert(client)
        return (client, element)
    }

    /// What was under way of a client has come to its end.
    mutating func end(of client: Client) {
        busy.remove(client)
    }

    /// Takes an element out before its turn.
    ///
    /// - Returns: Whether it was waiting.
    mutating func remove(of client: Client, where matches: (Element) -> Bool) -> Bool {
        guard var elements = waiting[client], let index = elements.firstIndex(where: matches) else { return false }
        elements.remove(at: index)
        count -= 1
        waiting[client] = elements.isEmpty ? nil : elements
        if elements.isEmpty { turns.removeAll { $0 == client } }
        return true
    }
}
