package words

func englishPageTimes() PageTimes {
	return PageTimes{
		ExactTime: "{weekday} {day} {month} {year}, {time} {zone}", ExactDay: "{weekday} {day} {month} {year}", LongDate: "{weekday} {day} {month} {year}, {time}",
		AgoText: "{time} ago", InText: "in {time}", Yesterday: "yesterday {time}", Tomorrow: "tomorrow {time}", WeekdayClock: "{weekday} {time}",
		DayText: "{day} {month}", DayYear: "{day} {month} {year}", Seconds: "{n} s",
		WeekdaysShort: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		Never:         "never", JustNow: "just now", Now: "now", NoDate: "no date given", Stop: ".",
		Small: [13]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"},
	}
}

func englishFrame() PageFrame {
	return PageFrame{
		Skip: "Skip to content", MenuOpen: "Menu", MenuClose: "Close menu", SearchLabel: "Search mentions", SearchGo: "Search",
		Work: "Work", Numbers: "Numbers", Hearing: "Hearing", Office: "Office",
		NavToday: "Today", NavCases: "Cases", NavMentions: "Mentions", NavLeague: "Response league", NavTrends: "Trends", NavPeople: "People",
		NavSources: "Sources", NavRules: "Rules", NavAlerts: "Alert log", NavReview: "Label review", NavReports: "Reports", NavAdmin: "Admin",
		MainNav: "Main", LocalReader: "You, on this machine", Formats: "This page as", Undo: "Undo", BackToday: "Go to Today",
		ReaderIs: "{name}, {role}", TimesIn: "Times are in {zone}; hover for the exact minute.", FootVersion: "Earshot {version}", MadeAt: "Made {time}.",
		Roles: map[string]string{"viewer": "viewer", "responder": "responder", "admin": "admin"}, WhatNow: "What to do now",
	}
}

func englishToday() TodayPage {
	return TodayPage{
		TodayTitle: "Today", Overdue: "Overdue", OverdueNone: "Nobody waits longer than was promised.", DueNext: "Due next", DueNextNone: "Nothing falls due in the next three hours.",
		NewComplaints: "New complaints", NewNone: "No complaint is waiting for somebody to take it.", NotThanked: "Compliments not yet thanked", NotThankedNone: "Nobody who praised you is waiting. People who say thank you like an answer, too.",
		PromisesDue: "Promises due", PromisesNone: "No promise is open.", Waiting: "waiting in public", ShowAll: "Show all", NobodyWaits: "Nobody is waiting.",
		NothingHeard: "Nothing to hear yet: no source has been read.", SinceLooked: "Since you last looked", NothingNew: "Nothing moved.", SevenDays: "Seven days", WeeklyReport: "Weekly report", NowColumn: "now", BeforeColumn: "before", WeekCaption: "The last seven days against the seven before",
		Complaints: "Complaints", Compliments: "Compliments", PublicResponse: "Public response", MedianFirst: "Median first response", NoneYet: "none yet",
		WeekNote:        "By day of publication. Under ten there are counts, no rates; what is still in time counts on neither side.",
		PastSLA:         "past its {sla}, since {time}",
		PromiseBrokenAt: "promise broken, was due {time}", DueAt: "due {time}", WrittenAt: "written {time}", ThankBy: "say thanks by {time}", PromisedAt: "promised {time}",
		OfText: "{n} of {total}", NthLabel: "{nth} {label}", SeverityIs: "severity {n}",
		OpenCases:   Plural{"{n} open case, {free} of them not taken yet.", "{n} open cases, {free} of them not taken yet."},
		NewMentions: Plural{"{n} new mention: ", "{n} new mentions: "}, AlertsHeld: Plural{"{n} alert was held back.", "{n} alerts were held back."},
		LongestWait: "The longest wait is {time}.", OneClause: "{a}.", TwoClauses: "{a}; {b}.",
		AnswersOverdue: Plural{"{n} answer is overdue", "{n} answers are overdue"}, AnswersDue: Plural{"{n} answer falls due in the next three hours", "{n} answers fall due in the next three hours"},
		MoreDue: Plural{"{n} more falls due within three hours", "{n} more fall due within three hours"}, ComplaintsWait: Plural{"{n} complaint waits for somebody to take it", "{n} complaints wait for somebody to take them"},
		ComplimentsWait: Plural{"nobody complains, and {n} compliment waits for a thank-you", "nobody complains, and {n} compliments wait for a thank-you"},
		PromisesStand:   Plural{"nobody is waiting, and {n} promise is open", "nobody is waiting, and {n} promises are open"},
		IntentCounts: map[string]Plural{"complaint": {"{n} complaint", "{n} complaints"}, "compliment": {"{n} compliment", "{n} compliments"},
			"question": {"{n} question", "{n} questions"}, "request": {"{n} request", "{n} requests"}, "none": {"{n} other", "{n} others"}},
		DeafOne: "{what}: {why}, since {time}.", DeafSome: Plural{"{n} of {total} sources cannot be heard.", "{n} of {total} sources cannot be heard."}, DeafAll: "Earshot is deaf.",
		SlackTrouble: "Slack cannot be reached:", OpenSources: "Open sources", NewsLate: "News from there may be late.",
		FirstSteps: "First steps", StepRuns: "Earshot runs", StepBrandText: "A name with its aliases, who may answer for it, and how soon people should hear back.",
		StepSources: "Add sources", StepSourcesText: "A feed, a blog, or a list of feeds you already have. After the first read, what is new makes cards; what is old comes in silently and pages nobody.",
		StepSlack: "Connect Slack", StepSlackText: "Two tokens under `slack` in the config. Until then this dashboard does everything that a card can do.",
		StepDemo: "See it work", StepDemoText: "A small pretend blogosphere, a complaint, a card, an answer: one minute, no account, no network.", StepDone: "done", StepOpen: "open",
		StepRunsText: "Version {version}. Database, disk and clock are fine.", StepBrand: Plural{"One brand is listened for", "{n} brands are listened for"},
	}
}

func englishCase() CasePage {
	return CasePage{
		CaseTitle: "Case {case}", Perhaps: "perhaps a {label}", CaseDeck: "{label}, by {author} on {site}, {time}.", RemovedOn: "The post was gone on {date}; what you read is the copy kept.",
		CaseHeads: map[string]Text{
			"new": "{author} has waited {wait} for {brand}; no public response seen.", "claimed": "{author} has waited {wait} for {brand}; somebody is on it.",
			"seen": "{brand} saw what {author} wrote, and no public response was seen.", "unconfirmed": "{brand} may have answered {author}; somebody has to confirm it.",
			"promised": "{brand} promised {author} an answer by {time}.", "promised_undated": "{brand} promised {author} an answer, without a date.",
			"overdue": "An answer to {author} is {late} overdue.", "responded": "{brand} answered {author} in public after {wait}.", "resolved": "{brand} answered {author}, and it is settled.",
			"closed": "Closed: the {label} of {author} about {brand}.", "dismissed": "Dismissed: what {author} wrote about {brand}.", "broken": "{brand} did not keep its promise to {author}.",
			"denied": "{author} still has no answer from {brand} after {wait}.", "unsure": "{author} wrote about {brand}. Is it a {label}?"},
		Reopened: "Reopened", Unsure: "Unsure", CompetitorCase: "A competitor: counted for the league, nobody’s work.",
		StateName: "State", PromiseDueName: "Promise due", WasDueName: "Was due", DueName: "Due", SnoozedName: "Snoozed until", FirstResponse: "First response", WaitingName: "Waiting", SeverityName: "Severity",
		WhatSaid: "What was said", OriginalPost: "original post", WhatChanged: "What changed in the post", WhatAnswered: "What was answered", CommentsTitle: "Comments", WhoWhere: "Who and where", WhyHere: "Why this case",
		WhatHappened: "What happened", WhoWasTold: "Who was told, and who was not", NobodyTold: "No alert was planned for this case.", NoText: "The text is not kept here any more.",
		CutText: "The text is longer; the original has all of it.", NotesName: "What the marks mean", NoEvidence: "No public response seen.", PublishedLine: "Published", RevisionFrom: "revision {from} to {to}", CommentsShown: "The first {n} of {total} are shown.", FoundAfter: "found {time} later",
		EvidenceCount: Plural{"{n} piece of evidence", "{n} pieces of evidence"}, KeptRevisions: "Both revisions are kept.", ByAuthor: "author", JoinsCase: "part of this case", TitleChanged: "Title", CommentUnder: "A comment under",
		NoteHead: "{label} about {brand}", EffortFrom: "from {words}", NoteStop: "; ", SarcasmNote: "said with irony",
		QuotedNote: "somebody else’s words, quoted", AbstainNote: "too unsure to label without a person", OtherBrand: "another brand: not this case",
		WhyFound: "Found", WhyNamed: "Named", WhyJudged: "Judged", WhyOpened: "Case", WhyClock: "Clock", WhyTold: "Told", WhyToldNobody: "Nobody: no alert was planned.",
		WhyFoundText: "In {source}, {time} after it was published.", WhyJudgedText: "{label}, confidence {confidence}, by {by}.", WhyOpenedText: "Opened, since somebody may want an answer.",
		WhyClockText: "An answer is due within {time}, counted by the calendar {calendar}.",
		WhyNamedText: Plural{"{brand} is named once, by the rule {rule}.", "{brand} is named {n} times, by the rule {rule}."},
		JudgedBy:     map[string]string{"model": "the model on this machine", "llm": "the second opinion", "": "the model on this machine"}, AuthorIs: "{author}: {nth}",
		VoicesName: "Others who say so", JoinedName: "Follow-ups", CopiesName: "Copies", EarlierCase: "Earlier case", MergedIn: "Merged in", CommentsName: "Comments there", TagsName: "Tags", ReachName: "Reach",
		CommentStates: map[string]string{"open": "open: an answer can be left there", "closed": "closed: nobody can answer there", "": "not known"},
		EventLines: map[string]Text{
			"opened": "The case was opened.", "joined": "The author wrote about it again.", "copied": "The same text appeared elsewhere.", "voice": "Somebody else says the same.",
			"evidence_added": "Evidence of an answer was found.", "answer_changed": "The answer changed.", "promise_made": "Promised, due {time}.", "promise_due": "The promise falls due {time}.",
			"promise_kept": "The promise was kept.", "promise_broken": "The promise was not kept.", "due_soon": "An answer falls due {time}.", "overdue": "Overdue: an answer was due {time}.",
			"snoozed": "Snoozed until {time}.", "woke": "The snooze ended.", "corrected": "The label was corrected.", "resolved": "Settled, as the evidence says.", "closed": "Closed.", "noted": "A note.",
			"reopened": "Reopened.", "dismissed": "Dismissed.", "merged": "Merged with case {case}.", "split": "Split from case {case}.", "recurred": "The same cause came back.", "spiked": "Many say this at once.",
			"calmed": "It has calmed down.", "undone": "The last step was undone.", "claimed": "{owner} took it.", "assigned": "{owner} has it now."},
		EvidenceFound: map[string]string{
			"official": "An official answer was found.", "claimed": "Somebody claims to speak for the company.", "backlink": "The company’s own page links to the post.", "author_update": "The author reports an answer.",
			"author_silence": "The author reports silence.", "third_party": "Somebody else says whether it was answered.", "seen": "It was seen.", "promise": "A promise was found.", "marked": "Marked by a person."},
		EvidenceRejected: "{who} rejected a piece of evidence.",
	}
}

func englishLedger() LedgerPage {
	return LedgerPage{
		EvidenceTitles: map[string]string{
			"official": "Official answer", "claimed": "Somebody claims to speak for the company", "backlink": "The company’s own page links to it", "author_update": "The author reports an answer",
			"author_silence": "The author reports silence", "third_party": "Somebody else says so", "seen": "Seen, not answered", "promise": "A promise", "marked": "Marked by a person"},
		EffectRejected: "Rejected by a person: does not count.", EffectReopened: "No public response as of {date}: the case was reopened.", EffectNone: "No public response as of {date}.",
		EffectMoved: "The promise now falls due {time}.", EffectNothing: "Changes nothing: it was {answer} already.", EffectPromised: "Promised, due {time}.",
		EffectResponded: "Answered, {time} after it was published.", EffectResolved: "Settled, {time} after it was published.",
		Effects:     map[string]string{"seen": "Seen; still no public response.", "unconfirmed": "Perhaps answered; a person is asked to confirm.", "none": "Says nothing about an answer."},
		AnswerNames: map[string]string{"none": "unanswered", "seen": "seen", "unconfirmed": "perhaps answered", "promised": "promised", "responded": "answered", "resolved": "settled"},
		FinalWord:   "final", EvidenceWord: "evidence"}
}

func englishForms() ActionForms {
	return ActionForms{
		More: "More", YesItIs: "Yes, it is", NoItIsNot: "No, it is not", ToWhom: "To whom", GiveIt: "Hand over", Outcome: "How did it end?", Cause: "What was the cause?", CauseUnset: "not known", SaveOutcome: "Close the case",
		PromiseUntil: "Due", PromiseWords: "What was promised", SavePromise: "Note the promise", SnoozeFor: "For how long", SnoozeIt: "Snooze", CorrectsNow: "This story and its copies change now; similar mentions after the next learn.", HowManySimilar: "How many?",
		CorrectsSimilar: "This story and its copies change now; up to {n} of the last {of} mentions would change after the next learn.",
		WrongLabel:      "Wrong label", RightLabel: "What is it really?", SaveLabel: "Correct the label",
		NotAboutUs: "Not about us", DismissWhy: "Why does nobody need to answer?", DismissIt: "Dismiss", NoteText: "Note, for the team only", SaveNote: "Add the note", MergeWith: "Case that is the same", MergeIt: "Merge it into this one",
		SplitFrom: "Merged case", SplitIt: "Split it off again", AnswerLink: "Where the answer is", AnswerWords: "What was answered", MuteLike: "Mute alerts like this one", Optional: "optional", Actions: "What you can do", NothingDone: "Nothing was changed.", Reject: "Does not count",
		SnoozeChoices: []Choice{{"2h", "2 hours"}, {"24h", "a day"}, {"72h", "3 days"}, {"168h", "a week"}, {"336h", "2 weeks"}},
		Raced:         "{who} {what} {time}. This is how the case stands now.",
		RacedWhat: map[string]string{"claimed": "took it", "assigned": "handed it over", "evidence_added": "marked it", "answer_changed": "marked it", "snoozed": "snoozed it", "corrected": "corrected it", "closed": "closed it",
			"reopened": "reopened it", "dismissed": "dismissed it", "merged": "merged it", "split": "split it", "undone": "undid a step", "promise_kept": "marked the promise kept", "promise_broken": "marked the promise broken", "other": "changed it"},
		Did: map[string]Text{
			"claim": "You took case {case}.", "assign": "You gave case {case} to {owner}.", "answered": "You marked case {case} answered.", "outcome": "You closed case {case}.", "promise": "You noted a promise on case {case}.",
			"kept": "You marked the promise of case {case} kept.", "broken": "You marked the promise of case {case} broken.", "snooze": "You snoozed case {case}.", "dismiss": "You dismissed case {case}.",
			"correct": "You corrected case {case}.", "confirm": "You confirmed case {case}.", "reject": "You said no on case {case}.", "note": "Your note is on case {case}.", "merge": "You merged into case {case}.", "split": "You split case {case}.",
			"reopen": "You reopened case {case}.", "undo": "Your last step on case {case} is undone.", "mute": "Muted.", "unmute": "The mute has ended.", "track": "Earshot follows that address.", "pause": "The source is paused.", "resume": "The source is read again."},
	}
}

func englishListPages() ListPages {
	return ListPages{
		CasesTitle: "Cases", CasesNone: "No case fits these filters.", CasesNoneDo: "Take a filter away, or look at all cases.", MentionsTitle: "Mentions", MentionsNone: "No mention fits these filters.",
		MentionsNoneDo: "Take a filter away, search for fewer words, or widen the time.", Filter: "Filter", ClearAll: "Clear all", ShowingFilters: "Showing",
		CasesHead: Plural{"{n} case, {open} open.", "{n} cases, {open} of them open."}, MentionsHead: Plural{"{n} mention{where}.", "{n} mentions{where}, {complaints} complaints."},
		MentionsMany:       Plural{"More than {n} mention{where}.", "More than {n} mentions{where}, {complaints} complaints among the newest {n}."},
		MentionsUnanswered: Plural{"{n} of them has no public response seen.", "{n} of them have no public response seen."}, HitsFor: " of “{words}”",
		PageOf: "{from} to {to} of {total}", Next: "Next", Newer: "First page", FilterStatus: "State", FilterIntent: "Intent", FilterBrand: "Brand", FilterOwner: "Owner", FilterLang: "Language", FilterOrder: "Order",
		FilterSentiment: "Sentiment", FilterTime: "Published", MineOnly: "Mine", NobodysOnly: "Not taken yet", AllOpen: "Open", AllCases: "All", AnyTime: "Any time", NoCase: "no case",
		Orders:         map[string]string{"due": "Due first", "waiting": "Longest waiting", "newest": "Newest", "moved": "Last moved", "worst": "Most severe", "promise": "Promise due"},
		Languages:      map[string]string{"en": "English", "es": "Español", "it": "Italiano", "zh": "中文", "": "not known", "fr": "Français", "de": "Deutsch", "pt": "Português"},
		SentimentNames: map[string]string{"negative": "Negative", "neutral": "Neutral", "positive": "Positive"},
		LastDays:       Plural{"24 hours", "{n} days"}, Select: "Select", WithSelected: "With those selected", ApplyBulk: "Do it", AuthorsCases: "one author", ListedCases: "the listed ones", OursOnly: "Our brands",
		BulkResult: "{n} done, {failed} not: somebody was faster, or it makes no sense there.", SearchIn: "Search titles and texts", RemoveFilter: "Remove this filter",
		AnsweredIn: "answered in {time}", WaitsFor: "waiting {time}", SeverityFrom: "severity {n} and up", FromDate: "from {date}", ToDate: "to {date}", SeenSince: "found since {time}",
		Unanswered: "No public response seen", OneSource: "one source", BulkVerb: "Choose what to do with the selected cases.", BulkNothing: "Select at least one case first.", BulkReason: "Say in a few words why nobody needs to answer.",
		BulkOwner: "Say who gets them.", BulkText: "Reason, or to whom", SnoozeDay: "Snooze for a day", Competitor: "competitor", AnswerFilters: map[string]string{"given": "answered in public", "none": "no public response seen"},
	}
}

func englishAlerts() AlertPage {
	return AlertPage{
		AlertsTitle: "Alert log", AlertsNone: "Nothing asked for an alert in this time.", Everything: "everything", AllReceivers: "all receivers", NoReceiver: "nobody", InDoubt: "The connection broke while sending: looking whether it arrived.",
		Show: "Show", ColTime: "Time", ColOutcome: "Outcome", ColReceiver: "Receiver", ColWhat: "What", ColReason: "Reason", Older: "Older", Mutes: "Mutes", MutesNone: "Nothing is muted.", MuteWhat: "What is muted", MuteWhy: "Why",
		MuteFor: "For how long", MuteIt: "Mute", Unmute: "End this mute", LogNone: "No alert fits these filters. When something is sent, or is not, the reason stands here.",
		AlertsHead: Plural{"{n} decision led to {sent} messages; the rest is below with its reason.", "{n} decisions led to {sent} messages, and here is why not more."},
		AlertsDeck: "{sent} sent, {later} put together or off, {not} not sent, {failed} failed, {waiting} on their way. Every decision stands below with its reason.",
		SendsAt:    "To be sent {time}.", TroubleText: "Tried {n} times: {trouble}.", MuteBy: "{who}, until {time}",
		WhyTitle: "Ask about one post", WhyAddress: "Address of a post", WhyGo: "Why, or why not?", WhyAsk: "Why was there an alert, or why not?", WhyUnread: "Earshot has not read that address.",
		WhyUnreadDo: "Either no source leads there, or its source has not been read since it was written. Add its feed or site to the sources.", WhyNoBrand: "It was read, and names no brand.",
		WhyNoCase: "It names a brand, and asks for nothing: no case.", WhyNotCounted: "A name was seen there, and counts for nothing.", WhyPoison: "Work on it failed again and again; it was set aside.", WhyInWork: "It waits to be judged.",
		WhyCase:     "It names {brand}: see case {case}.",
		AlertGroups: map[string]string{"sent": "Sent", "later": "Put off", "not": "Not sent", "failed": "Failed", "waiting": "On its way"},
		ReasonSays: map[string]string{
			"": "Waiting to be sent.", "sent": "Sent.", "edited": "The card was edited in place.", "grouped": "Came together with others: one message for all.", "digested": "Goes into the next digest.",
			"held_window": "Outside the receiver’s hours: in the summary when they open.", "capped": "Over the number of messages a day: in the summary.", "min_gap": "Too soon after the last message about this case.",
			"muted": "A mute hides it.", "no_route": "No route matches.", "stale": "Published more than 14 days before it was found: digest only.", "backfill": "History read back: always silent.",
			"first_read": "From the first read of its source, which is silent.", "duplicate": "The same was sent before.", "answered_meanwhile": "Answered before it was sent.", "expired": "Too late to be of use.",
			"in_spike": "Part of a spike: one card for all.", "undeliverable": "The receiver is gone or refuses; those who run Earshot were told.", "not_fetched": "The page could not be read.",
			"quarantined": "Its source is in quarantine.", "flood": "Too much at once from one source: held to be looked at.", "boilerplate": "The name stands in the page’s furniture, not in the text.", "tag_only": "The name stands in the tags only.",
			"namesake": "Another thing of the same name.", "excluded": "The rule excludes it.", "competitor": "A competitor: counted, never alerted.", "intent_none": "Neither complaint nor compliment, question or request."},
		EventNames: map[string]string{"opened": "new", "answer_changed": "answer changed", "promise_due": "promise falls due", "promise_broken": "promise broken", "overdue": "overdue", "reopened": "reopened", "recurred": "came back",
			"spiked": "spike", "claimed": "taken", "assigned": "handed over", "closed": "closed", "dismissed": "dismissed", "corrected": "corrected", "noted": "note", "": "update", "evidence_added": "new evidence", "promise_made": "promise",
			"promise_kept": "promise kept", "snoozed": "snoozed", "woke": "woke", "joined": "follow-up", "voice": "another voice", "copied": "copy", "merged": "merged", "split": "split", "resolved": "settled", "due_soon": "due soon", "undone": "undone"},
		AlertKinds: map[string]Text{"card": "Card of case {case}", "edit": "Edit of case {case}: {event}", "line": "Thread line on case {case}: {event}", "remind": "Reminder: case {case}", "escalate": "Escalation of case {case}",
			"digest": "Digest of {n}", "summary": "Summary of {n} held back", "welcome": "Welcome message", "spike": "Spike", "ops": "Notice to those who run Earshot"},
	}
}

func englishSources() SourcePage {
	return SourcePage{
		SourcesTitle: "Sources", SourcesNone: "There is no source to listen to yet.", AllSources: "all", NeedsLook: "needs a look", NotReadYet: "Not read yet; its turn comes.", ReadNothing: "Read, and nothing new so far.",
		LastSuccess: "Last success", LastNew: "Last new entry", LastTry: "Last tried", NextPoll: "Next read", NotPolled: "not while paused", InterestIn: "Interval", ErrorsInRow: "Failures in a row", ReallyRead: "Really read at",
		ColSource: "Source", ColWords: "In words", SourceAdd: "Add a source", SourceAddText: "Sources stand in the config file. Add a line under `sources` and reload; feeds of a blog are found by themselves.", OpenSite: "Open the site",
		LastEntries: "Last entries", NoEntries: "Nothing has been read from here yet.", FewerNone: "No source is in this state.",
		SourcesAll: Plural{"Earshot hears its one source.", "Earshot hears all {n} sources."}, SourcesDeck: Plural{"{n} needs a look.", "{n} need a look."}, Fails: Plural{"{n} in a row", "{n} in a row"},
		SourcesSome: "Earshot hears {ok} of {total} sources.", ReadEvery: "Read about every {time}.",
		SourceStates: map[string]string{"ok": "Heard", "late": "Late", "failing": "Failing", "dead": "Dead", "moved": "Moved", "quarantined": "Quarantined", "paused": "Paused"},
		SourceKinds:  map[string]string{"feed": "feeds", "site": "sites without a feed", "thread": "threads being revisited", "push": "handed in"},
		SourceKind:   map[string]string{"feed": "feed", "site": "site", "thread": "thread", "push": "handed in"},
		SourceSays: map[string]string{"ok": "Heard.", "late": "Later than usual.", "failing": "It fails; we ask less and less often, and do not give up.", "dead": "No success for seven days; still asked.",
			"moved": "It moved; we follow.", "quarantined": "Set aside until a person has looked.", "paused": "Paused."},
	}
}

func englishLeague() LeaguePage {
	return LeaguePage{
		LeagueTooFew: "Too few people have waited their time yet to say who answers.", Answered: "Answered", IntervalName: "95 % interval, 0 to 100 %", StillInTime: "Still in time", MedianName: "Median first", P90Name: "90th percentile", ResolvedName: "Settled", OursWord: "ours",
		HowToRead: "How to read this", LeagueHow1: "An answer counts when there is evidence in public: a comment by an official identity, a link from the company’s own page, the author saying so, or a person’s mark. Answers by phone or mail are not seen, unless the author tells.",
		LeagueHow2:  "“Still in time” are cases whose clock has not run out; they are on neither side of the rate. Under ten there are counts, never a rate. The order is that of the lower end of the interval, so that a small sample cannot lead by luck.",
		LeagueAlone: "{ours} answered {rate} of the people who wrote about it.", LeagueEven: "{ours} and {theirs} answer about as many people.", LeagueAhead: "{ours} answers more people than {theirs}.", LeagueBehind: "{theirs} answers more people than {ours}.",
		LeagueDeckAlone: "{ours} answered {n}, half of them within {median}.", LeagueDeckThem: "{theirs} answered {n}, half of them within {median}.", LeagueCaption: "Cases published from {from} to {to}, by brand.",
		TooFewText: "too few to give a rate (n = {n}; we ask for 10)", RangeText: "{low} to {high}",
	}
}

func englishReport() ReportPage {
	return ReportPage{
		ReportTitle: "Weekly report {week}", ReportRate: "We answered {rate} of the {n} people whose time has come.", ReportUp: "The week before it was {rate}.", ReportDown: "The week before it was {rate}.", ReportSame: "It was the same the week before.",
		ReportCause: "Most complaints were about {cause}.", WasText: "was {n}", TrustText: "{ok} of {total} sources are heard now; {unsure} cases of this week are too unsure to label without a person.",
		ReportQuiet: "Nobody wrote about us who would want an answer.", WhoAnswered: "Who answered", WhatAbout: "What complaints were about", ThisWeek: "this week", StillWaiting: "Still waiting", KindWords: "Kind words",
		TrustTitle: "How far to trust this page", TrustNote: "“Answered” means that a public response was seen; phone and mail are not seen unless the author tells.", WeekBefore: "Week before", WeekAfter: "Week after",
		PrintHint: "Print with your browser: it fits one sheet of A4.", IntervalShort: "95 % interval", TooFewShort: "too few for a rate",
		ReportCounts: Plural{"One person wrote who would want an answer; {answered} answered.", "{n} people wrote who would want an answer; {answered} answered."},
	}
}

func englishNumbers() NumberPages {
	return NumberPages{
		PeopleNone: "Nobody has written about us in this time.", PeopleNoneDo: "Whoever writes about a brand will stand here, with how often and what became of it.", PeopleOnce: "Nobody had to complain twice.", WithoutAnswer: "Without an answer", LastWrote: "Last wrote",
		PeopleAgain: Plural{"One person complained more than once.", "{n} people complained more than once."},
		RulesAlive:  Plural{"The one rule has matched in the last 30 days.", "All {n} rules have matched in the last 30 days."}, RulesDead: Plural{"One of {total} rules has not matched for 30 days.", "{n} of {total} rules have not matched for 30 days."},
		RulesNone: "No brand is listened for yet.", RulesNoneDo: "Add a line under `brands` in the config; `earshot check` says whether its rule can match.", RulesDeck: "What each brand is found by. A near miss is a name that was seen and counts for nothing, with the reason.",
		RuleName: "Rule", Hits: "Hits", NearMisses: "Near misses", NotOursName: "Said to be not ours", LastMatch: "Last match", NoIdentity: "no official identity: cannot be seen to answer",
		ReviewNone: "No label is in doubt.", ReviewHead: Plural{"{n} label is in doubt and waits for a person.", "{n} labels are in doubt and wait for a person."}, ReviewDeck: "What you say here wins at once for that story and its copies, and teaches the next ones.",
		ReviewAsk: "Too unsure to say", ReviewEmpty: "When a text is too unsure to label, it is asked about here. It pages nobody meanwhile.", ReviewSaid: "What people said", ReviewSaidNone: "Nobody has corrected a label yet.", ReviewAgree: "How often people agreed",
		ReviewAgreeNone: "Once people have looked at labels, the share that was right stands here, by brand and label.", LabelWas: "Label", LabelIs: "Said to be", ByWhom: "By", Agreed: "Agreed",
		AdminLocal: "This Earshot serves one person on this machine.", AdminPeople: Plural{"One person works with this Earshot.", "{n} people work with this Earshot."}, AdminWho: "People", RoleName: "Role", DeputyName: "Deputy", AuditTrail: "Who did what", AuditNone: "Nobody has done anything yet.",
		AdminDeck:   "The database is {name}, {size}. People, brands and sources stand in the config file.",
		TrendTooFew: "Too little was said to tell a trend from chance.", TrendTooFewDeck: "{n} mentions in 20 weeks; limits mean something from {need} on.", TrendHigh: "Complaints are out of the ordinary: {rate} of mentions last week, the limit is {limit}.",
		TrendLow: "Fewer complaints than chance explains: {rate} of mentions last week, the lower limit is {limit}.", TrendUsual: "Complaints are as usual: {rate} of mentions last week.", TrendQuiet: "Last week was too quiet to give a rate.",
		TrendDeck: "{n} mentions last week were complaints; the mean of {weeks} weeks is {mean}.", ChartUsual: "No week was out of the ordinary.", ChartOut: Plural{"{n} week was out of the ordinary.", "{n} weeks were out of the ordinary."}, ChartSays: "Complaints as a share of mentions, by week.",
		ChartHow:   "Complaints as a share of mentions, by week. Dashed: three-sigma limits, wider where there are fewer mentions. A ring marks a week outside them; weeks with fewer than ten mentions have no rate.",
		UpperLimit: "upper limit", LowerLimit: "lower limit", MeanName: "mean", ShowNumbers: "Show the numbers", WeekFrom: "Week from", RateName: "Rate", LimitsName: "Limits", OutWord: "outside", ShareOfVoice: "Share of voice", ShareName: "Share",
		WeekPoint: "Week of {date}: {n} complaints of {total} mentions, {rate}",
	}
}
