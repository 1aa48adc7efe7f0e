package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Play is a story on a stage: a Web that has its old posts and waits for the
// story's steps. It is safe for concurrent use.
type Play struct {
	Web    *Web
	Story  Story
	Office *Slack // where people click; nil: nobody sits at the desk, and clicks are left out
	pieces map[string]piece

	mu     sync.Mutex
	next   int
	failed []Missed // clicks that came to nothing
}

// NewPlay sets the stage for the named story. now is the web's clock; nil is time.Now.
func NewPlay(story string, place Place, now func() time.Time) (*Play, error) {
	s, err := OpenStory(story)
	if err != nil {
		return nil, err
	}
	sites, err := Sites()
	if err != nil {
		return nil, err
	}
	texts, err := pieces()
	if err != nil {
		return nil, err
	}
	p := &Play{Web: NewWeb(sites, place, now), Story: s, pieces: texts}
	return p, p.furnish()
}

// furnish publishes what stood there before the story, in a fixed order.
func (p *Play) furnish() error {
	var old []string
	for slug, piece := range p.pieces {
		if piece.Kind == "post" && piece.Age != "" {
			old = append(old, slug)
		}
	}
	slices.Sort(old)
	for _, slug := range old {
		if err := p.publish(slug); err != nil {
			return err
		}
	}
	return nil
}

// Run waits until the listeners are ready, then takes every step at its time and
// waits until the story is over. said, if not nil, is told of each step taken.
// A web that nobody listens to starts after patience all the same.
func (p *Play) Run(ctx context.Context, patience time.Duration, said func(Step)) error {
	if err := p.ready(ctx, patience); err != nil {
		return err
	}
	start := p.Web.now()
	for {
		p.mu.Lock()
		i := p.next
		p.mu.Unlock()
		if i >= len(p.Story.Steps) {
			return wait(ctx, p.Story.Length-p.Web.now().Sub(start))
		}
		if err := wait(ctx, p.Story.Steps[i].At-p.Web.now().Sub(start)); err != nil {
			return err
		}
		step, more, err := p.Next()
		if err != nil {
			return err
		}
		if said != nil && more {
			said(step)
		}
	}
}

// ready waits until every source was read twice: what comes after is news.
func (p *Play) ready(ctx context.Context, patience time.Duration) error {
	const look = 100 * time.Millisecond
	for waited := time.Duration(0); waited < patience && !p.Web.Heard(2); waited += look {
		if err := wait(ctx, look); err != nil {
			return err
		}
	}
	return nil
}

func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Next takes the story's next step now and returns it; more is false when there
// was none left.
func (p *Play) Next() (step Step, more bool, err error) {
	p.mu.Lock()
	i := p.next
	p.next = min(i+1, len(p.Story.Steps))
	p.mu.Unlock()
	if i >= len(p.Story.Steps) {
		return Step{}, false, nil
	}
	return p.Story.Steps[i], true, p.Take(p.Story.Steps[i])
}

// Take takes a step that need not stand in the story. A click that comes to
// nothing is no error: Check tells of it.
func (p *Play) Take(s Step) error {
	switch {
	case s.Click != nil:
		if err := p.press(*s.Click); err != nil {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.failed = append(p.failed, Missed{Expectation{What: strings.TrimSuffix(s.Say, "."), Post: s.Click.Post, Brand: s.Click.Brand}, err.Error()})
		}
		return nil
	case s.Publish != "":
		return p.publish(s.Publish)
	case s.Comment != "":
		c, err := p.piece(s.Comment, "comment")
		if err != nil {
			return err
		}
		_, err = p.Web.Comment(c.On, c.comment(p.Web))
		return err
	case s.Edit != "":
		e, err := p.piece(s.Edit, "edit")
		if err != nil {
			return err
		}
		return p.Web.Edit(e.On, e.Text)
	case s.Break != "":
		return p.Web.SetMood(s.Break, s.Mood)
	case s.Heal != "":
		return p.Web.SetMood(s.Heal, Healthy)
	}
	return fmt.Errorf("a step must publish, comment, edit, break, heal or click")
}

func (p *Play) press(b Press) error {
	if p.Office == nil {
		return nil
	}
	url := p.Web.PostURL(b.Post)
	for _, m := range p.Office.Messages() {
		d := m.Last().Metadata
		if m.isCard() && samePage(d.Text("url"), url) && (b.Brand == "" || d.Text("brand") == b.Brand) {
			_, err := p.Office.Click(context.Background(), Click{TS: m.TS, Where: m.Channel, Action: b.Action, Option: b.Option, User: b.User})
			return err
		}
	}
	return fmt.Errorf("there is no card to click on")
}

func (p *Play) publish(slug string) error {
	one, err := p.piece(slug, "post")
	if err != nil {
		return err
	}
	post, err := one.post(slug, p.Web.now())
	if err != nil {
		return err
	}
	return p.Web.Publish(post)
}

func (p *Play) piece(name, kind string) (piece, error) {
	one, ok := p.pieces[name]
	if !ok || one.Kind != kind {
		return piece{}, fmt.Errorf("no %s %q among the texts", kind, name)
	}
	return one, nil
}
