package classify

import "strings"

// categoryWords returns the context words of a category in four languages, in
// the notation of newWordSet; nil for an unknown category.
func categoryWords(category string) []string {
	var out []string
	for _, table := range []map[string]string{categoryEN, categoryES, categoryIT, categoryZH} {
		out = append(out, strings.Fields(table[category])...)
	}
	return out
}

// customerWords stand near a brand of any category when somebody deals with it:
// weak evidence, enough only for what is written as a name.
func customerWords() []string {
	var out []string
	for _, table := range []map[string]string{categoryEN, categoryES, categoryIT, categoryZH} {
		out = append(out, strings.Fields(table[categoryAny])...)
	}
	return out
}

// categoryAny is the row of the tables that holds for every category.
const categoryAny = "any"
