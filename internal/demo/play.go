package demo

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Play is a story on a stage: a Web that has its old posts and waits for the
// story's steps. It is safe for concurrent use.
type Play struct {
	Web   *Web
	Story Story

	mu     sync.Mutex
	next   int
	pieces map[string]piece
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
	defer p.mu.Unlock()
	if p.next >= len(p.Story.Steps) {
		return Step{}, false, nil
	}
	step = p.Story.Steps[p.next]
	p.next++
	return step, true, p.take(step)
}

// Take takes a step that need not stand in the story.
func (p *Play) Take(step Step) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.take(step)
}

func (p *Play) take(s Step) error {
	switch {
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
	return fmt.Errorf("a step must publish, comment, edit, break or heal")
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
