package main

import (
	"cmp"
	"fmt"
	"strings"
)

func bashScript(verbs []verbWords) string {
	var names []string
	var cases strings.Builder
	for _, v := range verbs {
		names = append(names, v.name)
		words := append([]string{"--help"}, v.words...)
		for _, f := range v.flags {
			words = append(words, "--"+f.name)
			if len(f.words) > 0 {
				fmt.Fprintf(&cases, "    %s:--%s) words=%q ;;\n", v.name, f.name, strings.Join(f.words, " "))
			}
		}
		fmt.Fprintf(&cases, "    %s:*) words=%q ;;\n", v.name, strings.Join(words, " "))
	}
	return `_earshot() {
  local words="" cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "` + strings.Join(names, " ") + `" -- "$cur"))
    return
  fi
  case "${COMP_WORDS[1]}:$prev" in
` + cases.String() + `  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _earshot earshot
`
}

func zshScript(verbs []verbWords) string {
	quote := strings.NewReplacer("'", "'\\''", "[", "(", "]", ")", ":", ";").Replace
	var names, cases strings.Builder
	for _, v := range verbs {
		fmt.Fprintf(&names, "    '%s:%s'\n", v.name, quote(v.help))
		fmt.Fprintf(&cases, "    %s) _arguments", v.name)
		for _, f := range v.flags {
			fmt.Fprintf(&cases, " '--%s[%s]", f.name, quote(f.help))
			switch {
			case len(f.words) > 0:
				fmt.Fprintf(&cases, ":%s:(%s)", f.name, strings.Join(f.words, " "))
			case f.value:
				fmt.Fprintf(&cases, ":%s:_files", f.name)
			}
			cases.WriteString("'")
		}
		rest := "_files"
		if len(v.words) > 0 {
			rest = "(" + strings.Join(v.words, " ") + ")"
		}
		fmt.Fprintf(&cases, " '*:argument:%s' ;;\n", rest)
	}
	return "#compdef earshot\n\n_earshot() {\n  local -a verbs=(\n" + names.String() + "  )\n  if (( CURRENT == 2 )); then\n    _describe verb verbs\n    return\n  fi\n  local verb=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $verb in\n" + cases.String() + "  esac\n}\n\ncompdef _earshot earshot\n"
}

func fishScript(verbs []verbWords) string {
	quote := strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace
	var b strings.Builder
	for _, v := range verbs {
		fmt.Fprintf(&b, "complete -c earshot -n __fish_use_subcommand -f -a %s -d '%s'\n", v.name, quote(v.help))
		here := fmt.Sprintf("complete -c earshot -n '__fish_seen_subcommand_from %s'", v.name)
		if len(v.words) > 0 {
			fmt.Fprintf(&b, "%s -f -a '%s'\n", here, strings.Join(v.words, " "))
		}
		for _, f := range v.flags {
			rest := ""
			if f.value {
				rest = " -r"
			}
			if len(f.words) > 0 {
				rest = fmt.Sprintf(" -x -a '%s'", strings.Join(f.words, " "))
			}
			fmt.Fprintf(&b, "%s -l %s%s -d '%s'\n", here, f.name, rest, quote(cmp.Or(f.help, f.name)))
		}
	}
	return b.String()
}
