package classify

import "earshot"

// PassageOf returns the passage that decides what a mention is judged to be:
// what a second opinion may see of an entry.
func (c *Classifier) PassageOf(e earshot.Entry, m earshot.Mention, others []earshot.Mention) string {
	all, _, best := c.weigh(c.mentionInput(e, m, others))
	if len(all) == 0 {
		return ""
	}
	return all[best].scope.text
}
