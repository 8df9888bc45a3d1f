extension Configuration {
    /// Everything that is wrong with the configuration although each value by itself is right, all findings at once;
    /// empty when it can be applied and will do what it says.
    ///
    /// The findings are in the order of the rules; ``ConfigurationReading/locate`` tells where their parts stand.
    public func findings() -> [Finding] {
        tunnelIDsInUse()
    }
}
