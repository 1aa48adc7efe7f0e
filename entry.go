package earshot

import "time"

// EntryKind is post or comment.
type EntryKind string

// The kinds of entry.
const (
	Post    EntryKind = "post"
	Comment EntryKind = "comment"
)

// Precision says how much of a date was given.
type Precision string

// The precisions of a date. A date without a time, or without a zone, compares at day grain.
const (
	PrecisionTime Precision = "time"
	PrecisionDay  Precision = "day"
	PrecisionNone Precision = "none" // no date at all: Published is the first sight
)

// Author is who wrote an entry, as far as the page says.
type Author struct {
	Key     string // AuthorKey: platform profile id, else own-host URL, else site and folded name
	Name    string
	URL     string // typed or linked by the author
	Profile string // profile authenticated by the platform, or ""
}

// Entry is one post or comment. Text is plain: paragraphs are separated by an
// empty line, headings stand on a line of their own, no markup is left.
type Entry struct {
	ID     int64  // 0 until stored
	Key    string // EntryKey: source and guid, link or content
	Source string // Source.ID
	Kind   EntryKind

	URL       string // the link as served
	Canonical string // the key form of the link
	Thread    string // Canonical of the post; of itself for a post
	Parent    string // Key of the comment answered, or ""
	GUID      string
	Site      string // host, without www.
	SiteName  string // the blog's name, or ""

	Title    string
	Text     string
	Summary  bool // Text is only a summary or excerpt: Complete may fetch the page
	Tags     []string
	Links    []string // absolute addresses linked from the text
	Lang     string   // en es it zh or another two-letter code; "" unknown
	LangSure float64  // 0..1
	Author   Author

	Published time.Time // effective: min(published, first seen); see Precision
	Precision Precision
	Updated   time.Time // as claimed, or zero
	FirstSeen time.Time

	CommentsURL  string
	CommentFeed  string
	CommentCount int
	Comments     CommentState

	Revision    int    // 1 for the first text
	Hash        string // of normalised title and text: a revision exists only if it changed
	Fingerprint uint64 // simhash of the text, 0 if too short
	Removed     time.Time
	Added       []Passage // what this revision added, newest "UPDATE" block first; empty for revision 1

	Form  string          // how it was read: FormPage, or empty for a feed's or a program's words; of a stored entry, what Text was taken from
	Forms map[string]Form // what each way of reading it showed last, by a name the crawler gives; a revision compares like with like
}

// FormPage is the form of an entry that was read from its page.
const FormPage = "page"

// Form is what one way of reading an entry showed: its feed and its page differ
// in length and furniture, and neither is an edit of the other.
type Form struct {
	Hash  string   // of normalised title and text
	Title string   // normalised, as read; empty if this way shows none
	Lines []uint32 // fingerprints of the lines ever seen there
}

// CommentState says whether readers, and so the company, can still answer in public there.
type CommentState string

// The comment states; unknown is the empty word.
const (
	CommentsUnknown CommentState = ""
	CommentsOpen    CommentState = "open"
	CommentsClosed  CommentState = "closed"
)

// Passage is a piece of an entry's text: byte offsets, end exclusive, and the piece itself.
type Passage struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	// Dated is set on an update block that carries its own date.
	Dated     time.Time `json:"-"`
	Precision Precision `json:"-"`
}

// Dropped says what was left out of a page or feed, and why.
type Dropped struct {
	What string `json:"what"`
	Why  string `json:"why"`
}
