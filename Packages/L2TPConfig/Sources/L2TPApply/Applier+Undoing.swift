extension Applier where Transport: ~Copyable {
    mutating func undo(_ journal: Journal, _ progress: (ApplyProgress) -> Void) -> [String] { [] }
}
