package crawler

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"earshot"
)

// EntryKey returns the key an entry is known by: its own address if it has one
// (for a comment, its thread and number there), else its guid within the source,
// else its content within the source. A key from an address is the same in every
// source, so a post read from its feed, by a revisit and by a crawl is one entry,
// guids may churn, and a new post under an old guid is new.
func EntryKey(e earshot.Entry) string {
	switch {
	case e.Kind == earshot.Comment && e.Thread != "" && commentNumber(e) != "":
		return "c-" + digest(e.Thread, commentNumber(e))
	case e.Kind == earshot.Comment && e.Thread != "" && e.Text != "":
		return "c-" + digest(e.Thread, e.Author.Key, foldText(e.Text))
	case e.Canonical != "" && ownAddress(e.Canonical):
		return "u-" + digest(e.Canonical)
	case e.GUID != "":
		return "g-" + digest(e.Source, e.GUID, foldText(e.Title)) // a guid alone may be used again
	}
	return "t-" + digest(e.Source, ContentHash(e.Title, e.Text))
}

func digest(parts ...string) string {
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(h[:16])
}

// ContentHash fingerprints the normalised title and text (compatibility forms,
// case and space folded): a revision exists only if it differs.
func ContentHash(title, text string) string {
	return digest(foldText(title), foldText(text))
}

func foldText(s string) string {
	return strings.Join(strings.Fields(cases.Fold().String(norm.NFKC.String(s))), " ")
}

// AuthorKey returns the key of an author: the profile the platform vouches for,
// else his own address on a host of his own, else site and folded name. Names
// that many share ("admin", "anonymous", "guest") never join across sites, nor
// within one, unless an address tells them apart.
func AuthorKey(profile, address, site, name string) string {
	if c := CanonicalURL(profile); c != "" {
		return "p-" + digest(c)
	}
	if c := CanonicalURL(address); c != "" && !sameSite(c, site) {
		return "a-" + digest(c)
	}
	folded := foldText(name)
	if folded == "" || site == "" {
		return ""
	}
	return "n-" + digest(strings.ToLower(strings.TrimPrefix(site, "www.")), folded)
}

// sameSite says whether an address lies on the site itself: a profile page there
// is no address of the author's own.
func sameSite(address, site string) bool {
	u, err := url.Parse(address)
	return err != nil || registrable(u.Hostname()) == registrable(hostname(site))
}

func hostname(site string) string {
	if u, err := url.Parse("//" + site); err == nil {
		return u.Hostname()
	}
	return site
}

// registrable returns the part of a host that was registered ("blog.example.co.uk"
// gives "example.co.uk"); a host without one stands for itself.
func registrable(host string) string {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if d, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return d
	}
	return host
}

// CanonicalURL returns the key form of an address: https, host without "www.",
// no default port, fragment, credentials, tracking parameters or trailing slash.
// Other parameters are kept ("?p=", "?id=" are the address). It is a key, not a
// link: the stored link is as served. "" if s is no http address.
func CanonicalURL(s string) string {
	if len(s) > maxURL {
		return ""
	}
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return ""
	}
	host := keyHost(u)
	if host == "" || strings.ContainsAny(host, " %<>\"") {
		return ""
	}
	path := strings.TrimRight(cleanPath(u.EscapedPath()), "/")
	for _, index := range []string{"/index.html", "/index.htm", "/index.php"} {
		path = strings.TrimSuffix(path, index)
	}
	out := "https://" + host + path
	if q := keptQuery(u.RawQuery); q != "" {
		out += "?" + q
	}
	return out
}

func keyHost(u *url.URL) string {
	host := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	if rest := strings.TrimPrefix(host, "www."); strings.Contains(rest, ".") {
		host = rest
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	return host
}

// cleanPath makes percent-encoding comparable and folds repeated slashes.
func cleanPath(p string) string {
	p = normalizeRobots(p)
	for strings.Contains(p, "//") {
		p = strings.ReplaceAll(p, "//", "/")
	}
	return p
}

// keptQuery drops tracking parameters and keeps the order of the rest.
func keptQuery(raw string) string {
	var kept []string
	for pair := range strings.SplitSeq(raw, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if pair != "" && !isTracking(strings.ToLower(name)) {
			kept = append(kept, normalizeRobots(pair))
		}
	}
	return strings.Join(kept, "&")
}

// isTracking knows parameters that say where a reader came from, never what the page is.
func isTracking(name string) bool {
	switch name {
	case "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid", "mkt_tok",
		"_hsenc", "_hsmi", "vero_id", "oly_enc_id", "oly_anon_id", "ref_src", "ref_url", "cmpid", "icid", "ncid", "spm", "_ga", "_gl",
		"ftag", "feature", "guccounter", "at_medium", "at_campaign", "share_source", "s_cid", "wt_mc", "rss", "from_feed", "ocid", "smid", "srnd":
		return true
	}
	for _, prefix := range []string{"utm_", "pk_", "mtm_", "piwik_", "hsa_", "matomo_", "fb_", "ga_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

var listPageRE = regexp.MustCompile(`(?i)^/?(?:[a-z]{2}/)?(?:blog|news|posts|archives?|articles|home|category|categories|tags?|topics?|authors?|search|page|label|feeds?|rss|comments|weblog|journal)?(?:/(?:page/)?\d{1,4})?/?$`)
var underListRE = regexp.MustCompile(`(?i)/(?:category|categories|tags?|topics?|authors?|label|page|search)/[^/]+(?:/page/\d+)?$`)

// ownAddress says whether a canonical address can belong to one entry alone: not
// the root, not a list page.
func ownAddress(canonical string) bool {
	u, err := url.Parse(canonical)
	if err != nil {
		return false
	}
	if u.RawQuery != "" {
		return !strings.HasPrefix(u.RawQuery, "s=") && !strings.HasPrefix(u.RawQuery, "paged=") && !strings.HasPrefix(u.RawQuery, "cat=")
	}
	return !listPageRE.MatchString(u.Path) && !underListRE.MatchString(u.Path)
}

// usableCanonical decides about the canonical address a page claims: it counts
// only within the same registrable domain, and not if it names a root or a list.
func usableCanonical(served, claimed string) bool {
	c, s := CanonicalURL(claimed), CanonicalURL(served)
	if c == "" || s == "" || !ownAddress(c) {
		return false
	}
	cu, err1 := url.Parse(c)
	su, err2 := url.Parse(s)
	return err1 == nil && err2 == nil && registrable(cu.Hostname()) == registrable(su.Hostname())
}

// SameThread says whether two addresses name the same post; fragments (a
// comment's place) do not count.
func SameThread(a, b string) bool {
	ca := CanonicalURL(a)
	return ca != "" && ca == CanonicalURL(b)
}

var commentIDRE = regexp.MustCompile(`(?i)(?:comment|comm|cmt|post|reply|response|^c|[#/?&._-]c|[?&]lc=)[-_=]?(?:id[-_=])?(\d{1,24})$`)

// commentNumber finds the number of a comment in its link's fragment or its guid,
// so that a comment read from a feed and from the page is one.
func commentNumber(e earshot.Entry) string {
	for _, s := range []string{fragmentOf(e.URL), e.GUID} {
		if m := commentIDRE.FindStringSubmatch(s); m != nil {
			return strings.TrimLeft(m[1], "0")
		}
	}
	return ""
}

func fragmentOf(s string) string {
	_, fragment, _ := strings.Cut(s, "#")
	return fragment
}

// Recognise finds an entry among those already stored of its source, although its
// key has changed (guid churn, renamed slug, moved feed). It returns the index in
// known and the reason in words; ok is false for an entry that is new, such as a
// new post under an old guid.
func Recognise(known []earshot.Entry, e earshot.Entry) (index int, why string, ok bool) {
	for i, k := range known {
		if k.Key == e.Key || (k.Canonical != "" && k.Canonical == e.Canonical && ownAddress(e.Canonical) && k.Kind == e.Kind && k.Kind == earshot.Post) {
			return i, "same address", true
		}
	}
	for i, k := range known {
		if k.Kind != e.Kind || k.Source != e.Source && k.Site != e.Site || !sameWriter(k.Author, e.Author) {
			continue
		}
		sameDay := k.Published.Sub(e.Published).Abs().Hours() < 24 || k.Precision == earshot.PrecisionNone || e.Precision == earshot.PrecisionNone
		switch {
		case k.GUID != "" && k.GUID == e.GUID && (foldText(k.Title) == foldText(e.Title) && e.Title != "" || showed(k, e.Hash)):
			return i, "same guid and title", true
		case k.GUID != "" && k.GUID == e.GUID && sameMoment(k, e):
			return i, "same guid and time", true
		case showed(k, e.Hash) && sameDay && len(e.Text) >= 40:
			return i, "same words and date at another address", true
		case e.Title != "" && foldText(k.Title) == foldText(e.Title) && sameMoment(k, e):
			return i, "same title and time at another address", true
		}
	}
	return 0, "", false
}

func sameMoment(a, b earshot.Entry) bool {
	return a.Precision == earshot.PrecisionTime && a.Precision == b.Precision && a.Published.Equal(b.Published)
}

func sameWriter(a, b earshot.Author) bool { return a.Key == b.Key || a.Key == "" || b.Key == "" }

// secretNames are the parts of parameter names whose values are never shown.
var secretRE = regexp.MustCompile(`(?i)(key|token|secret|pass|pwd|auth|sig|session|sid$|credential|private|hash$|code$|otp|jwt|bearer)`)

// Redact returns an address fit for logs, metrics and people: no userinfo, no
// values of parameters that look secret, no fragment parameters, at most 300 bytes.
func Redact(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return "(unreadable address)"
	}
	if u.User != nil {
		u.User = nil
	}
	var pairs []string
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, has := strings.Cut(pair, "=")
		if has && value != "" && (secretRE.MatchString(name) || looksSecret(value)) {
			pair = name + "=..."
		}
		pairs = append(pairs, pair)
	}
	u.RawQuery = strings.Join(pairs, "&")
	if strings.Contains(u.Fragment, "=") {
		u.Fragment, u.RawFragment = "", ""
	}
	return clip(u.String(), 300)
}

// looksSecret suspects long values that mix letters and digits without a break.
func looksSecret(v string) bool {
	if len(v) < 24 || strings.ContainsAny(v, "/+-_ .%") {
		return false
	}
	return strings.IndexFunc(v, unicode.IsDigit) >= 0 && strings.IndexFunc(v, unicode.IsLetter) >= 0
}
