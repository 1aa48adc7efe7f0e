package daemon

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/internal/demo"
)

// seasonTruth is what a careful reader knows of one post. It is written with the
// post, before anything reads it.
type seasonTruth struct {
	slug, lang, brand, story string
	answer                   earshot.Answer // "" where the post has no case of its own
	joins                    string         // the slug of the post whose case it belongs to
	copies                   bool           // it joins as a copy, not as a follow-up
	due                      time.Time      // of the promise in its thread
	exact                    bool           // the promise names a moment, not a day
	breach                   bool           // our time to answer ran out at least once
}

// seasonStep is one thing that happens on the web.
type seasonStep struct {
	at time.Time
	do func(*demo.Web) error
}

// seasonBrand is a company of the season.
type seasonBrand struct{ slug, name, han, trade string }

func (b seasonBrand) in(lang string) string {
	if lang == "zh" {
		return b.han
	}
	return b.name
}

// seasonBlog is a blog with its one author.
type seasonBlog struct {
	slug, name, author string
	tongue             *seasonTongue
	clothes            demo.Clothes
	last               map[string]seasonMatter // by brand: what was complained of last
}

// seasonMatter is what a story is about.
type seasonMatter struct{ thing, place, lead string }

// season writes the script: what happens, and what is true of it.
type season struct {
	r       *rand.Rand
	start   time.Time
	place   seasonPlace
	brands  []seasonBrand
	blogs   []*seasonBlog
	mirrors map[string]string // by language: the site that copies
	steps   []seasonStep
	truths  []*seasonTruth
	posts   int
}

// seasonCompanies are the companies a seed chooses from, by trade.
func seasonCompanies() map[string][]seasonBrand {
	return map[string][]seasonBrand{
		"air":    {{"corvaria", "Corvaria", "科瓦利亚航空", "air"}, {"halcyra", "Halcyra", "哈希拉航空", "air"}, {"meridane", "Meridane", "美瑞丹航空", "air"}},
		"net":    {{"telvanta", "Telvanta", "特万塔", "net"}, {"quorix", "Quorix", "阔力克斯", "net"}, {"nexbrook", "Nexbrook", "奈斯布鲁克", "net"}},
		"parcel": {{"pakkeri", "Pakkeri", "帕克里", "parcel"}, {"parvello", "Parvello", "帕维洛", "parcel"}, {"zendoro", "Zendoro", "曾多罗", "parcel"}},
		"heat":   {{"thermaxis", "Thermaxis", "瑟马西斯", "heat"}, {"calderane", "Calderane", "卡德瑞恩", "heat"}, {"boilwyn", "Boilwyn", "博尔温", "heat"}},
	}
}

// newSeason writes a season of about n posts.
func newSeason(seed uint64, n int, start time.Time, place seasonPlace, tongues []*seasonTongue) *season {
	s := &season{r: rand.New(rand.NewPCG(seed, 7)), start: start, place: place, mirrors: map[string]string{}}
	for _, trade := range place.trades {
		list := place.companies[trade]
		s.brands = append(s.brands, list[s.r.IntN(len(list))])
	}
	dress := []demo.Clothes{demo.WordPress, demo.Atom, demo.JSONFeed, demo.Summaries, demo.Blogger, demo.Plain}
	for _, g := range tongues {
		s.r.Shuffle(len(dress), func(i, j int) { dress[i], dress[j] = dress[j], dress[i] })
		for i, line := range g.lines["blogs"] {
			name, author, _ := strings.Cut(line, " | ")
			s.blogs = append(s.blogs, &seasonBlog{slug: fmt.Sprintf("%s%d", g.lang, i), name: name, author: author, tongue: g,
				clothes: dress[i%len(dress)], last: map[string]seasonMatter{}})
		}
		s.mirrors[g.lang] = g.lang + "mirror"
	}
	plots, order := place.plots, make([][]int, len(tongues))
	for i := 0; s.posts < n; i++ {
		// Each language is dealt every plot before one comes again.
		deck := &order[i%len(tongues)]
		if len(*deck) == 0 {
			*deck = s.r.Perm(len(plots))
		}
		plots[(*deck)[0]](s.tale(i))
		*deck = (*deck)[1:]
	}
	slices.SortStableFunc(s.steps, func(a, b seasonStep) int { return a.at.Compare(b.at) })
	return s
}

// seasonTale is one story being told: a post and what comes of it.
type seasonTale struct {
	*season
	blog   *seasonBlog
	brand  seasonBrand
	matter seasonMatter
	at     time.Time // of the post
	truth  *seasonTruth
}

// tale sets a story: languages take turns, so that each has as many.
func (s *season) tale(i int) *seasonTale {
	each := len(s.blogs) / 4
	blog := s.blogs[(i%4)*each+s.r.IntN(each)]
	t := &seasonTale{season: s, blog: blog, brand: s.brands[s.r.IntN(len(s.brands))]}
	t.at = s.start.Add(time.Duration(24+s.r.IntN(77*24))*time.Hour + time.Duration(s.r.IntN(60))*time.Minute)
	t.newMatter()
	return t
}

// newMatter finds a thing and a place that the author's last story was not about.
func (t *seasonTale) newMatter() {
	g, old := t.blog.tongue, t.blog.last[t.brand.slug]
	for {
		thing, lead, _ := strings.Cut(g.pick(t.r, t.blog.slug, t.brand.trade), " | ")
		t.matter = seasonMatter{thing, g.pick(t.r, t.blog.slug, "places"), lead}
		if thing != old.thing && t.matter.place != old.place {
			break
		}
	}
	t.blog.last[t.brand.slug] = t.matter
}

func (t *seasonTale) slots() seasonSlots {
	return seasonSlots{"B": t.brand.in(t.blog.tongue.lang), "M": t.matter.thing, "P": t.matter.place, "A": t.blog.author,
		"N": fmt.Sprint(3 + t.r.IntN(7)), "SLUG": t.slug()}
}

func (t *seasonTale) slug() string {
	if t.truth == nil {
		return ""
	}
	return t.truth.slug
}

func (t *seasonTale) pick(kind string) string { return t.blog.tongue.pick(t.r, t.blog.slug, kind) }

func (t *seasonTale) say(kind string) string { return t.blog.tongue.fill(t.pick(kind), t.slots()) }

// post publishes and remembers the truth of it.
func (t *seasonTale) post(at time.Time, site, title string, paragraphs []string, truth seasonTruth) *seasonTruth {
	t.posts++
	truth.slug, truth.lang, truth.brand = fmt.Sprintf("p%04d", t.posts), t.blog.tongue.lang, t.brand.name
	text := strings.Join(paragraphs, "\n\n")
	slug := truth.slug
	t.step(at, func(w *demo.Web) error {
		return w.Publish(demo.Post{Slug: slug, Site: site, Title: title, Text: text})
	})
	t.truths = append(t.truths, &truth)
	return &truth
}

func (s *season) step(at time.Time, do func(*demo.Web) error) {
	s.steps = append(s.steps, seasonStep{at, do})
}

// complain publishes the post that a story begins with.
func (t *seasonTale) complain(story string, answer earshot.Answer, breach bool) {
	t.complainAs("complaint_title", story, answer, breach)
}

func (t *seasonTale) complainAs(title, story string, answer earshot.Answer, breach bool) {
	g := t.blog.tongue
	gap := " "
	if g.lang == "zh" {
		gap = ""
	}
	body := []string{g.fill(t.matter.lead, t.slots()) + gap + t.say("detail"), t.say("detail") + gap + t.say("closing")}
	if t.r.IntN(3) == 0 {
		body = append([]string{t.say("idle")}, body...)
	}
	t.truth = t.post(t.at, t.blog.slug, t.say(title), body, seasonTruth{story: story, answer: answer, breach: breach})
	for range t.r.IntN(3) {
		t.reader(t.hours(3, 300), "stranger")
	}
}

func (t *seasonTale) praise(story string, answer earshot.Answer, breach bool) {
	t.truth = t.post(t.at, t.blog.slug, t.say("praise_title"), []string{t.say("praise"), t.say("idle")}, seasonTruth{story: story, answer: answer, breach: breach})
}

// hours is a moment so many hours after the post.
func (t *seasonTale) hours(from, to int) time.Time {
	return t.at.Add(time.Duration(from+t.r.IntN(to-from+1))*time.Hour + time.Duration(t.r.IntN(50))*time.Minute)
}

func (t *seasonTale) comment(at time.Time, name, url, text string) {
	slug := t.slug()
	t.step(at, func(w *demo.Web) error {
		_, err := w.Comment(slug, demo.Comment{Author: name, URL: url, Text: text})
		return err
	})
}

func (t *seasonTale) reader(at time.Time, kind string) {
	t.comment(at, t.pick("readers"), "", t.say(kind))
}

func (t *seasonTale) company(at time.Time, text string) {
	t.comment(at, t.place.desk(t.brand, t.blog.tongue.lang), "http://"+t.brand.slug+".example/care", text)
}

// own is a comment of the author under the own post.
func (t *seasonTale) own(at time.Time, kind string) {
	t.comment(at, t.blog.author, "http://"+t.blog.slug+".example/", t.say(kind))
}

// update edits the post.
func (t *seasonTale) update(at time.Time, dated bool, kind string) {
	on := time.Time{}
	if dated {
		on = at
	}
	slug, text := t.slug(), seasonMark(t.blog.tongue.lang, on)+t.say(kind)
	t.step(at, func(w *demo.Web) error { return w.Edit(slug, text) })
}
