package words

// Pages are the texts of the dashboard in one language, on top of those it
// shares with the cards. Every field must be filled; a test counts them.
type Pages struct {
	*Words
	PageTimes
	PageFrame
	SignInPage
	DoorPages
	TodayPage
	CasePage
	LedgerPage
	LedgerMore
	ActionForms
	ListPages
	AlertPage
	SourcePage
	LeaguePage
	ReportPage
	NumberPages
	FindPages
	DeedPages
}

// PagesFor returns the dashboard's texts in lang; English until there is a translation.
func PagesFor(lang string) *Pages {
	return &Pages{Words: For("en"), PageTimes: englishPageTimes(), PageFrame: englishFrame(), SignInPage: englishSignIn(), DoorPages: englishDoors(), TodayPage: englishToday(), CasePage: englishCase(),
		LedgerPage: englishLedger(), LedgerMore: englishLedgerMore(), ActionForms: englishForms(), ListPages: englishListPages(), AlertPage: englishAlerts(), SourcePage: englishSources(), LeaguePage: englishLeague(), ReportPage: englishReport(), NumberPages: englishNumbers(), FindPages: englishFind(), DeedPages: englishDeeds()}
}

// PageTimes are how times are written on a page.
type PageTimes struct {
	ExactTime, ExactDay, LongDate, AgoText, InText, Yesterday, Tomorrow, WeekdayClock, DayText, DayYear, Seconds Text
	WeekdaysShort                                                                                                [7]string
	Never, JustNow, Now, NoDate                                                                                  string
	Stop                                                                                                         string // ends a sentence
	Small                                                                                                        [13]string
}

// PageFrame is what surrounds every page.
type PageFrame struct {
	Skip, MenuOpen, MenuClose, SearchLabel, SearchGo, Work, Numbers, Hearing, Office string
	NavToday, NavCases, NavMentions, NavLeague, NavTrends, NavPeople                 string
	NavSources, NavRules, NavAlerts, NavReview, NavReports, NavAdmin                 string
	MainNav, LocalReader, Formats, Undo, BackToday                                   string
	ReaderIs, TimesIn, MadeAt, FootVersion                                           Text
	Roles                                                                            map[string]string
	WhatNow                                                                          string
}

// TodayPage is the first screen.
type TodayPage struct {
	TodayTitle, Overdue, OverdueNone, DueNext, DueNextNone, NewComplaints, NewNone, NotThanked, NotThankedNone string
	PromisesDue, PromisesNone, Waiting, ShowAll, NobodyWaits, NothingHeard                                     string
	SinceLooked, NothingNew, WeeklyReport, SevenDays, NowColumn, BeforeColumn, WeekCaption                     string
	Complaints, Compliments, PublicResponse, MedianFirst, NoneYet, WeekNote                                    string
	PastSLA, PromiseBrokenAt, DueAt, WrittenAt, ThankBy, PromisedAt, OfText, NthLabel, SeverityIs              Text
	OpenCases, NewMentions, AlertsHeld                                                                         Plural
	LongestWait, OneClause, TwoClauses                                                                         Text
	AnswersOverdue, AnswersDue, MoreDue, ComplaintsWait, ComplimentsWait, PromisesStand                        Plural
	IntentCounts                                                                                               map[string]Plural
	DeafOne                                                                                                    Text
	DeafSome                                                                                                   Plural
	DeafAll, SlackTrouble, OpenSources, NewsLate                                                               string
	FirstSteps, StepRuns, StepBrandText, StepSources, StepSourcesText, StepSlack, StepSlackText                string
	StepDemo, StepDemoText, StepDone, StepOpen                                                                 string
	StepRunsText                                                                                               Text
	StepBrand                                                                                                  Plural
}

// CasePage is one case.
type CasePage struct {
	CaseTitle, CaseDeck, RemovedOn, Perhaps                                                               Text
	CaseHeads                                                                                             map[string]Text
	Reopened, Unsure, CompetitorCase                                                                      string
	StateName, PromiseDueName, WasDueName, DueName, SnoozedName, FirstResponse, WaitingName, SeverityName string
	WhatSaid, OriginalPost, WhatChanged, WhatAnswered, CommentsTitle, WhoWhere, WhyHere, WhatHappened     string
	WhoWasTold, NobodyTold, NoText, CutText, NotesName, NoEvidence, PublishedLine                         string
	RevisionFrom, CommentsShown, FoundAfter                                                               Text
	EvidenceCount                                                                                         Plural
	KeptRevisions, ByAuthor, JoinsCase, TitleChanged, CommentUnder                                        string
	NoteHead, EffortFrom                                                                                  Text
	NoteStop, SarcasmNote, QuotedNote, AbstainNote, OtherBrand                                            string
	WhyFound, WhyNamed, WhyJudged, WhyOpened, WhyClock, WhyTold, WhyToldNobody                            string
	WhyFoundText, WhyJudgedText, WhyOpenedText, WhyClockText                                              Text
	WhyNamedText                                                                                          Plural
	JudgedBy                                                                                              map[string]string
	AuthorIs                                                                                              Text
	VoicesName, JoinedName, CopiesName, EarlierCase, MergedIn, CommentsName, TagsName, ReachName          string
	CommentStates                                                                                         map[string]string
	EventLines                                                                                            map[string]Text
	EvidenceFound                                                                                         map[string]string
	EvidenceRejected                                                                                      Text
}

// LedgerPage is the answered side of a case.
type LedgerPage struct {
	EvidenceTitles                                                                          map[string]string
	EffectRejected                                                                          string
	EffectReopened, EffectNone, EffectMoved, EffectNothing, EffectPromised, EffectResponded Text
	EffectResolved                                                                          Text
	Effects, AnswerNames                                                                    map[string]string
	FinalWord, EvidenceWord                                                                 string
}

// ActionForms are the forms of a case, and what is said after one was sent.
type ActionForms struct {
	More, YesItIs, NoItIsNot, ToWhom, GiveIt, Outcome, Cause, CauseUnset, SaveOutcome               string
	PromiseUntil, PromiseWords, SavePromise, SnoozeFor, SnoozeIt, WrongLabel, RightLabel, SaveLabel string
	NotAboutUs, DismissWhy, DismissIt, NoteText, SaveNote, MergeWith, MergeIt, SplitFrom, SplitIt   string
	AnswerLink, AnswerWords, MuteLike, Optional, Actions, NothingDone, Reject                       string
	CorrectsNow, HowManySimilar                                                                     string
	CorrectsSimilar                                                                                 Text // {n}, {of}
	SnoozeChoices                                                                                   []Choice
	Raced                                                                                           Text
	RacedWhat                                                                                       map[string]string
	Did                                                                                             map[string]Text
}

// Choice is a value of a form with its name.
type Choice struct{ Value, Name string }

// ListPages are the lists of cases and mentions.
type ListPages struct {
	CasesTitle, CasesNone, CasesNoneDo, MentionsTitle, MentionsNone, MentionsNoneDo, Filter, ClearAll, ShowingFilters string
	CasesHead, MentionsHead, MentionsMany, MentionsUnanswered                                                         Plural
	PageOf, HitsFor                                                                                                   Text
	Next, Newer, FilterStatus, FilterIntent, FilterBrand, FilterOwner, FilterLang, FilterOrder, FilterSentiment       string
	FilterTime, MineOnly, NobodysOnly, AllOpen, AllCases, AnyTime, NoCase                                             string
	Orders, Languages, SentimentNames                                                                                 map[string]string
	LastDays                                                                                                          Plural
	Select, WithSelected, ApplyBulk, AuthorsCases, ListedCases, OursOnly                                              string
	BulkResult                                                                                                        Text
	AnsweredIn, WaitsFor, SeverityFrom, FromDate, ToDate, SeenSince                                                   Text
	Unanswered, OneSource, BulkVerb, BulkNothing, BulkReason, BulkOwner, BulkText, SnoozeDay, Competitor              string
	AnswerFilters                                                                                                     map[string]string
	SearchIn, RemoveFilter                                                                                            string
}

// AlertPage is the alert log.
type AlertPage struct {
	AlertsTitle, AlertsNone, Everything, AllReceivers, NoReceiver, InDoubt, Show, ColTime, ColOutcome, ColReceiver          string
	ColWhat, ColReason, Older, Mutes, MutesNone, MuteWhat, MuteWhy, MuteFor, MuteIt, Unmute, LogNone                        string
	AlertsHead                                                                                                              Plural
	AlertsDeck, SendsAt, TroubleText, MuteBy                                                                                Text
	AlertGroups, ReasonSays, EventNames                                                                                     map[string]string
	WhyTitle, WhyAddress, WhyGo, WhyAsk, WhyUnread, WhyUnreadDo, WhyNoBrand, WhyNoCase, WhyNotCounted, WhyPoison, WhyInWork string
	WhyCase                                                                                                                 Text
	AlertKinds                                                                                                              map[string]Text
}

// SourcePage is the list of sources.
type SourcePage struct {
	SourcesTitle, SourcesNone, AllSources, NeedsLook, NotReadYet, ReadNothing, LastSuccess, LastNew, LastTry, NextPoll string
	NotPolled, InterestIn, ErrorsInRow, ReallyRead, ColSource, ColWords, SourceAdd, SourceAddText, OpenSite            string
	LastEntries, NoEntries, FewerNone                                                                                  string
	SourcesAll, SourcesDeck, Fails                                                                                     Plural
	SourcesSome, ReadEvery                                                                                             Text
	SourceStates, SourceKinds, SourceKind, SourceSays                                                                  map[string]string
}

// CountAnswers writes a counted clause with small numbers as words.
func (p *Pages) CountAnswers(t Plural, n int) string {
	word := ""
	if n >= 0 && n < len(p.Small) {
		word = p.Small[n]
	}
	if word == "" {
		return t.N(n)
	}
	return t.Text(n).With("n", word)
}

// LeaguePage compares brands by how they answer.
type LeaguePage struct {
	LeagueTooFew, Answered, IntervalName, StillInTime, MedianName, P90Name, ResolvedName, OursWord, HowToRead, LeagueHow1, LeagueHow2 string
	LeagueAlone, LeagueEven, LeagueAhead, LeagueBehind, LeagueDeckAlone, LeagueDeckThem, LeagueCaption, TooFewText, RangeText         Text
}

// ReportPage is the weekly report.
type ReportPage struct {
	ReportTitle, ReportRate, ReportUp, ReportDown, ReportCause, WasText, TrustText                            Text
	ReportQuiet, ReportSame, WhoAnswered, WhatAbout, ThisWeek, StillWaiting, KindWords, TrustTitle, TrustNote string
	WeekBefore, WeekAfter, PrintHint, IntervalShort, TooFewShort                                              string
	ReportCounts                                                                                              Plural
}

// NumberPages are people, rules, label review, trends and admin.
type NumberPages struct {
	PeopleNone, PeopleNoneDo, PeopleOnce, WithoutAnswer, LastWrote                                                              string
	PeopleAgain, RulesAlive, RulesDead, ReviewHead, AdminPeople, ChartOut                                                       Plural
	RulesNone, RulesNoneDo, RulesDeck, RuleName, Hits, NearMisses, NotOursName, LastMatch, NoIdentity                           string
	ReviewNone, ReviewDeck, ReviewAsk, ReviewEmpty, ReviewSaid, ReviewSaidNone, ReviewAgree, ReviewAgreeNone                    string
	LabelWas, LabelIs, ByWhom, Agreed, AdminLocal, AdminWho, RoleName, DeputyName, AuditTrail, AuditNone                        string
	AdminDeck, TrendTooFewDeck, TrendHigh, TrendLow, TrendUsual, TrendDeck, WeekPoint                                           Text
	TrendTooFew, TrendQuiet, ChartUsual, ChartSays, ChartHow, UpperLimit, LowerLimit, MeanName, ShowNumbers, WeekFrom, RateName string
	LimitsName, OutWord, ShareOfVoice, ShareName                                                                                string
}
