package classify

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"earshot"
)

// DefaultThreshold is the intent confidence under which a verdict abstains.
const DefaultThreshold = 0.6

// Options is what a Classifier is made of.
type Options struct {
	Model     *Model          // nil: the built-in one
	Layer     *Layer          // what corrections taught; nil: nothing
	Brands    []earshot.Brand // who is listened for
	Threshold float64         // 0: DefaultThreshold
}

// Classifier spots and judges. It is an immutable value, safe for any number of
// goroutines; a reload makes a new one.
type Classifier struct {
	model     *Model
	layer     *Layer // nil without corrections
	threshold float64
	brands    []spotBrand
	byName    map[string]int // Brand.Name -> index
	auto      *automaton
	uses      [][]spotUse // by pattern: what it may stand for
	wordless  bool        // some query may match without a word of the text
	namesakes *wordSet
	customers *wordSet
	cues      *cueBook
	scratch   *sync.Pool // *spotScratch
}

// New compiles the brands. The faults tell what is wrong with queries (Path is
// the config key, such as brands[2].query) and which of them can never match
// (Warn). The Classifier is nil only if no model can be had; a brand whose query
// is faulty is spotted by its name and aliases.
func New(o Options) (*Classifier, []*earshot.Fault) {
	c := &Classifier{model: o.Model, layer: o.Layer.orNone(), threshold: o.Threshold, byName: map[string]int{}}
	if c.model == nil {
		m, err := DefaultModel()
		if err != nil {
			return nil, []*earshot.Fault{{Code: "model", What: "the built-in model cannot be read", Do: "reinstall earshot", Err: err}}
		}
		c.model = m
	}
	if c.threshold == 0 {
		c.threshold = DefaultThreshold
	}
	c.cues = newCueBook()
	c.namesakes = newWordSet(strings.Fields(namesakePhrases))
	c.customers = newWordSet(customerWords())
	faults := c.compile(o.Brands)
	c.scratch = &sync.Pool{New: func() any { return &spotScratch{} }}
	return c, faults
}

// Model returns the model the classifier judges with.
func (c *Classifier) Model() *Model { return c.model }

// WithLayer returns the same classifier over another layer of corrections; nil
// takes the layer off.
func (c *Classifier) WithLayer(l *Layer) *Classifier {
	other := *c
	other.layer = l.orNone()
	return &other
}

// Layer returns the layer the classifier judges with, nil without one.
func (c *Classifier) Layer() *Layer { return c.layer }

// version names what a verdict was judged by: the model, and the layer over it.
func (c *Classifier) version() string {
	if c.layer == nil {
		return c.model.Version()
	}
	return c.model.Version() + "+" + c.layer.hash
}

// compile turns brands into one automaton.
func (c *Classifier) compile(brands []earshot.Brand) []*earshot.Fault {
	var faults []*earshot.Fault
	b := &spotBuilder{ids: map[string]int{}, common: commonNameSet(), categories: map[string]*wordSet{}}
	for i, brand := range brands {
		sb, err := b.brand(i, brand)
		if err != nil {
			faults = append(faults, queryFault(i, err))
		}
		faults = append(faults, queryWarnings(i, sb.query)...)
		c.brands = append(c.brands, sb)
		c.wordless = c.wordless || sb.query != nil && !sb.query.needsText()
		c.byName[brand.Name] = i
	}
	c.auto, c.uses = newAutomaton(b.patterns), b.uses
	return faults
}

// queryFault gives a query's error the path of its config key.
func queryFault(brand int, err error) *earshot.Fault {
	f := &earshot.Fault{Code: "query", What: err.Error(), Path: fmt.Sprintf("brands[%d].query", brand)}
	var q *QueryError
	if errors.As(err, &q) {
		f.What = fmt.Sprintf("column %d of the query: %s", q.Column, q.What)
		f.Do = q.Do
	}
	return f
}
