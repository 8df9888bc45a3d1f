/// The program: pseudowires as they are configured.
@main
enum Main {
    static func main() {}
}
