package words

// Silence says why nothing is heard, and what to do about it, by diagnosis.
// Like all that is told to those who run Earshot it is in English.
var Silence = map[string]struct{ Why, Do Text }{
	"fetch_failing":  {"it cannot be read", "earshot inspect feed {address}"},
	"feed_empty":     {"it is read, and lists nothing any more", "open {address} in a browser: the feed may have moved"},
	"feed_frozen":    {"it is read, and has listed nothing new where about {n} entries are usual", "open {address} in a browser: the blog may have moved, or a new feed taken over"},
	"layout_changed": {"its pages are read, and no text is found in them any more", "earshot inspect page ADDRESS, with the address of a new post from {address}"},
	"rule_stopped":   {"as much is written as ever, and the rule of {brand} matches none of it, where about {n} mentions are usual", "earshot test, and compare brands[].query and aliases with what people call {brand} now"},
	"no_complaints":  {"{brand} is named as often as ever, and nothing is judged a complaint, where about {n} are usual", "look at /mentions?brand={brand} and correct what is wrong, or run earshot learn"},
	"quiet":          {"little is written at all; the sources are read, and nothing is broken", ""},
}
