/// The script that makes a shell complete command lines of `l2tp` and `l2tpv3tun`. It asks the program
/// itself what may stand next: `l2tp ---completion WORDS`, see ``Completion``.
enum CompletionScript: String, CaseIterable {
    case bash
    case zsh
    case fish

    var text: String {
        switch self {
        case .bash:
            #"""
            # Completion of l2tp and l2tpv3tun for bash. The program itself says what may stand next.

            _l2tp() {
                local line="${COMP_LINE:0:COMP_POINT}" word
                local -a words
                # Not COMP_WORDS, in which an IPv6 address is several words.
                read -ra words <<< "$line"
                [[ $line == *[[:space:]] ]] && words+=('')
                COMPREPLY=()
                while IFS= read -r word; do
                    case $word in
                    '') ;;
                    /) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
                    /*) mapfile -t COMPREPLY < <(cd "$word" 2> /dev/null && compgen -f -- "$2") ;;
                    "$2"*) COMPREPLY+=("$word") ;;
                    esac
                # $1 is the command as it was typed, with its tilde. Blanks in quotes are not understood.
                done < <("${1/#\~/$HOME}" ---completion "${words[@]:1}" 2> /dev/null)
            }

            complete -F _l2tp l2tp l2tpv3tun
            """#
        case .zsh:
            #"""
            #compdef l2tp l2tpv3tun
            # Completion of l2tp and l2tpv3tun for zsh. The program itself says what may stand next.

            _l2tp() {
                local -a found
                found=("${(@f)$("${words[1]}" ---completion "${(@)words[2,CURRENT]}" 2> /dev/null)}")
                case ${found[1]} in
                '') return 1 ;;
                /) _files ;;
                /*) _files -W "${found[1]}" ;;
                *) compadd -V l2tp -- "${found[@]}" ;;
                esac
            }

            if [[ ${funcstack[1]} == _l2tp ]]; then
                _l2tp "$@"
            else
                compdef _l2tp l2tp l2tpv3tun
            fi
            """#
        case .fish:
            #"""
            # Completion of l2tp and l2tpv3tun for fish. The program itself says what may stand next.

            function __l2tp_candidates
                set -l words (commandline -opc)
                set -l current (commandline -ct)
                for word in (command $words[1] ---completion $words[2..-1] "$current" 2> /dev/null)
                    switch $word
                        case ''
                        case /
                            __fish_complete_path "$current"
                        case '/*'
                            command ls $word 2> /dev/null
                        case '*'
                            echo $word
                    end
                end
            end

            complete -c l2tp -f -k -a '(__l2tp_candidates)'
            complete -c l2tpv3tun -f -k -a '(__l2tp_candidates)'
            """#
        }
    }
}
