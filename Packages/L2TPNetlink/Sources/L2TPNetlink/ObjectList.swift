internal import Netlink

/// What has become so far of the objects of a list, of which each has its own error.
struct ObjectList {
    /// Why nothing can be, or has been, done to an object; nil if nothing is against it.
    var errors: [L2TPError?]
    /// The objects, by place, of which the kernel's answer is lost.
    private(set) var lost: [Int] = []

    /// The places of the objects that nothing is against.
    var pending: [Int] { errors.indices.filter { errors[$0] == nil } }

    /// A list of objects with their keys and what is wrong with each by itself. One with the key of another before it
    /// gets the error that `repetition` makes.
    init<Key: Hashable>(_ keys: [Key], errors: [L2TPError?], repetition: (Int) -> L2TPError) {
        self.errors = errors
        var seen: Set<Key> = []
        for (index, key) in keys.enumerated() where errors[index] == nil && !seen.insert(key).inserted {
            self.errors[index] = repetition(index)
        }
    }

    /// Notes what was found of the pending objects, in their order: an error to look, or what `obstacle` makes of it.
    mutating func refuse<Found>(
        _ operation: L2TPError.Operation, _ found: [Result<Found, L2TPError>], objects: [L2TPError.Object],
        obstacle: (Int, Found) -> L2TPError?
    ) {
        for (index, result) in zip(pending, found) {
            switch result {
            case .success(let value):
                errors[index] = obstacle(index, value)
            case .failure(var error):
                error.operation = operation
                error.object = objects[index]
                errors[index] = error
            }
        }
    }

    /// Notes what became of a request for an object.
    mutating func note(
        _ outcome: RequestOutcome, _ operation: L2TPError.Operation, _ object: L2TPError.Object, at index: Int
    ) {
        switch outcome {
        case .succeeded:
            break
        case .failed(let error), .notSent(let error):
            errors[index] = L2TPError(operation, object, error)
        case .unknown(let error):
            lost.append(index)
            errors[index] = L2TPError(
                operation, object, .unconfirmed, errno: error.errno,
                "the kernel's answer is lost, and whether it is done cannot be seen: \(error.plainDescription)")
        }
    }
}
