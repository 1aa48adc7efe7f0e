package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"earshot"
)

// slaLines are written as a list of lines, or in short as {complaint: 4h}.
type slaLines struct{ lines []slaKeys }

func (s *slaLines) decode(d *decoder, path string, n ast.Node) {
	if _, list := n.(*ast.SequenceNode); list {
		d.value(path, n, reflectOf(&s.lines))
		return
	}
	pairs, ok := d.pairs(path, n, "{complaint: 4h, compliment: 2d}")
	if !ok {
		return
	}
	for _, p := range pairs {
		at := join(path, p.key)
		d.config.places[at] = p.place(d)
		if !slices.Contains(earshot.MatchValues("intent"), p.key) {
			d.fault(at, codeUnknownKey, fmt.Sprintf("unknown intent %q", p.key), suggest(p.key, earshot.MatchValues("intent")))
			continue
		}
		s.short(d, at, p)
	}
}

func (s *slaLines) short(d *decoder, at string, p pair) {
	var line slaKeys
	if !d.value(at, p.value, reflectOf(&line.Answer)) && !d.faulty(at) {
		d.fault(at, codeMissing, "missing", "write how long an answer may take, such as 4h")
	}
	if line.Answer == 0 && !d.faulty(at) {
		d.fault(at, codeValue, "0 is too little", "want 1s or more")
	}
	line.Match.conditions = earshot.Match{{Key: "intent", Terms: []earshot.Term{{Op: "=", Value: p.key}}}}
	s.lines = append(s.lines, line)
}

func (r *reader) brands() {
	r.unique("brands", "brands", r.brandNames())
	aliases := map[string]string{}
	for i, k := range r.file.Brands {
		path := at("brands", i)
		b := earshot.Brand{Name: k.Name, Aliases: k.Aliases, Coded: k.Coded, Category: k.Category, Query: k.Query, Context: earshot.Context(k.Context),
			Official: earshot.Official(k.Official), Owner: k.Owner, Competitor: k.Competitor, FollowUp: time.Duration(k.FollowUp)}
		b.SLA = r.sla(path+".sla", k.SLA.lines)
		b.Tests = r.tests(path+".tests", k.Tests)
		r.person(path+".owner", k.Owner)
		r.official(path+".official", k.Official)
		r.alone(path, b, aliases)
		r.ambiguous(path, b)
		if k.Competitor && (k.Owner != "" || len(k.SLA.lines) > 0) {
			r.warn(path+".competitor", codeUnused, "a competitor's cases have no owner and no SLA", "take owner and sla out")
		}
		r.out.Brands = append(r.out.Brands, b)
	}
}

func (r *reader) sla(path string, lines []slaKeys) []earshot.SLALine {
	var out []earshot.SLALine
	for i, k := range lines {
		r.calendar(at(path, i)+".calendar", k.Calendar)
		out = append(out, earshot.SLALine{Match: r.matched(k.Match), Answer: time.Duration(k.Answer), Calendar: k.Calendar})
	}
	return out
}

func (r *reader) tests(path string, tests []testKeys) []earshot.BrandTest {
	var out []earshot.BrandTest
	for i, k := range tests {
		t := earshot.BrandTest{Text: k.Text, Match: k.Match == nil || *k.Match, Intent: earshot.Intent(k.Intent)}
		if !t.Match && k.Intent != "" {
			r.fault(at(path, i)+".intent", codeConflict, "there is nothing to judge where the brand is not in it", "take intent out, or write match: true")
		}
		out = append(out, t)
	}
	return out
}

func (r *reader) official(path string, k officialKeys) {
	for i, s := range k.Domains {
		r.hostName(at(path+".domains", i), s)
	}
	for i, s := range k.Accounts {
		r.webURL(at(path+".accounts", i), s)
	}
	for i, s := range k.Feeds {
		r.webURL(at(path+".feeds", i), s)
	}
}

// alone warns of a name that two brands listen for.
func (r *reader) alone(path string, b earshot.Brand, seen map[string]string) {
	mine := map[string]bool{}
	for i, name := range append([]string{b.Name}, b.Aliases...) {
		where := path + ".name"
		if i > 0 {
			where = at(path+".aliases", i-1)
		}
		folded := strings.ToLower(name)
		if folded == "" || mine[folded] {
			continue
		}
		mine[folded] = true
		if other, twice := seen[folded]; twice && !strings.EqualFold(other, b.Name) {
			r.warn(where, codeAmbiguous, fmt.Sprintf("%q is a name of %s too", name, other), "give one of them a query")
		}
		seen[folded] = b.Name
	}
}

func reflectOf(p any) reflect.Value { return reflect.ValueOf(p).Elem() }
