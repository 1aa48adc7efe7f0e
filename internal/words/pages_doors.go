package words

// DoorPages are the texts of the Admin page and of share links: who may come in.
type DoorPages struct {
	LastLogin, SessionsOpen, MakeLink, SignOutAll, NoPassword, LinkMadeDo, TokenMade, TokenMadeDo, ShareMade, ShareMadeDo      string
	TokensTitle, TokensNone, TokenTitle, TokenRole, TokenMake, TokenLast, TokenBy, TokenRevoke, TokenRevoked, TokenUnused      string
	SharesTitle, SharesNone, ShareCase, ShareEnds, ShareBy, ShareOpened, ShareRevoke, ShareIt, ShareFor, ShareMake, SharedNote string
	CommandLine                                                                                                                string
	LinkMade, ShareTitle, SharedUntil, DeckShare                                                                               Text
	ShareChoices                                                                                                               []Choice
	Deeds                                                                                                                      map[string]Text
}

func englishDoors() DoorPages {
	return DoorPages{
		LastLogin: "Last signed in", SessionsOpen: "Browsers", MakeLink: "Make a login link", SignOutAll: "Sign out", NoPassword: "never: no password yet",
		LinkMade: "A login link for {name}", LinkMadeDo: "Give it to that person. It is shown this once, works once, and ends in an hour.",
		TokenMade: "The token", TokenMadeDo: "Copy it now: it is shown this once. Programs send it as Authorization: Bearer.",
		ShareMade: "The link", ShareMadeDo: "Copy it now: it is shown this once. Whoever has it can read this case, and nothing else.",
		TokensTitle: "API tokens", TokensNone: "No program has a token.", TokenTitle: "What it is for", TokenRole: "May do what a", TokenMake: "Make a token", TokenLast: "Last used", TokenBy: "Made by", TokenRevoke: "Revoke", TokenRevoked: "revoked", TokenUnused: "not yet",
		SharesTitle: "Share links", SharesNone: "No case is shared.", ShareCase: "Case", ShareEnds: "Ends", ShareBy: "Shared by", ShareOpened: "Last opened", ShareRevoke: "Revoke", ShareIt: "Share", ShareFor: "For how long", ShareMake: "Make a link",
		SharedNote:  "This is one case out of Earshot, shared to be read. Nothing can be changed here.",
		CommandLine: "the command line", ShareTitle: "Share case {case}", SharedUntil: "Shared by {name}; the link ends {time}.",
		DeckShare:    "A link shows this case as it stands, to be read by whoever has it: what was said and what was answered. Notes, alerts and other cases are not shown.",
		ShareChoices: []Choice{{"168h", "a week"}, {"24h", "a day"}, {"720h", "30 days"}},
		Deeds: map[string]Text{"signed_in": "signed in", "password_set": "set a password", "signed_out_everywhere": "signed out everywhere", "signed_out_person": "signed {subject} out",
			"login_link": "made a login link for {subject}", "token_made": "made the token {subject} ({detail})", "token_revoked": "revoked the token {subject}",
			"share_made": "shared case {subject}, {detail}", "share_revoked": "ended a share link of case {subject}", "forgot": "forgot an author: {detail}"},
	}
}
