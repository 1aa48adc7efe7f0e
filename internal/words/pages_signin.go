package words

// SignInPage are the texts of signing in, of a person's own page and of whom
// the Admin page lets in.
type SignInPage struct {
	SignIn, SignOut, SignInFirst, SignedOut, NameField, PasswordField, StaySigned, NoMatch, NoPasswordYet string
	SetPassword, NewPassword, AgainPassword, SavePassword, PasswordDiffers, PasswordLong, PasswordControl string
	PasswordEasy, PasswordSet, OldPassword, OldPasswordWrong, OtherPassword                               string
	TooManyTries, PasswordShort, PasswordRule, PasswordFor                                                Text
	Account, AccountHead, SessionsTitle, ThisBrowser, UnknownBrowser, SignOutEverywhere, SessionsNote     string
	LocalHead, LocalDeck                                                                                  string
	SessionSeen, SessionSince                                                                             Text
}

func englishSignIn() SignInPage {
	return SignInPage{
		SignIn: "Sign in", SignOut: "Sign out", SignInFirst: "Sign in, and you go on to the page you asked for.", SignedOut: "You are signed out.",
		NameField: "Name", PasswordField: "Password", StaySigned: "Stay signed in on this device for 30 days",
		NoMatch:       "That name and password do not match. Try again, or ask your admin for a login link.",
		NoPasswordYet: "No password yet, or forgotten? Your admin makes you a login link.",
		SetPassword:   "Set your password", NewPassword: "New password", AgainPassword: "The same again", SavePassword: "Set password and sign in",
		PasswordDiffers: "The two passwords differ. Type the same one twice.", PasswordLong: "That password is longer than 256 bytes. Take a shorter one.",
		PasswordControl: "That password holds characters that cannot be typed again. Take letters, digits, spaces and signs.",
		PasswordEasy:    "That password is guessed at once. Take a few words that do not belong together.",
		PasswordSet:     "Your password is set. Every other browser is signed out.", OldPassword: "Current password", OldPasswordWrong: "That is not your current password. Nothing was changed.",
		OtherPassword: "Change your password", TooManyTries: "Too many tries. Wait {time} and try again, or ask your admin for a login link, which works at once.",
		PasswordShort: "That password is too short. Take at least {n} characters; a few words are easy to remember.", PasswordRule: "At least {n} characters. A few words that do not belong together are easy to remember.",
		PasswordFor: "For {name}. This link works once. Your other browsers are signed out.",
		Account:     "Your account", AccountHead: "Where you are signed in, and your password.", SessionsTitle: "Signed in", ThisBrowser: "this browser", UnknownBrowser: "a program without a name",
		SignOutEverywhere: "Sign out everywhere", SessionsNote: "Something here that is not yours? Sign out everywhere, then set another password.",
		LocalHead: "This Earshot serves one person on this machine.", LocalDeck: "Nobody signs in. To work with others, add `people` to the config, then make each of them a link: `earshot login-link NAME`.",
		SessionSeen: "used {time}", SessionSince: "since {time}",
	}
}
