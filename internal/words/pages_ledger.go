package words

// LedgerMore is what a case's page says of causes, follow-ups and repetition.
type LedgerMore struct {
	CauseWords, CauseLinkName, CauseKnown, RecursName, RecursPerhapsName, FollowUpName, FollowUpAsks, FollowUpDone string
	SameTextName, SameReplyName                                                                                    string
	FollowUpDue, DeputyText                                                                                        Text
}

func englishLedgerMore() LedgerMore {
	return LedgerMore{
		CauseWords: "The cause in your words", CauseLinkName: "A link about the cause", CauseKnown: "Name the cause",
		RecursName: "Came back after", RecursPerhapsName: "Perhaps what they had", FollowUpName: "Really fixed?",
		FollowUpAsks: "asked, no answer yet", FollowUpDone: "said to be fixed", FollowUpDue: "to be asked {time}",
		SameTextName: "Same sentences", SameReplyName: "Same reply", DeputyText: "{who} is away; {deputy} stands in",
	}
}
