package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"earshot"

	"github.com/goccy/go-yaml"
)

// World makes sites, posts and comments from a seed, for load tests. The n-th
// post of a seed is always the same, no two posts are copies of one another, and
// each knows what it is about.
type World struct {
	seed   uint64
	sites  int
	brands []string
	share  float64
	voices []voice
	firms  []Site // the companies of the demo's config
}

// voice is what is said in one language.
type voice struct {
	Lang       string   `yaml:"lang"`
	Complaint  []string `yaml:"complaint"`
	Compliment []string `yaml:"compliment"`
	Neutral    []string `yaml:"neutral"`
}

// Drawn is a post with what it is: Brand is "" if it names none.
type Drawn struct {
	Post
	Brand  string
	Intent earshot.Intent
	Lang   string
}

// NewWorld returns a world of so many sites in which a share (0..1) of the posts
// is about one of the brands.
func NewWorld(seed uint64, sites int, share float64, brands ...string) (*World, error) {
	raw, err := storyFiles.ReadFile("stories/load.yaml")
	if err != nil {
		return nil, err
	}
	w := &World{seed: seed, sites: max(1, sites), brands: brands, share: share}
	if err := yaml.UnmarshalWithOptions(raw, &w.voices, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("load.yaml: %w", err)
	}
	all, err := Sites()
	for _, s := range all {
		if s.Brand != "" {
			w.firms = append(w.firms, s)
		}
	}
	return w, err
}

// Sites are the world's sites, all sources, in four languages and three clothes,
// and the sites of the companies, so that Config works for a Web of them.
func (w *World) Sites() []Site {
	clothes := []Clothes{Plain, Atom, WordPress}
	out := make([]Site, w.sites, w.sites+len(w.firms))
	for i := range out {
		lang := w.voices[i%len(w.voices)].Lang
		out[i] = Site{Slug: w.slug(i), Name: fmt.Sprintf("Load %d", i), Lang: lang, Author: fmt.Sprintf("Writer %d", i),
			Clothes: clothes[i%len(clothes)], Source: true, Tag: "load"}
	}
	return append(out, w.firms...)
}

func (w *World) slug(site int) string { return "load" + strconv.Itoa(site) }

// Post draws the n-th post, published at t.
func (w *World) Post(n int, t time.Time) Drawn {
	r := rand.New(rand.NewPCG(w.seed, uint64(n)))
	site := r.IntN(w.sites)
	v := w.voices[site%len(w.voices)]
	d := Drawn{Lang: v.Lang, Intent: earshot.NoIntent}
	say := v.Neutral
	if len(w.brands) > 0 && r.Float64() < w.share {
		d.Brand = w.brands[r.IntN(len(w.brands))]
		d.Intent, say = earshot.Complaint, v.Complaint
		if r.Float64() < 0.25 {
			d.Intent, say = earshot.Compliment, v.Compliment
		}
	}
	number := strconv.Itoa(1000 + n) // makes every text the only one of its kind
	line := strings.NewReplacer("{brand}", d.Brand, "{n}", number).Replace(say[r.IntN(len(say))])
	filler := strings.NewReplacer("{n}", strconv.Itoa(2+r.IntN(90))).Replace(v.Neutral[r.IntN(len(v.Neutral))])
	d.Post = Post{Slug: "p" + strconv.Itoa(n), Site: w.slug(site), Title: number, Author: fmt.Sprintf("Reader %d", n), Text: filler + "\n\n" + line, Published: t}
	return d
}

// Comment draws the n-th comment: half complain about the brand of the post.
func (w *World) Comment(n int, on Drawn, t time.Time) Comment {
	r := rand.New(rand.NewPCG(w.seed+1, uint64(n)))
	v := w.voices[0]
	for _, one := range w.voices {
		if one.Lang == on.Lang {
			v = one
		}
	}
	say := v.Neutral
	if on.Brand != "" && r.Float64() < 0.5 {
		say = v.Complaint
	}
	line := strings.NewReplacer("{brand}", on.Brand, "{n}", strconv.Itoa(1000+n)).Replace(say[r.IntN(len(say))])
	return Comment{Author: fmt.Sprintf("Commenter %d", n), Text: line, Published: t}
}

// Fill publishes the posts from..to-1 on a web, one every gap before its now,
// oldest first, and returns them.
func (w *World) Fill(web *Web, from, to int, gap time.Duration) ([]Drawn, error) {
	var out []Drawn
	for n := from; n < to; n++ {
		d := w.Post(n, web.now().Add(-gap*time.Duration(to-1-n)))
		if err := web.Publish(d.Post); err != nil {
			return out, err
		}
		out = append(out, d)
	}
	return out, nil
}
