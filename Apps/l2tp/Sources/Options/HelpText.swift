/// The prose of `--help`.
enum HelpText {
    static let root = """
        The words after the command are those of `ip l2tp`, and so are what is printed and the exit status; \
        options stand before the command. The manual, l2tp(8), has all keywords and the differences from ip.

        Options of ip(8) that mean nothing here are accepted: \
        \(LeadingOptions.ignored.joined(separator: ", ")).

        EXAMPLES
          A tunnel over UDP and an Ethernet pseudowire in it, with cookies:
            l2tp add tunnel tunnel_id 3000 peer_tunnel_id 4000 encap udp \\
                local 192.0.2.1 remote 198.51.100.7 udp_sport 5000 udp_dport 6000
            l2tp add session name l2tp-lan tunnel_id 3000 \\
                session_id 1000 peer_session_id 2000 \\
                cookie 0123456789abcdef peer_cookie fedcba9876543210
            ip link set l2tp-lan up
          What there is, with counters, as text and as JSON:
            l2tp --statistics show session
            l2tp --pretty show session
          What the sessions carry, every second; a longer wait for gaps in one:
            l2tp stats
            l2tp modify session dev l2tp-lan reorder_timeout 100
          The session of an interface; all tunnels to a peer:
            l2tp lookup name l2tp-lan
            l2tp show tunnel remote 198.51.100.7
          Many commands through one socket; all there is, for l2tp-apply(8):
            l2tp --batch tunnels.l2tp
            l2tp save
        """

    static let addUsage = """
        l2tp add tunnel tunnel_id ID peer_tunnel_id ID local ADDR remote ADDR
                 [encap {udp | ip}] [udp_sport PORT udp_dport PORT]
                 [udp_csum {on | off}]
                 [udp6_csum_tx {on | off}] [udp6_csum_rx {on | off}]
        l2tp add session tunnel_id ID session_id ID peer_session_id ID
                 [name NAME] [cookie HEX] [peer_cookie HEX]
                 [l2spec_type {default | none}] [seq {none | send | recv | both}]
                 [lns_mode {on | off}] [reorder_timeout MS]
        """

    static let add = """
        The keywords stand in any order. ID is a number from 1 to 4294967295, also in hexadecimal (0x10) or \
        octal (010); PORT one from 1 to 65535. ADDR is an IPv4 or IPv6 address; local may be `any`. HEX is 8 or \
        16 hexadecimal digits: cookie is what this end sends, peer_cookie what it expects. encap is udp unless \
        given, l2spec_type default.

        EXAMPLES
          l2tp add tunnel tunnel_id 1 peer_tunnel_id 2 encap ip \\
              local 2001:db8::1 remote 2001:db8::2
          l2tp add session tunnel_id 1 session_id 10 peer_session_id 20 \\
              name l2tp-voice seq both
        """

    static let deleteUsage = """
        l2tp del tunnel tunnel_id ID
        l2tp del session tunnel_id ID session_id ID
        l2tp del session {name | dev} NAME
        """

    static let delete = """
        A tunnel goes with all its sessions. The command returns when ids and interfaces are free again.

        EXAMPLES
          l2tp del session tunnel_id 3000 session_id 1000
          l2tp del tunnel tunnel_id 3000
        """

    static let showUsage = """
        l2tp show tunnel [tunnel_id ID] [peer_tunnel_id ID]
                 [local ADDR] [remote ADDR] [encap {udp | ip}]
                 [udp_sport PORT] [udp_dport PORT]
        l2tp show session [tunnel_id ID] [session_id ID] [name NAME]
                 [peer_tunnel_id ID] [peer_session_id ID]
                 [cookie HEX] [peer_cookie HEX]
                 [local ADDR] [remote ADDR] [encap {udp | ip}]
                 [udp_sport PORT] [udp_dport PORT]
        """

    static let show = """
        Only what agrees with all given values is shown; where nothing does, nothing is.

        EXAMPLES
          l2tp show tunnel
          l2tp show session tunnel_id 3000
          l2tp --json show session name l2tp-lan
        """

    static let lookupUsage = """
        l2tp lookup [tunnel | session]
                 {tunnel_id ID | session_id ID | name NAME | remote ADDR} ...
        """

    static let lookup = """
        Like show, but something must be given, and it is an error (exit status 2) if nothing agrees with it.

        EXAMPLES
          l2tp lookup name l2tp-lan
          l2tp lookup tunnel remote 198.51.100.7
        """

    static let modifyUsage = """
        l2tp modify session {tunnel_id ID session_id ID | dev NAME}
                 [seq {none | send | recv | both}] [lns_mode {on | off}]
                 [reorder_timeout MS]
        """

    static let modify = """
        Only what is given changes; seq sets both directions. Everything else of a session needs its deletion and \
        a new one. The kernel rounds reorder_timeout, in milliseconds, up to its clock tick, and without \
        lns_mode on it switches seq send on and off to follow the other end.

        EXAMPLES
          l2tp modify session dev l2tp-lan reorder_timeout 100
          l2tp modify session tunnel_id 3000 session_id 1000 seq both lns_mode on
        """

    static let statsUsage = """
        l2tp stats [--interval TIME] [--count N] [--sort COLUMN] [--json]
                 [tunnel_id ID] [session_id ID] [dev NAME] [remote ADDR] ...
        """

    static let stats = """
        Shows packets and bits a second of every session, and how many packets were lost for which reason since the \
        line before, until Ctrl-C or for N times. On a terminal the table is redrawn; elsewhere lines follow each other, \
        and with --json each is an object. The selectors are those of `show session`. TIME is 1s unless given \
        (500ms, 2s); COLUMN is one of \(StatisticsColumn.allCases.map(\.rawValue).joined(separator: ", ")).

        A session that came, went, or whose counters began anew is marked new, gone or reset, and has no rates then.

        EXAMPLES
          l2tp stats --count 1
          l2tp stats --interval 200ms --count 2 --sort rx_bits tunnel_id 3000
        """

    static let flushUsage = """
        l2tp flush [tunnel] [--yes] [tunnel_id ID] [remote ADDR] ...
        l2tp flush session [--yes] [tunnel_id ID] [dev NAME] [remote ADDR] ...
        """

    static let flush = """
        Deletes all tunnels with their sessions, or all sessions, or those that agree with everything given, as in \
        `show`. It asks first; --yes answers that, and is needed where nobody can be asked. What cannot be deleted \
        is reported, and the rest deleted nevertheless. The command returns when ids and interfaces are free again.

        EXAMPLES
          l2tp flush --yes session tunnel_id 3000
          l2tp flush --yes
        """

    static let monitorUsage = """
        l2tp monitor [--json] [--timestamp] [--all] [tunnel_id ID]
                 [session_id ID] [name NAME] [KEYWORD VALUE] ...
        """

    static let monitor = """
        Prints a line for each tunnel and session that is created, changed or deleted, until it is interrupted. \
        The keywords are those of show session; with a session's, changes of tunnels are left out.

        --timestamp prints the date too. --all also prints notifications of which it cannot be told whether \
        they are of this network namespace. --json prints one object a line.

        EXAMPLES
          l2tp monitor
          l2tp --json monitor tunnel_id 3000
        """

    static let saveUsage = "l2tp [--netns NAME] save [--with-cookies]"

    static let save = """
        Prints all tunnels and sessions with their interfaces as l2tp-apply(8) reads them, so that they can be had again \
        after the next start of the system. Cookies are left out unless --with-cookies is given; a comment stands in the \
        place of each. What the kernel does not tell is marked.

        EXAMPLES
          l2tp save
          l2tp save --with-cookies
        """

    static let decodeUsage = """
        l2tp decode [--config FILE] [--port PORT] ... [--verbose | --summary]
                 [--json] [--with-cookies] [--count N]
                 {FILE | - | --hex FILE [--link-type TYPE] | --live IFACE}
        """

    static let decode = """
        Prints a line for each L2TP message, version 2 or 3, of a capture: pcap or pcapng, also compressed with gzip; \
        - is standard input. --verbose prints every field with its place in the message, --summary what is found out \
        about sessions and control connections, and how much they have lost. Malformed messages are reported, and the \
        rest decoded nevertheless.

        The messages of an L2TPv3 session do not tell how long the cookie is, nor whether there is a sublayer. \
        --config reads that from the files of l2tp-apply(8); what they do not have is learnt from the control messages, \
        or else inferred from what looks like a frame, and said to be inferred. UDP is looked into on port 1701, on those \
        of --port and --config, and where control messages lead.

        --hex reads hexadecimal text, of which --link-type tells what it begins with: \
        \(HexadecimalLayer.allNames.joined(separator: ", ")). --live reads an interface, `any` for all, until Ctrl-C. \
        Cookies and passwords are printed with --with-cookies alone.

        EXAMPLES
          l2tp decode capture.pcapng
          l2tp decode --config /etc/l2tp/site-a.toml --verbose capture.pcap.gz
          l2tp decode --summary --port 5000 capture.pcap
          echo c802001400010000000100018008000000000006 |
              l2tp decode --hex --link-type l2tp-udp -
        """

    /// How the program is used when it is called l2tpv3tun.
    static let l2tpv3tun = """
        USAGE: l2tpv3tun add tunnel tunnel_id ID peer_tunnel_id ID local ADDR remote ADDR
                   [encap {udp | ip}] [udp_sport PORT udp_dport PORT]
               l2tpv3tun add session tunnel_id ID session_id ID peer_session_id ID [ifname NAME]
                   [cookie HEX] [peer_cookie HEX] [offset NUMBER] [peer_offset NUMBER]
               l2tpv3tun del tunnel tunnel_id ID
               l2tpv3tun del session tunnel_id ID session_id ID
               l2tpv3tun show tunnel [tunnel_id ID]
               l2tpv3tun show session [tunnel_id ID] [session_id ID]

        This is l2tp(8) under its older name. Offsets are accepted, but Linux has none since 4.16.

        EXAMPLES
          l2tpv3tun add tunnel tunnel_id 1 peer_tunnel_id 2 encap ip local 192.0.2.1 remote 192.0.2.2
          l2tpv3tun add session tunnel_id 1 session_id 10 peer_session_id 20
        """
}
