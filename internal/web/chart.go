package web

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// drawing collects the shapes of a chart; colours are the stylesheet's.
type drawing struct{ strings.Builder }

func (d *drawing) add(format string, args ...any) { fmt.Fprintf(&d.Builder, format, args...) }

func (d *drawing) text(x, y float64, class, anchor, text string) {
	d.add(`<text x="%.1f" y="%.1f"`, x, y)
	if class != "" {
		d.add(` class="%s"`, class)
	}
	if anchor != "" {
		d.add(` text-anchor="%s"`, anchor)
	}
	d.add(`>%s</text>`, template.HTMLEscapeString(text))
}

// plane maps weeks and rates to places in a chart.
type plane struct {
	left, right, top, bottom, most float64
	n                              int
}

func (p plane) x(i float64) float64 {
	return p.left + (p.right-p.left)*i/float64(max(p.n-1, 1))
}

func (p plane) y(rate float64) float64 { return p.bottom - (p.bottom-p.top)*rate/p.most }

// controlChart draws the complaint rate by week with its limits. Points that
// lie outside get a ring, a fill and their numbers; all points link.
func (v *visit) controlChart(p *trendsPage, width, height int) template.HTML {
	wide := width > 600
	a := plane{left: 40, right: float64(width) - 12, top: 20, bottom: float64(height) - 28, most: .1, n: len(p.Weeks)}
	if wide {
		a.right -= 96
	}
	for _, t := range p.Weeks {
		if t.Plotted() {
			a.most = max(a.most, math.Ceil(max(t.Rate(), min(t.High, .6))*10+.2)/10)
		}
	}
	d := &drawing{}
	class := "narrow"
	if wide {
		class = "wide"
	}
	d.add(`<svg class="%s" viewBox="0 0 %d %d" role="group" aria-label="%s">`, class, width, height, template.HTMLEscapeString(p.Caption+" "+v.W.ChartSays))
	d.scale(a)
	d.limits(a, p.Weeks)
	d.add(`<path class="mean" d="M%.1f %.1fH%.1f"/>`, a.left, a.y(p.Mean), a.right)
	d.line(a, p.Weeks)
	v.points(d, a, p.Weeks)
	for i := 0; i < len(p.Weeks); i += map[bool]int{true: 4, false: 8}[wide] {
		d.text(a.x(float64(i)), float64(height)-8, "", map[bool]string{true: "start", false: "middle"}[i == 0], v.Day(p.Weeks[i].From))
	}
	if wide {
		last := p.Weeks[len(p.Weeks)-1]
		d.text(a.right+12, a.y(min(last.High, a.most))+4, "", "", v.W.UpperLimit+" "+percent(last.High))
		d.text(a.right+12, a.y(p.Mean)+4, "", "", v.W.MeanName+" "+percent(p.Mean))
		if last.Low > 0 {
			d.text(a.right+12, a.y(last.Low)+4, "", "", v.W.LowerLimit+" "+percent(last.Low))
		}
	}
	d.add(`</svg>`)
	return template.HTML(d.String())
}

func (d *drawing) scale(a plane) {
	step := .1
	if a.most > .5 {
		step = .2
	}
	for r := 0.0; r <= a.most+.001; r += step {
		d.add(`<path class="grid" d="M%.1f %.1fH%.1f"/>`, a.left, a.y(r), a.right)
		d.text(a.left-8, a.y(r)+4, "", "end", percent(r))
	}
}

// limits draws both limits as steps, since each week has its own.
func (d *drawing) limits(a plane, weeks []trendWeek) {
	for _, of := range []func(trendWeek) float64{func(t trendWeek) float64 { return min(t.High, a.most) }, func(t trendWeek) float64 { return t.Low }} {
		d.add(`<path class="lim" d="M%.1f %.1f`, a.left, a.y(of(weeks[0])))
		for i, t := range weeks {
			d.add(`V%.1fH%.1f`, a.y(of(t)), min(a.x(float64(i)+.5), a.right))
		}
		d.add(`"/>`)
	}
}

func (d *drawing) line(a plane, weeks []trendWeek) {
	pen := "M"
	d.add(`<path class="ln" d="`)
	for i, t := range weeks {
		if !t.Plotted() {
			pen = "M" // too few for a rate: the line is broken
			continue
		}
		d.add(`%s%.1f %.1f`, pen, a.x(float64(i)), a.y(t.Rate()))
		pen = "L"
	}
	d.add(`"/>`)
}

func (v *visit) points(d *drawing, a plane, weeks []trendWeek) {
	for i, t := range weeks {
		if !t.Plotted() {
			continue
		}
		x, y, class := a.x(float64(i)), a.y(t.Rate()), "pt"
		if t.Out() {
			d.add(`<circle class="ring" cx="%.1f" cy="%.1f" r="9"/>`, x, y)
			anchor, at := "end", x-14
			if i < 4 {
				anchor, at = "start", x+14
			}
			d.text(at, y+4, "hot", anchor, percent(t.Rate()))
			class = "pt hot"
		}
		title := v.W.WeekPoint.With("date", v.Day(t.From), "n", itoa(t.Complaints), "total", itoa(t.Mentions), "rate", percent(t.Rate()))
		d.add(`<a href="%s"><circle class="%s" cx="%.1f" cy="%.1f" r="4"><title>%s</title></circle></a>`, template.HTMLEscapeString(ours(t.Href)), class, x, y, template.HTMLEscapeString(title))
	}
}
