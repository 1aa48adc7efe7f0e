package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCmd struct {
	Shell string `arg:"" help:"bash, zsh or fish." enum:"bash,zsh,fish"`
}

// Help shows an example.
func (completionCmd) Help() string {
	return "Examples:\n  earshot completion bash > /etc/bash_completion.d/earshot\n  earshot completion zsh > \"${fpath[1]}/_earshot\"\n  earshot completion fish > ~/.config/fish/completions/earshot.fish"
}

// Run prints a script that completes verbs, flags and fixed words.
func (c completionCmd) Run(a *app) error {
	parser, err := kong.New(&commands{}, kong.Name("earshot"))
	if err != nil {
		return err
	}
	write := map[string]func([]verbWords) string{"bash": bashScript, "zsh": zshScript, "fish": fishScript}[c.Shell]
	_, err = fmt.Fprint(a.out, write(verbsOf(parser.Model.Node)))
	return err
}

// verbWords is what can follow a verb.
type verbWords struct {
	name, help string
	flags      []flagWords
	words      []string // of an argument that is one of a few
}

type flagWords struct {
	name, help string
	value      bool
	words      []string
}

// verbsOf reads the verbs from the command line's own definition.
func verbsOf(n *kong.Node) []verbWords {
	var out []verbWords
	for _, child := range n.Children {
		v := verbWords{name: child.Name, help: child.Help}
		for _, f := range child.Flags {
			if !f.Hidden {
				v.flags = append(v.flags, flagWords{f.Name, f.Help, !f.IsBool(), enumOf(f.Value)})
			}
		}
		for _, p := range child.Positional {
			v.words = append(v.words, enumOf(p)...)
		}
		for i, sub := range verbsOf(child) {
			if v.words = append(v.words, sub.name); i == 0 {
				v.flags = append(v.flags, sub.flags...)
			}
		}
		out = append(out, v)
	}
	return out
}

func enumOf(v *kong.Value) []string {
	if v.Enum == "" {
		return nil
	}
	return strings.Split(v.Enum, ",")
}
