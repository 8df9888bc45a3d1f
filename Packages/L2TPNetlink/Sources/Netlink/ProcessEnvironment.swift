internal import Glibc

/// The variables of the process's environment (environ(7)).
public enum ProcessEnvironment {
    /// The value of a variable, malformed UTF-8 repaired; nil if it is not set. The C function is `getenv`.
    public static func value(of name: String) -> String? {
        unsafe getenv(name).map { value in unsafe String(cString: value) }
    }
}
