/// Whether known sessions are read one by one or with the list of all: whichever took less time the last time.
///
/// Before Linux 6.12 the kernel walks a tunnel's sessions from the start for each that it lists, so that the time of
/// a list grows with the square of their number; later a list is mostly the quicker. How many others there are is not
/// known either; so both are tried.
struct ReadingChoice {
    /// A way to read.
    enum Way {
        case each
        case list
    }

    private var timeOfEach: Duration?
    private var timeOfList: Duration?
    private var age = 0

    /// Uses after which both are tried again, for sessions come and go.
    private static var lifetime: Int { 256 }

    /// How to read so many sessions now.
    mutating func way(forCount count: Int) -> Way {
        age += 1
        if age > Self.lifetime { self = Self() }
        guard let timeOfEach else { return .each }
        guard let timeOfList else { return .list }
        return timeOfEach * count <= timeOfList ? .each : .list
    }

    /// Notes what a way took to read so many sessions.
    mutating func note(_ way: Way, count: Int, time: Duration) {
        guard count > 0 else { return }
        switch way {
        case .each: timeOfEach = time / count
        case .list: timeOfList = time
        }
    }
}
