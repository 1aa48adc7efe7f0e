package insight

import (
	"maps"
	"slices"
	"time"
)

// SpikeAuthors is how many different people it takes: one angry person writing
// often is not many.
const SpikeAuthors = 5

// Windows are the stretches of time a spike is looked for in, ending now.
var Windows = []time.Duration{hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour}

// Voice is one complaint about a brand: when it was published, by whom (any
// word that tells authors apart).
type Voice struct {
	At     time.Time
	Author string
}

// Spike is what stands out: N complaints by Authors people in the window since
// From where Expected are usual; chance does that with probability P.
type Spike struct {
	From     time.Time
	Window   time.Duration
	N        int
	Authors  int
	Expected float64
	P        float64
}

// Spiking says whether the voices heard until now are more than chance
// explains: at least five authors in a window, and an upper tail below Rare.
// The series counts the brand's complaints by hour; since is when they began to
// be heard. The shortest window that stands out is the spike.
func Spiking(voices []Voice, series Series, since, now time.Time) (Spike, bool) {
	if authors(voices) < SpikeAuthors {
		return Spike{}, false
	}
	for _, w := range Windows {
		if s := Measure(voices, series, since, now, w); s.Authors >= SpikeAuthors && s.P < Rare {
			return s, true
		}
	}
	return Spike{}, false
}

// Measure counts the voices of one window that ends now against what is usual.
func Measure(voices []Voice, series Series, since, now time.Time, window time.Duration) Spike {
	s := Spike{From: now, Window: window}
	in := slices.DeleteFunc(slices.Clone(voices), func(v Voice) bool { return v.At.Before(now.Add(-window)) || v.At.After(now) })
	for _, v := range in {
		if v.At.Before(s.From) {
			s.From = v.At
		}
	}
	u := series.usual(now.Add(-window), now, since)
	s.N, s.Authors, s.Expected = len(in), authors(in), u.Expected()
	s.P = AtLeast(s.N, u.Seen, u.Units)
	return s
}

// Calmed says whether a spike is over: its window is back within limits, with
// some room, so that a spike on the edge does not end and begin again.
func Calmed(s Spike) bool { return s.Authors < SpikeAuthors || s.P > 10*Rare }

func authors(voices []Voice) int {
	seen := map[string]bool{}
	for _, v := range voices {
		seen[v.Author] = true
	}
	return len(seen)
}

// Driver is a group of words that stand together, and how many texts hold them.
type Driver struct {
	Words []string
	Count int
}

// Drivers finds what many texts have in common: each text is the list of its
// telling words. The most frequent word leads a group, words that stand in
// nearly the same texts join it, and what a group explains is not counted again.
// At most n groups, each in a tenth of all texts and in three at least.
func Drivers(texts [][]string, n int) []Driver {
	holds := map[string]map[int]bool{}
	for i, words := range texts {
		for _, w := range words {
			if holds[w] == nil {
				holds[w] = map[int]bool{}
			}
			holds[w][i] = true
		}
	}
	enough := max(3, len(texts)/10)
	var out []Driver
	for len(out) < n {
		lead := most(holds)
		if lead == "" || len(holds[lead]) < enough {
			break
		}
		out = append(out, group(lead, holds))
	}
	return out
}

// most is the word in the most texts; of equals the longest, then the first by
// alphabet, so that the answer does not depend on chance.
func most(holds map[string]map[int]bool) string {
	best := ""
	for w, in := range holds {
		a, b := len(in), len(holds[best])
		if best == "" || a > b || a == b && (len(w) > len(best) || len(w) == len(best) && w < best) {
			best = w
		}
	}
	return best
}

// groupWords is how many words one group shows.
const groupWords = 3

// group takes the words that stand in nearly the texts of the lead, and takes
// those texts away from what is left.
func group(lead string, holds map[string]map[int]bool) Driver {
	in := maps.Clone(holds[lead])
	type near struct {
		word  string
		share float64
	}
	var close []near
	for w, texts := range holds {
		both := 0
		for i := range texts {
			if in[i] {
				both++
			}
		}
		if share := float64(both) / float64(len(in)+len(texts)-both); w != lead && share >= .6 {
			close = append(close, near{w, share})
		}
	}
	slices.SortFunc(close, func(a, b near) int {
		switch {
		case a.share != b.share && a.share > b.share:
			return -1
		case a.share != b.share:
			return 1
		case a.word < b.word:
			return -1
		}
		return 1
	})
	d := Driver{Words: []string{lead}, Count: len(in)}
	for _, c := range close[:min(len(close), groupWords-1)] {
		d.Words = append(d.Words, c.word)
	}
	for w, texts := range holds {
		for i := range in {
			delete(texts, i)
		}
		if len(texts) == 0 {
			delete(holds, w)
		}
	}
	return d
}
