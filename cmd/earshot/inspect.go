package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"earshot"
	"earshot/crawler"
)

type inspectCmd struct {
	Feed inspectFeedCmd `cmd:"" help:"A feed: its entries."`
	Page inspectPageCmd `cmd:"" help:"A page: article, author, date, comments, feeds."`
	Text inspectTextCmd `cmd:"" help:"A text: brands, verdicts, and the words that decided."`
}

// Help shows an example.
func (inspectCmd) Help() string {
	return "Examples:\n  earshot inspect feed https://example.org/feed.xml\n  earshot inspect page saved.html --url https://example.org/post --json\n  earshot inspect text \"Still no answer from AAA.\" --brand AAA"
}

// document reads a file, standard input ("-") or an address.
func (a *app) document(arg string, private bool) (crawler.Document, error) {
	if !strings.HasPrefix(arg, "http://") && !strings.HasPrefix(arg, "https://") {
		in := a.in
		if arg != "-" {
			f, err := os.Open(arg)
			if err != nil {
				return crawler.Document{}, &earshot.Fault{Code: "unreadable", What: "cannot read " + arg, Do: "name a file, an http address, or - for standard input", Err: err}
			}
			defer f.Close()
			in = f
		}
		b, err := io.ReadAll(io.LimitReader(in, 64<<20))
		return crawler.Document{Body: b}, err
	}
	o := crawler.Options{}
	if private {
		o.AllowPrivate = everywhere()
	}
	c, err := crawler.New(o)
	if err != nil {
		return crawler.Document{}, err
	}
	defer c.Close()
	return c.Document(a.ctx, arg)
}

func (a *app) json(v any) error {
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func (a *app) print(format string, args ...any) error {
	_, err := fmt.Fprintf(a.out, format, args...)
	return err
}

func hints(d crawler.Document) crawler.Hints {
	return crawler.Hints{ContentType: d.ContentType, Now: time.Now(), ZoneGuess: true}
}
