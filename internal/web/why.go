package web

import (
	"net/http"
	"net/url"
	"strings"

	"earshot"
	"earshot/internal/store"
	"earshot/internal/words"
)

// whyPage answers for one address: why did we (not) hear of it?
type whyPage struct {
	frame
	Address  string
	Headline string
	Fates    []fate
}

// fate is one entry at the address, with what became of every brand in it.
type fate struct {
	store.Fate
	Site  string
	Steps []whyStep
	Names []namedBrand
}

// namedBrand is a brand that was seen in an entry.
type namedBrand struct {
	Brand, Label, Why, Code string
	Case                    string
	Alerts                  []alertRow
}

// fatesShown is how many entries at one address are told about.
const fatesShown = 10

// why looks an address up.
func (s *Server) why(v *visit) error {
	p := whyPage{Address: strings.TrimSpace(v.r.URL.Query().Get("url"))}
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "alerts", v.W.WhyTitle); err != nil {
			return err
		}
		all, err := tx.Fates(spellings(p.Address), fatesShown)
		if err != nil {
			return err
		}
		for _, f := range all {
			told, err := v.fate(tx, f)
			if err != nil {
				return err
			}
			p.Fates = append(p.Fates, told)
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.Headline = v.whyHeadline(p)
	return v.render(http.StatusOK, "why", p)
}

// spellings are the ways in which an address may have been kept: either scheme,
// with and without www., a slash at the end and its parameters.
func spellings(address string) []string {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil || webLink(address) == "" {
		return nil
	}
	u.Fragment, u.User = "", nil
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	path := strings.TrimSuffix(u.Path, "/")
	var out []string
	for _, scheme := range []string{"https", "http"} {
		for _, h := range []string{host, "www." + host} {
			for _, end := range []string{path, path + "/"} {
				base := url.URL{Scheme: scheme, Host: h, Path: end}
				out = append(out, base.String())
				if u.RawQuery != "" {
					base.RawQuery = u.RawQuery
					out = append(out, base.String())
				}
			}
		}
	}
	return out
}

func (v *visit) fate(tx *store.Tx, f store.Fate) (fate, error) {
	w := v.W
	out := fate{Fate: f, Site: siteName(f.Entry)}
	out.Steps = append(out.Steps, whyStep{w.WhyFound, mustFill(w.WhyFoundText, "source", element("i", out.Site), "time", v.Length(f.Entry.FirstSeen.Sub(f.Entry.Published))), f.Entry.FirstSeen})
	switch {
	case f.Work == store.WorkPoison:
		out.Steps = append(out.Steps, whyStep{w.WhyJudged, esc(w.WhyPoison), f.Entry.FirstSeen})
	case f.Work != store.WorkDone:
		out.Steps = append(out.Steps, whyStep{w.WhyJudged, esc(w.WhyInWork), f.Entry.FirstSeen})
	}
	for _, r := range []earshot.Reason{f.Silent, f.Reason} {
		if r != "" {
			out.Steps = append(out.Steps, whyStep{w.ColReason, esc(words.Name(w.ReasonSays, string(r))), f.Entry.FirstSeen})
		}
	}
	mentions, err := tx.Mentions(f.Entry.ID)
	if err != nil {
		return out, err
	}
	cases, err := tx.MentionCases(f.Entry.ID)
	for _, m := range mentions {
		if err != nil {
			return out, err
		}
		n := namedBrand{Brand: m.Brand, Code: string(m.Reason), Why: m.Why, Case: cases[m.Brand]}
		if m.Reason == "" {
			n.Label = v.label(m.Verdict.Label())
		} else if n.Why == "" {
			n.Why = words.Name(w.ReasonSays, n.Code)
		}
		var lines []store.AlertLine
		if n.Case != "" {
			lines, err = tx.AlertLines(store.AlertFilter{Case: n.Case, Limit: 20})
		}
		for _, l := range lines {
			n.Alerts = append(n.Alerts, v.alertRow(l))
		}
		out.Names = append(out.Names, n)
	}
	return out, err
}

// whyHeadline says in one sentence how far the address came.
func (v *visit) whyHeadline(p whyPage) string {
	w := v.W
	if p.Address == "" {
		return w.WhyAsk
	}
	if len(p.Fates) == 0 {
		return w.WhyUnread
	}
	told := w.WhyNoBrand
	for _, f := range p.Fates {
		for _, n := range f.Names {
			if n.Case != "" {
				return w.WhyCase.With("brand", n.Brand, "case", n.Case)
			}
			if n.Code == "" {
				told = w.WhyNoCase
			} else if told == w.WhyNoBrand {
				told = w.WhyNotCounted
			}
		}
	}
	return told
}
