/// Which of many equal points of a long test are tried here: all of them, or, where the environment says
/// `L2TP_KERNEL_SHARE=1/2`, one of every two, the first of them first.
///
/// Two kernels that are tested side by side share the points that are the same for both, such as the requests of
/// ours at which a run is ended: every point is tried on one.
struct Share: Sendable {
    let first: Int
    let step: Int

    static let current: Share = {
        do {
            return try Share(Environment["L2TP_KERNEL_SHARE"] ?? "1/1")
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    /// Reads `NUMBER/COUNT`, the number from 1 on.
    init(_ text: String) throws {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard numbers.count == 2, numbers[0] >= 1, numbers[0] <= numbers[1] else {
            throw Unreadable(text: text)
        }
        (first, step) = (numbers[0] - 1, numbers[1])
    }

    /// Whether a point is tried here; points are numbered from 0.
    func has(_ number: Int) -> Bool {
        // Not the same one of every two: kinds may take turns.
        (number + number / step) % step == first
    }

    /// The points that are tried here, without end.
    var numbers: some Sequence<Int> {
        (0...).lazy.filter(has)
    }

    /// The elements that are tried here.
    func part<Element>(of elements: [Element]) -> [Element] {
        zip(0..., elements).filter { has($0.0) }.map(\.1)
    }

    struct Unreadable: Error, CustomStringConvertible {
        let text: String

        var description: String {
            "L2TP_KERNEL_SHARE is \"\(text)\" instead of a number and a count, such as 1/2"
        }
    }
}
