package words

// Cards are the texts of Slack cards, thread lines, digests and mails. Every
// field must be filled in every language; a test counts them.
type Cards struct {
	Times
	Labels
	Heads
	Fields
	Notes
	Buttons
	Sayings
	Lines
	Lists
	Dialogs
	Drafts
	LedgerCards
}

// Times are how time and lists of things are written.
type Times struct {
	Seconds, Minutes, Hours, HoursMinutes, DaysHours Text
	Days                                             Plural
	DateLong, DateTime                               Text
	Today, WeekdayTime, DayTime                      Text
	Weekdays                                         [7]string
	Months, MonthsShort                              [12]string
	Comma, And, Stop                                 string
	Quote                                            Text
}

// Labels are the names of labels, by the label's own word.
type Labels struct {
	Intents     map[string]string // at the start of a line: Complaint
	Nouns       map[string]string // within one: complaint
	Many        map[string]string // of several: complaints
	The         map[string]string // with its article: the complaint
	Statuses    map[string]string
	Facets      map[string]string
	Outcomes    map[string]string
	Evidence    map[string]string // kind of evidence, short
	EvidenceSay map[string]Text   // kind of evidence, as a statement about {who}
	Reasons     map[string]string // why something was held back
	Ask         map[string]string // the question of an unsure card
}

// Heads begin the header of a card: what it is, before brand and subject.
type Heads struct {
	HeadUnsure, HeadPromised, HeadResponded, HeadMerged                               Text
	HeadOverdue, HeadPromise, HeadBroken, HeadUnconfirmed, HeadResolved, HeadReopened string
	HeadClosed, HeadDismissed                                                         string
}

// Fields name and fill the facts of a card.
type Fields struct {
	FieldAnswer, FieldPromise, FieldOwner, FieldGuess, FieldCause, FieldAuthor, FieldOutcome string
	NoAnswer, SeenNotAnswered, CommentsClosed, Nobody, Nameless, EvidenceLink                string
	PromiseNoDate                                                                            string
	Due, WasDue, Snoozed, CannotAnswer, Disagrees, DisagreesAny                              Text
	PromiseDue, PromiseLate, OwnerSince, OwnerIdle                                           Text
	FacetSeverity, Severity, AuthorFirst, AuthorAgain                                        Text
	EarlierUnanswered                                                                        Plural
}

// Notes are the small print: what else is known, why the card is there, what was cut.
type Notes struct {
	Voices, Copies, Joined, Earlier      Plural
	LeavingNote, CutQuote, CutNotes      string
	ReachNote, KeyAccount                Text
	SecondOpinion                        Text // {label}
	Similar                              Text // {n}, {of}: in the dialog that corrects a label
	Why, WhyWords, Published, Found, Cut Text
	ReadTitle, ReadPost, ReadTitleBare   Text
}

// Buttons say what happens: verb and object.
type Buttons struct {
	Take, MarkAnswered, ConfirmAnswer, NotAnswer, MarkKept, MarkBroken, MoveDate, SetOutcome, Reopen string
	OpenPost, OpenCase, OpenQueue, MakeCard                                                          string
	Draft, HandOver, Snooze, Wrong, WhyCard, NotUs                                                   string
}

// Sayings are whole sentences: the notification, and what a screen reader reads.
type Sayings struct {
	SayNew, SayUnsure, SayClaimed, SayOverdue, SayResponded, SayPromised, SayPromiseNoDate   Text
	SayUnconfirmed, SaySeen, SayResolved, SayClosed, SayDismissed, SayDismissedBy, SayMerged Text
	SayRemind, SayEscalate, SayDueBy, SayOwner, SayNobody                                    Text
}

// Lines are what is said in a card's thread, by event.
type Lines struct {
	LineBy       map[string]Text // what a person did
	LineOf       map[string]Text // what Earshot saw
	LineAnswer   map[string]Text // what the answer is now
	LineAnswerBy map[string]Text // what a person says the answer is
}

// Lists are digests, summaries, welcome, spike and notices to those who run Earshot.
type Lists struct {
	Digests                                                              map[string]string
	DigestHead                                                           Text
	SummaryHead, WelcomeHead                                             Text
	SectionOverdue, SectionDue, SectionNew, SectionThank, SectionPromise Text
	SectionHeld, SectionDone, SectionWorth                               Text
	ItemOver, ItemLeft, ItemWaits, ItemDone                              Text
	MoreItems                                                            Plural
	SummarySay, WelcomeSay                                               Plural
	DigestSay, DigestNothing                                             Text
	HearingAll, HearingSome, HearingNothing, RulesAll, RulesSome         Text
	SpikeHead, SpikeSay, SpikeWho, SpikeFirst, SpikeNote, SpikeDriver    Text
	SpikeAnswered, CalmSay                                               Text
	SpikeDrivers, FieldWho, FieldFirst, OpsHead, OpsDo                   string
	NoEdits                                                              string
}

// Dialogs are what is asked and answered when somebody clicks.
type Dialogs struct {
	AskOutcome, AskCause, AskCauseWords, AskOwner, AskUntil, AskRight, AskDate, AskNote, AskBrand, AskSame string
	Save, Cancel, Undo, InAnHour, Tomorrow, InThreeDays, InAWeek, MuteKind                                 string
	NotAllowed, NothingFound, PickOne, DateGone, Tracked, Muted                                            string
	TitleOutcome, TitleHandOver, TitleSnooze, TitleWrong, TitleMove                                        string
	Raced, NotKnown, Failed, Help                                                                          Text
	Undoable                                                                                               map[string]string // verb
}

// Drafts begin an honest answer in the author's language, by intent; a person
// finishes, signs and sends it.
type Drafts struct {
	DraftIntro string
	Reply      map[string]Text
}

func englishCards() Cards {
	return Cards{Times: englishTimes(), Labels: englishLabels(), Heads: englishHeads(), Fields: englishFields(), Notes: englishNotes(),
		Buttons: englishButtons(), Sayings: englishSayings(), Lines: englishLines(), Lists: englishLists(), Dialogs: englishDialogs(), Drafts: englishDrafts(), LedgerCards: englishLedgerCards()}
}

func englishTimes() Times {
	return Times{
		Seconds: "{n} s", Minutes: "{n} min", Hours: "{n} h", HoursMinutes: "{h} h {m}", DaysHours: "{d} d {h} h",
		Days:     Plural{"{n} day", "{n} days"},
		DateLong: "{weekday} {day} {month}", DateTime: "{day} {month} {time} {zone}",
		Today: "{time} today", WeekdayTime: "{weekday} {time}", DayTime: "{day} {month} {time}",
		Weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		Months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
			"December"},
		MonthsShort: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		Comma:       ", ", And: " and ", Stop: ". ", Quote: "“{text}”",
	}
}

func englishLabels() Labels {
	return Labels{
		Intents: map[string]string{
			"complaint": "Complaint", "compliment": "Compliment", "question": "Question", "request": "Request", "none": "Mention",
		},
		Nouns: map[string]string{
			"complaint": "complaint", "compliment": "compliment", "question": "question", "request": "request", "none": "mention",
		},
		Many: map[string]string{
			"complaint": "complaints", "compliment": "compliments", "question": "questions", "request": "requests", "none": "mentions",
		},
		The: map[string]string{
			"complaint": "the complaint", "compliment": "the compliment", "question": "the question", "request": "the request", "none": "the mention",
		},
		Statuses: map[string]string{
			"dismissed": "dismissed", "closed": "closed", "resolved": "resolved", "responded": "answered", "overdue": "overdue",
			"promised": "promised", "unconfirmed": "unconfirmed", "seen": "seen", "claimed": "taken", "new": "new",
		},
		Facets: map[string]string{
			"product": "Product", "service": "Service", "staff": "Staff", "process": "Process", "policy": "Policy", "price": "Price",
			"image": "Image",
		},
		Outcomes: map[string]string{
			"fixed": "Fixed: the cause is gone", "compensated": "Made good: refund, credit or replacement", "explained": "Explained",
			"thanked": "Thanked", "declined": "Answered, not granted", "no_reply": "Decided not to answer",
		},
		Evidence: map[string]string{
			"official": "official answer", "claimed": "unproven claim to be the company", "backlink": "link from the company’s own page",
			"author_update": "author’s update", "author_silence": "author says no answer came", "third_party": "somebody else says so",
			"seen": "seen", "promise": "promise", "marked": "marked by a person",
		},
		EvidenceSay: map[string]Text{
			"official": "Official answer by {who}", "claimed": "{who} claims to speak for the company", "backlink": "{who} links to the post",
			"author_update": "The author says that an answer came", "author_silence": "The author says that no answer came",
			"third_party": "Somebody else says so: {who}",
			"seen":        "{who} saw it", "promise": "Promised by {who}", "marked": "Marked by {who}"},
		Reasons: map[string]string{
			"held_window": "outside opening hours", "capped": "over the day’s number of messages", "min_gap": "too soon after the last reminder",
			"grouped": "came together", "stale": "published more than 14 days before it was found",
		},
		Ask: map[string]string{
			"complaint": "Is this a complaint?", "compliment": "Is this a compliment?", "question": "Is this a question?",
			"request": "Is this a request?", "none": "Is this about us?",
		},
	}
}

func englishHeads() Heads {
	return Heads{
		HeadUnsure: "Unsure: {label}?", HeadPromised: "Promise due {time}", HeadResponded: "Answered in {time}", HeadMerged: "Merged into {case}",
		HeadOverdue: "Overdue", HeadPromise: "Promise, no date", HeadBroken: "Promise broken", HeadUnconfirmed: "Answered?", HeadResolved: "Resolved",
		HeadReopened: "Still no answer", HeadClosed: "Closed", HeadDismissed: "Dismissed",
	}
}

func englishFields() Fields {
	return Fields{
		FieldAnswer: "Response", FieldPromise: "Promise", FieldOwner: "Owner", FieldGuess: "Cause, a guess", FieldCause: "Cause",
		FieldAuthor: "Author", FieldOutcome: "Outcome",
		NoAnswer: "No public response seen", SeenNotAnswered: "Seen, no public response", CommentsClosed: "Comments are closed there",
		Nobody: "Nobody yet", Nameless: "Somebody without a name", EvidenceLink: "See the passage as evidence",
		PromiseNoDate: "Promised, no date given",
		Due:           "Due {time}", WasDue: "Was due {time}", Snoozed: "Snoozed until {time}",
		CannotAnswer: "{brand} has no known identity there: an answer cannot be seen",
		Disagrees:    "The author disagrees with {who}’s mark of {time}", DisagreesAny: "The author disagrees",
		PromiseDue: "Promised, due {time}", PromiseLate: "Broken, was due {time}", OwnerSince: "{who} since {time}",
		OwnerIdle:     "{who}, not taken yet",
		FacetSeverity: "{facet}. Severity {n} of 4", Severity: "Severity {n} of 4", AuthorFirst: "{who}: first {label}",
		AuthorAgain:       "{who}: {nth} {label}",
		EarlierUnanswered: Plural{"1 earlier one unanswered", "{n} earlier ones unanswered"},
	}
}

func englishNotes() Notes {
	return Notes{
		Voices: Plural{"1 other voice", "{n} other voices"}, Copies: Plural{"1 copy", "{n} copies"}, Joined: Plural{"1 follow-up by the author",
			"{n} follow-ups by the author"},
		Earlier: Plural{"1 earlier case", "{n} earlier cases"}, LeavingNote: "Says to be leaving", CutQuote: "the quote", CutNotes: "some notes",
		SecondOpinion: "Second opinion: {label}",
		Similar:       "This story and its copies change now; up to {n} of the last {of} mentions would change after the next learn.",
		ReachNote:     "Reach {n} of 5", KeyAccount: "Key account: {name}",
		Why: "Why: rule {rule}, confidence {confidence}", WhyWords: "Why: rule {rule}, {words}, confidence {confidence}",
		Published: "Published {time}", Found: "found {time} later",
		Cut: "Shortened to fit: {what}. The case has all of it", ReadTitle: "Read {title} on {site}", ReadPost: "Read the post on {site}",
		ReadTitleBare: "Read {title}",
	}
}

func englishButtons() Buttons {
	return Buttons{
		Take: "Take it", MarkAnswered: "Mark answered", ConfirmAnswer: "Confirm answer", NotAnswer: "Not an answer", MarkKept: "Mark kept",
		MarkBroken: "Mark broken",
		MoveDate:   "Move the date", SetOutcome: "Set outcome", Reopen: "Reopen", OpenPost: "Open the post to reply", OpenCase: "Open the case",
		OpenQueue: "Open the queue", MakeCard: "Make a card",
		Draft: "Draft a reply", HandOver: "Hand over", Snooze: "Snooze or mute", Wrong: "Wrong...", WhyCard: "Why this card?", NotUs: "Not about us",
	}
}

func englishSayings() Sayings {
	return Sayings{
		SayNew:     "{label} about {brand} on {site}: {what}. {answer}.",
		SayUnsure:  "Perhaps a {label} about {brand} on {site}: {what}. Please say whether it is one.",
		SayClaimed: "{who} took {label} about {brand} on {site}. {answer}.", SayOverdue: "Overdue: {label} about {brand} on {site}, {what}. {owner}.",
		SayResponded:     "{label} about {brand} on {site} was answered in public, {time} after it was published.",
		SayPromised:      "{brand} promised an answer to {label} on {site} by {time}.",
		SayPromiseNoDate: "{brand} promised an answer to {label} on {site}, without a date.",
		SayUnconfirmed:   "There may be an answer to {label} about {brand} on {site}. Please confirm it.",
		SaySeen:          "{label} about {brand} on {site} was seen, no public response yet.",
		SayResolved:      "Resolved: {label} about {brand} on {site}.",
		SayClosed:        "Closed: {label} about {brand} on {site}. {outcome}.",
		SayDismissed:     "Dismissed: {label} about {brand} on {site}.", SayDismissedBy: "Dismissed by {who}: {label} about {brand} on {site}.",
		SayMerged:   "{label} about {brand} on {site} is now part of case {case}.",
		SayRemind:   "Still unanswered after {time}: {label} about {brand} on {site}. {owner}.",
		SayEscalate: "Nobody has answered for {time}: {label} about {brand} on {site}, {what}. {owner}.",
		SayDueBy:    "{answer}; due {time}", SayOwner: "{who} has it", SayNobody: "Nobody has taken it",
	}
}

func englishLines() Lines {
	return Lines{
		LineBy: map[string]Text{
			"claimed": "{who} took it.", "assigned": "{who} gave it to {owner}.", "snoozed": "{who} snoozed it until {time}.",
			"corrected": "{who} corrected it: {label}.",
			"closed":    "{who} closed it: {outcome}.", "noted": "{who} added a note.", "reopened": "{who} reopened it.",
			"dismissed": "{who} dismissed it.",
			"merged":    "{who} merged it with case {case}.", "split": "{who} split it from case {case}.", "undone": "{who} undid the last step.",
			"promise_made": "{who} noted a promise, due {time}.", "promise_kept": "{who} marked the promise kept.",
			"promise_broken": "{who} marked the promise broken.", "opened": "{who} opened it."},
		LineOf: map[string]Text{
			"overdue": "Overdue: the answer was due {time}.", "reopened": "Reopened: no answer after all.", "promise_made": "Promised, due {time}.",
			"promise_due":    "The promise is due {time}.",
			"promise_broken": "The promise was due {time}; nothing was seen.",
			"merged":         "Now part of case {case}.", "split": "Split from case {case}.",
			"spiked": "Many are saying this at once.", "closed": "Closed: {outcome}.", "assigned": "{owner} has it now."},
		LineAnswer: map[string]Text{
			"none": "No public response after all.", "seen": "Seen, no public response yet.", "unconfirmed": "There may be an answer.",
			"promised": "An answer was promised.", "responded": "Answered in public.", "resolved": "Resolved, as the evidence says."},
		LineAnswerBy: map[string]Text{
			"none": "{who}: not answered.", "seen": "{who}: seen.", "unconfirmed": "{who}: perhaps answered.", "promised": "{who}: promised.",
			"responded": "{who} marked it answered.", "resolved": "{who} marked it resolved."},
	}
}

func englishLists() Lists {
	return Lists{
		Digests: map[string]string{"quality": "Daily quality review", "weekly": "Weekly report", "digest": "Digest"}, DigestHead: "{digest} - {date}",
		SummaryHead: "While you were away - {reason}", WelcomeHead: "Earshot is listening",
		SectionOverdue: "Overdue, {n}", SectionDue: "Due next, {n}", SectionNew: "New, {n}", SectionThank: "Not yet thanked, {n}",
		SectionPromise: "Promises, {n}", SectionHeld: "Waiting for an answer, {n}", SectionDone: "Settled meanwhile, {n}",
		SectionWorth: "Worth answering, {n}",
		ItemOver:     "{time} over, {owner}", ItemLeft: "{time} left, {owner}", ItemWaits: "waiting {time}", ItemDone: "{status}",
		MoreItems:  Plural{"and 1 more", "and {n} more"},
		SummarySay: Plural{"1 case was held back: {reason}.", "{n} cases were held back: {reason}."},
		WelcomeSay: Plural{"Earshot is listening. 1 case of the last 14 days is worth an answer.",
			"Earshot is listening. {n} cases of the last 14 days are worth an answer."},
		DigestSay: "{digest}, {date}: {counts}.", DigestNothing: "nothing waits for an answer",
		HearingAll: "Hearing all {total} sources.", HearingSome: "Hearing {ok} of {total} sources. Deaf: {names}.",
		HearingNothing: "No source has been read yet.", RulesAll: "All {total} rules are alive.", RulesSome: "{ok} of {total} rules are alive.",
		SpikeHead: "Spike - {brand} - {n} {label} in {time}, {expected} expected",
		SpikeSay:  "Spike: {n} {label} about {brand} in {time}, {expected} expected.", SpikeWho: "{authors} authors on {sites} sites",
		SpikeFirst:  "{site}, {time}",
		SpikeNote:   "One card for the whole spike: single cases are not sent. It closes by itself when the numbers are back within limits.",
		SpikeDriver: "{words}: {n} of {total}", SpikeAnswered: "{n} of {total} answered in public",
		CalmSay:      "The spike about {brand} has calmed down.",
		SpikeDrivers: "What they say", FieldWho: "Who", FieldFirst: "First", OpsHead: "Earshot needs you", OpsDo: "What to do",
		NoEdits: "This message cannot change: the case shows how things stand",
	}
}

func englishDialogs() Dialogs {
	return Dialogs{
		AskOutcome: "How did it end?", AskCause: "What was the cause?", AskCauseWords: "The cause in your words", AskOwner: "Who takes it?",
		AskUntil: "Until when?", AskRight: "What is right?", AskDate: "The new date", AskNote: "A note", AskBrand: "It is about another brand",
		AskSame: "It is the same as case",
		Save:    "Save", Cancel: "Cancel", Undo: "Undo", InAnHour: "In an hour", Tomorrow: "Tomorrow", InThreeDays: "In three days",
		InAWeek: "In a week", MuteKind: "Mute all cases of this kind for a week",
		NotAllowed: "You may read cases, not change them. An admin can make you a responder.", NothingFound: "Nothing found.", PickOne: "Choose one.",
		DateGone: "Choose a time that is still to come.", Tracked: "Earshot follows the link from now on.", Muted: "Muted.",
		TitleOutcome: "Set outcome", TitleHandOver: "Hand over", TitleSnooze: "Snooze or mute", TitleWrong: "What is wrong?",
		TitleMove: "Move the date",
		Raced:     "{line} That was {time} ago; your click changed nothing.",
		NotKnown:  "Earshot does not know you. Ask an admin to add your Slack id {id} to people.", Failed: "That did not work: {what}",
		Help: "Say one of: {commands}.",
		Undoable: map[string]string{
			"dismiss": "Dismissed. You can undo this for 10 minutes.", "correct": "Corrected. You can undo this for 10 minutes.",
			"outcome": "Closed. You can undo this for 10 minutes.", "reject": "Noted: not an answer. You can undo this for 10 minutes.",
		},
	}
}

func englishDrafts() Drafts {
	return Drafts{
		DraftIntro: "A draft in the author’s language. Nobody sends it but you; change it, sign it, and post it yourself.",
		Reply: map[string]Text{
			"complaint":  "Hello {author}, thank you for writing about this. I am sorry: this should not have happened, and it is ours to put right. I am looking into it now and will tell you here what I find and what we do. Could you send me the reference, so that I find your case? {sign}",
			"compliment": "Hello {author}, thank you for taking the time to write this. I have passed it on to the people it is about. {sign}",
			"question":   "Hello {author}, thank you for asking. {sign}",
			"request":    "Hello {author}, thank you for the suggestion. I have passed it on, and will tell you here what comes of it. {sign}",
			"none":       "Hello {author}, thank you for mentioning us. {sign}"},
	}
}
