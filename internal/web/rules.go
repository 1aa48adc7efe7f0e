package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
	"earshot/internal/words"
)

// ruleLine is how well a brand's rule tells the brand from everything else.
type ruleLine struct {
	Brand    earshot.Brand
	Rule     string // the query, or the names
	Hits     int
	NearHref string
	Near     int // names seen that count for nothing
	Reasons  string
	NotOurs  int // hits that a person said are not about the brand
	Asked    int // hits that a person looked at
	Last     time.Time
	Href     string
	Official bool
}

// rulesPage lists what is listened for.
type rulesPage struct {
	frame
	Headline string
	Lines    []ruleLine
	Near     string // the brand whose near misses are shown, or ""
	Missed   []nearMiss
}

// nearMiss is a name that stood somewhere and did not count.
type nearMiss struct {
	hit
	Reason string
	Why    string
}

// nearShown is how many near misses are shown.
const nearShown = 40

// ruleDays is how far back the rules page counts.
const ruleDays = 30

// rules shows hits, near misses, corrections and the last match of each brand.
func (s *Server) rules(v *visit) error {
	p := rulesPage{}
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "rules", v.W.NavRules); err != nil {
			return err
		}
		if p.Lines, err = v.ruleLines(tx); err != nil {
			return err
		}
		return v.nearMisses(tx, &p)
	})
	if err != nil {
		return err
	}
	dead := 0
	for _, l := range p.Lines {
		if l.Hits == 0 {
			dead++
		}
	}
	switch {
	case len(p.Lines) == 0:
		p.Headline = v.W.RulesNone
	case dead == 0:
		p.Headline = v.W.RulesAlive.N(len(p.Lines))
	default:
		p.Headline = v.W.RulesDead.N(dead, "total", itoa(len(p.Lines)))
	}
	return v.render(http.StatusOK, "rules", p)
}

// nearMisses lists where the asked brand's name stood and did not count, newest first.
func (v *visit) nearMisses(tx *store.Tx, p *rulesPage) error {
	b, ok := v.s.brand(v.r.URL.Query().Get("near"))
	if !ok {
		return nil
	}
	p.Near = b.Name
	lines, err := tx.NearMisses(b.Name, v.Now.Add(-ruleDays*24*time.Hour), nearShown)
	for _, l := range lines {
		p.Missed = append(p.Missed, nearMiss{v.hit(l, ""), words.Name(v.W.ReasonSays, string(l.Mention.Reason)), l.Mention.Why})
	}
	return err
}

func (v *visit) ruleLines(tx *store.Tx) ([]ruleLine, error) {
	since := v.Now.Add(-ruleDays * 24 * time.Hour)
	counts, err := tx.BrandCounts(since, v.Now.Add(time.Hour))
	if err != nil {
		return nil, err
	}
	near, err := tx.ReasonCounts(since)
	if err != nil {
		return nil, err
	}
	last, err := tx.LastMatches()
	if err != nil {
		return nil, err
	}
	corrections, err := tx.Overrides()
	if err != nil {
		return nil, err
	}
	var out []ruleLine
	for _, b := range v.s.o.Brands() {
		l := ruleLine{Brand: b, Rule: b.Query, Official: b.Official.Known(), Href: "/mentions?days=30&brand=" + url.QueryEscape(b.Name), NearHref: "/rules?near=" + url.QueryEscape(b.Name) + "#near"}
		if l.Rule == "" {
			l.Rule = strings.Join(slices.Concat([]string{b.Name}, b.Aliases, b.Coded), v.W.Comma)
		}
		var reasons []string
		for _, c := range counts {
			l.Hits += only(c.A == b.Name, int(c.N))
		}
		for _, c := range near {
			if c.A == b.Name {
				l.Near += int(c.N)
				reasons = append(reasons, itoa(int(c.N))+" "+c.B)
			}
		}
		l.Reasons = strings.Join(reasons, v.W.Comma)
		for _, c := range last {
			if c.A == b.Name {
				l.Last = time.UnixMilli(c.N)
			}
		}
		for _, o := range corrections {
			l.NotOurs += only(o.Brand == b.Name && !o.Ours, 1)
			l.Asked += only(o.Brand == b.Name, 1)
		}
		out = append(out, l)
	}
	return out, nil
}

// Rated says whether enough hits were looked at for a share.
func (l ruleLine) Rated() bool { return l.Asked >= minRate }

// Precision is the share of the hits that people looked at and let stand.
func (l ruleLine) Precision() float64 { return float64(l.Asked-l.NotOurs) / float64(max(l.Asked, 1)) }

// Right is how many of the hits that people looked at were about the brand.
func (l ruleLine) Right() int { return l.Asked - l.NotOurs }

func only(yes bool, n int) int {
	if yes {
		return n
	}
	return 0
}
