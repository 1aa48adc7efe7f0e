package daemon

import (
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/internal/demo"
)

// seasonPlots are the ways a story can go, the commoner ones more than once.
func seasonPlots() []func(*seasonTale) {
	of := func(n int, plot func(*seasonTale)) []func(*seasonTale) {
		return slices.Repeat([]func(*seasonTale){plot}, n)
	}
	return slices.Concat(
		of(3, plotUnanswered), of(3, plotOfficial), of(1, plotLate), of(2, plotClaimed), of(2, plotPromiseOpen), of(2, plotPromiseKept), of(2, plotPromiseBroken),
		of(2, plotUpdate), of(2, plotDatedUpdate), of(3, plotSilence), of(1, plotAnsweredThenSilence), of(2, plotFollowResolved), of(2, plotBacklink),
		of(1, plotThirdDenial), of(1, plotThirdAnswer), of(1, plotSeen), of(1, plotCopy), of(2, plotSecondIncident), of(1, plotOwnSilence),
		of(2, plotPraise), of(2, plotThanked), of(2, plotIdle))
}

func plotUnanswered(t *seasonTale) { t.complain("unanswered", earshot.AnswerNone, true) }

func plotOfficial(t *seasonTale) {
	t.complain("official", earshot.AnswerResponded, false)
	t.company(t.hours(8, 50), t.say("official"))
}

func plotLate(t *seasonTale) {
	t.complain("official late", earshot.AnswerResponded, true)
	t.company(t.hours(130, 300), t.say("official"))
}

func plotClaimed(t *seasonTale) {
	t.complain("claimed", earshot.AnswerUnconfirmed, true)
	s := t.slots()
	name := t.pick("readers")
	s["R"] = name
	t.comment(t.hours(8, 100), name, "", t.blog.tongue.fill(t.pick("claimed"), s))
}

func plotPromiseOpen(t *seasonTale) {
	t.complain("promise open", earshot.AnswerPromised, true)
	t.promise(t.hours(8, 50))
}

func plotPromiseKept(t *seasonTale) {
	t.complain("promise kept", earshot.AnswerResolved, false)
	made := t.hours(8, 40)
	t.promise(made)
	kept := made.Add(t.truth.due.Sub(made) * 2 / 3)
	t.own(kept, "promise_kept")
}

func plotPromiseBroken(t *seasonTale) {
	t.complain("promise broken", earshot.AnswerNone, true)
	t.promise(t.hours(8, 40))
	t.own(t.truth.due.Add(time.Duration(20+t.r.IntN(60))*time.Hour), "promise_broken")
}

// promise is made by the company under the post; when it is due is reckoned here
// from the plan, not read from the words.
func (t *seasonTale) promise(made time.Time) {
	g := t.blog.tongue
	how, words, _ := strings.Cut(t.pick("due"), " | ")
	due, exact := t.seasonDue(how, made)
	words = strings.NewReplacer("{W}", seasonWeekday(g.lang, due.Weekday()), "{D}", seasonDay(g.lang, due)).Replace(words)
	t.truth.due, t.truth.exact = due, exact
	s := t.slots()
	s["DUE"] = words
	t.company(made, g.fill(t.pick("promise"), s))
}

func (t *seasonTale) seasonDue(how string, made time.Time) (due time.Time, exact bool) {
	days := map[string]int{"tomorrow": 1, "weekday": 2 + t.r.IntN(4), "date": 4 + t.r.IntN(6)}[how]
	switch how {
	case "hours48":
		return made.Add(48 * time.Hour), true
	case "hours24":
		return made.Add(24 * time.Hour), true
	case "biz3":
		days = seasonWorkdays(made, 3)
	case "biz5":
		days = seasonWorkdays(made, 5)
	}
	day := made.AddDate(0, 0, days)
	return time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 0, 0, time.UTC), false
}

// seasonWorkdays is how many days n working days after a day are.
func seasonWorkdays(from time.Time, n int) int {
	days := 0
	for n > 0 {
		days++
		if d := from.AddDate(0, 0, days).Weekday(); d != time.Saturday && d != time.Sunday {
			n--
		}
	}
	return days
}

func plotUpdate(t *seasonTale) {
	t.complain("update", earshot.AnswerResponded, false)
	t.update(t.hours(20, 50), false, "update_responded")
}

func plotDatedUpdate(t *seasonTale) {
	t.complain("update dated", earshot.AnswerResolved, false)
	t.update(t.hours(26, 50), true, "update_resolved")
}

// follow is a later post of the author on the same matter.
func (t *seasonTale) follow(at time.Time, kind string, linked bool) {
	text := t.say(kind)
	body := []string{t.say("idle"), text}
	if linked {
		body = append(body, t.say("backref"))
	} else if !strings.Contains(text, t.matter.place) || !strings.Contains(strings.ToLower(text), strings.ToLower(t.matter.thing)) {
		body = append(body, t.say("recall"))
	}
	t.post(at, t.blog.slug, t.say("follow_title"), body, seasonTruth{story: "follow-up " + kind, joins: t.slug()})
}

func plotSilence(t *seasonTale) {
	t.complain("silence", earshot.AnswerNone, true)
	t.follow(t.hours(9*24, 30*24), "silence", t.r.IntN(3) == 0)
}

func plotAnsweredThenSilence(t *seasonTale) {
	t.complain("answered, then silence", earshot.AnswerNone, true)
	t.company(t.hours(8, 40), t.say("official"))
	t.follow(t.hours(9*24, 30*24), "silence", t.r.IntN(2) == 0)
}

func plotFollowResolved(t *seasonTale) {
	t.complain("follow-up resolved", earshot.AnswerResolved, true)
	t.follow(t.hours(9*24, 30*24), "update_resolved", t.r.IntN(2) == 0)
}

func plotBacklink(t *seasonTale) {
	t.complain("backlink", earshot.AnswerResponded, false)
	at := t.hours(10, 44)
	t.posts++
	post := demo.Post{Slug: t.slug() + "-news", Site: t.brand.slug, Title: t.say("news_title"), Text: t.say("news") + "\n\n" + t.say("idle")}
	t.step(at, func(w *demo.Web) error { return w.Publish(post) })
}

func plotThirdDenial(t *seasonTale) {
	t.complain("third-party denial", earshot.AnswerNone, true)
	t.reader(t.hours(30, 200), "third_denial")
}

func plotThirdAnswer(t *seasonTale) {
	t.complain("third-party answer", earshot.AnswerUnconfirmed, true)
	t.reader(t.hours(30, 200), "third_answer")
}

func plotSeen(t *seasonTale) {
	t.complain("seen", earshot.AnswerSeen, true)
	t.own(t.hours(30, 200), "seen")
}

func plotOwnSilence(t *seasonTale) {
	t.complain("answered, then author's comment", earshot.AnswerNone, true)
	t.comment(t.hours(8, 30), "Ivo", "", t.say("stranger"))
	t.company(t.hours(31, 40), t.say("official"))
	t.own(t.hours(240, 400), "silence")
}

// plotCopy: another site takes over the post, word for word.
func plotCopy(t *seasonTale) {
	t.complain("copied", earshot.AnswerNone, true)
	original := t.slug()
	t.posts++
	truth := &seasonTruth{slug: original + "-copy", lang: t.truth.lang, brand: t.brand.name, story: "copy", joins: original, copies: true}
	t.truths = append(t.truths, truth)
	site := t.mirrors[truth.lang]
	t.step(t.hours(20, 90), func(w *demo.Web) error {
		for _, p := range w.Posts() {
			if p.Slug == original {
				return w.Publish(demo.Post{Slug: truth.slug, Site: site, Title: p.Title, Text: p.Text})
			}
		}
		return nil
	})
}

// plotSecondIncident: the same author, the same company, another matter.
func plotSecondIncident(t *seasonTale) {
	t.complain("first incident", earshot.AnswerNone, true)
	t.at = t.hours(8*24, 40*24)
	t.newMatter()
	t.complainAs("late_title", "second incident", earshot.AnswerNone, true)
}

func plotPraise(t *seasonTale) { t.praise("praise", earshot.AnswerNone, true) }

func plotThanked(t *seasonTale) {
	t.praise("thanked", earshot.AnswerResponded, false)
	t.company(t.hours(20, 100), t.say("thanks_reply"))
}

// plotIdle: a post that is about nobody.
func plotIdle(t *seasonTale) {
	t.posts++
	post := demo.Post{Slug: "idle" + t.at.Format("0102150405") + t.blog.slug, Site: t.blog.slug, Title: "...", Text: t.say("idle") + "\n\n" + t.say("idle")}
	t.step(t.at, func(w *demo.Web) error { return w.Publish(post) })
}
