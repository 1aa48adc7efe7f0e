package words

// FindPages are the texts of searching, of causes, and of what a person may do
// to a source.
type FindPages struct {
	SearchBegins string
}

func englishFind() FindPages {
	return FindPages{
		SearchBegins: "Search for words that begin like this.",
	}
}
