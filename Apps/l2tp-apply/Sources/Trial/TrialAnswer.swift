/// What is answered to somebody who confirms.
enum TrialAnswer: String {
    /// What was applied stays.
    case kept
    /// It was or will be taken back.
    case reverted
}
