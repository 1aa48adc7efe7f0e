package words

// FindPages are the texts of searching, of causes, and of what a person may do
// to a source.
type FindPages struct {
	SearchBegins string

	NavCauses, CausesNone, CausesNoneDo, CausesGo, CausesHeld, CausesNamed, CausesBar, CausesSum, CausesBack, CausesAgain string
	CausesLink, CausesJudged, CausesHow1, CausesHow2, CauseOpen, CauseFixed, CauseFixedAgain, CauseBack                   string
	CausesOne, CausesFew, CausesCost, CausesCostFew                                                                       Text
	CausesHead, CausesUnnamed                                                                                             Plural

	AddAddress, AddKind, AddFeed, AddSite, AddTags, AddShow, AddLine, AddLineText, AddBadAddress, AddTry string
	MendTitle, MendStop, MendStopText, MendMoved, MendFailing, MendQuarantined                           string
	RulesRight                                                                                           string
}

func englishFind() FindPages {
	return FindPages{
		SearchBegins: "Search for words that begin like this.",

		AddAddress: "Address", AddKind: "What it is", AddFeed: "A feed", AddSite: "A blog without a feed", AddTags: "Tags, optional", AddShow: "Show the lines",
		AddLine:       "Lines for the config",
		AddLineText:   "Put these lines into the config file and reload. The file stays the only truth, so that a change can be reviewed and taken back.",
		AddBadAddress: "That is no web address. Paste one that begins with https://.", AddTry: "What Earshot sees there now",
		MendTitle: "What to do", MendStop: "To stop reading it", MendStopText: "Take its line out of the config, or put a # before it, and reload. What was heard stays.",
		MendMoved:       "It answers at another address. Earshot follows; put the new one into the config, so that it stays right when the old one goes.",
		MendFailing:     "Earshot keeps asking, less and less often, and hears it again by itself when it answers. If it is gone for good, take its line out and reload.",
		MendQuarantined: "Nothing new of it makes a card until it is calm again. Look at what it says now; if that is right, nothing has to be done.",
		RulesRight:      "Right, as people said",

		NavCauses: "Causes", CausesNone: "Nobody has named a cause yet.", CausesGo: "Cases that were answered and wait for an outcome",
		CausesNoneDo: "When you close a case, say in a few words why it came to it; the causes that are behind most cases will stand here.",
		CausesHeld:   "None of them came back after it was fixed.", CausesNamed: "Named by those who closed the case", CausesBar: "Cases, as a bar",
		CausesSum: "So far", CausesBack: "Reopened", CausesAgain: "Came again", CausesLink: "notes", CausesJudged: "What complaints are about, as judged",
		CausesHow1: "The causes with the most cases come first; “so far” is the part of all cases that a cause and those above it explain. Mend the first few and most complaints have no reason to come.",
		CausesHow2: "“Came again” counts cases that were written after the cause had been closed as fixed, “reopened” those that were closed too soon. Both are work done twice.",
		CauseOpen:  "Not fixed", CauseFixed: "Fixed", CauseFixedAgain: "Fixed, came again", CauseBack: "Came back",
		CausesOne:     "“{cause}” is behind all {n} cases with a named cause.",
		CausesHead:    Plural{"“{cause}” alone is behind {part} of {cases} cases.", "{n} of {total} causes are behind {part} of {cases} cases; “{cause}” leads."},
		CausesFew:     "“{cause}” is behind {n} of {cases} cases with a named cause.",
		CausesCostFew: "What coming back cost: {again} cases came after their cause had been fixed, {back} had to be reopened.",
		CausesCost:    "What coming back cost: {again} cases came after their cause had been fixed ({part} of all), {back} had to be reopened.",
		CausesUnnamed: Plural{"{n} case was closed without a word on why.", "{n} cases were closed without a word on why."},
	}
}
