package words

// DeedPages are what people do to sources, and the draft of a reply.
type DeedPages struct {
	PauseTitle, PauseText, PauseWhy, PauseFor, PauseIt, ResumeIt, ResumeText         string
	PausedBy                                                                         Text
	SightAddress, SightTitle, SightGo, SightText, SightNothing, SightFeeds, SightAdd string
	SightSeen, SightNoBrand, SightEmpty, SightCut, SightNote                         string
	SightFound                                                                       Plural
	PauseChoices                                                                     []Choice
	SightKinds                                                                       map[string]string
	DraftTitle, DraftNote, SelectAll, SelectNone, NearTitle, NearDeck, NearNone      string
}

func englishDeeds() DeedPages {
	return DeedPages{
		PauseTitle: "Pause it", PauseText: "It is not read until the pause ends by itself. What is posted meanwhile is read then. To stop for good, take its line out of the config.",
		PauseWhy: "Why", PauseFor: "For how long", PauseIt: "Pause", ResumeIt: "Resume now", ResumeText: "It is read again at once.",
		PausedBy:     "Paused by {who} on {date}, until {until}: {why}",
		PauseChoices: []Choice{{"24h", "a day"}, {"168h", "a week"}, {"336h", "2 weeks"}, {"672h", "4 weeks"}},
		SightAddress: "Or test an address first", SightTitle: "Test", SightGo: "Test it now", SightText: "Reads the address once and shows what Earshot sees there. Nothing is stored and nobody is told.",
		SightNothing: "Nothing could be read there.", SightFeeds: "Feeds that this page names", SightAdd: "Follow this one", SightSeen: "What Earshot sees there",
		SightNoBrand: "none of your brands", SightEmpty: "There is no entry in it at the moment.", SightCut: "It broke off, or is longer than Earshot reads.",
		SightNote:  "Brands are looked for in what stands here; when it follows a source, Earshot also opens the page of a post that gives only a summary.",
		SightFound: Plural{"One entry in this {kind}; of those below, {named} name a brand.", "{n} entries in this {kind}; of those below, {named} name a brand."},
		SightKinds: map[string]string{"rss": "RSS feed", "atom": "Atom feed", "json": "JSON feed", "rdf": "RSS 1.0 feed", "page": "page"},
		DraftTitle: "Draft a reply", DraftNote: "In the author’s language, to copy, change and sign. Earshot never posts it for you.",
		SelectAll: "Select all on this page", SelectNone: "Select none", NearTitle: "Near misses", NearDeck: "The name stood there, and it did not count. If one of these is about you, the rule is too narrow.", NearNone: "Nothing nearly matched in these days.",
	}
}
