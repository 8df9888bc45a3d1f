/// The prose of `--help`.
enum HelpText {
    static let discussion = """
        Creates, changes and deletes tunnels, sessions and their interfaces until everything is as the files say, all \
        or nothing: if a step fails, what was done before is undone. What l2tp-apply has not created stays untouched. \
        If nothing differs, nothing is done. The files are described in l2tp.toml(5), everything else in l2tp-apply(8).

        The exit status is 0 if it is done, 1 if the kernel refused or something stands in the way, 2 for a wrong \
        command line, 3 for an invalid configuration, 4 if the kernel has no L2TP, 5 if it is not permitted, and 6 if \
        --plan finds differences.

        EXAMPLES
          What is wrong, what would be done, and doing it:
            l2tp-apply --check
            l2tp-apply --plan
            l2tp-apply
          A change of the tunnel that carries the connection one types over:
            l2tp-apply --try 60
            l2tp-apply --confirm
          One file, in another network namespace:
            l2tp-apply --netns site-a site-a.toml
          Removing all of it:
            l2tp-apply --down
        """
}
