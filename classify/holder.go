package classify

import (
	"strings"

	"earshot"
)

// holder says whose opinion the passage holds: quoted if the brand is named
// inside somebody else's words, in quotation marks or reported ("my sister says
// that ..."). What the brand's own people said is part of the author's story.
func (d *passageReader) holder(at int) earshot.Holder {
	if at < 0 {
		return earshot.HolderAuthor
	}
	for _, q := range quotedParts(d.scope.text) {
		if q.end-q.start >= 25 && d.inside(q, at) && (d.attributed(q) || q.end-q.start > 80 && !d.ownWords(q)) {
			return earshot.HolderQuoted
		}
	}
	s := d.sents[at]
	limit := s.end
	for _, t := range d.scope.targets {
		if t.start >= s.start && t.start < s.end {
			limit = t.start
			break
		}
	}
	if d.reported(s.start, limit) {
		return earshot.HolderQuoted
	}
	return earshot.HolderAuthor
}

// inside says whether a quotation holds the brand's name, or all of the
// deciding sentence where no place is known.
func (d *passageReader) inside(q textPart, at int) bool {
	if len(d.scope.targets) > 0 {
		return holdsAny(q, d.scope.targets)
	}
	return d.sents[at].start >= q.start-4 && d.sents[at].end <= q.end+4
}

// attributionReach is how many bytes before or after a quotation its speaker is
// looked for.
const attributionReach = 70

// attributed says whether somebody else is named as the speaker of a quotation.
func (d *passageReader) attributed(q textPart) bool {
	t := d.scope.text
	return d.reported(runeStart(t, q.start-attributionReach), q.start) || d.reported(q.end, runeStart(t, q.end+attributionReach))
}

// ownWords says whether the quotation marks are the author's own: "I said".
func (d *passageReader) ownWords(q textPart) bool {
	t := d.scope.text
	round := strings.ToLower(t[runeStart(t, q.start-attributionReach):q.start] + " " + t[q.end:runeStart(t, q.end+attributionReach)])
	for _, own := range []string{"i said", "i told", "i asked", "i wrote", "said i", "dije", "pregunté", "escribí", "ho detto", "ho chiesto", "ho scritto", "我说", "我问", "我写"} {
		if strings.Contains(round, own) {
			return true
		}
	}
	return false
}

// speechVerbs report somebody's words; the longer forms come first.
var speechVerbs = [...]string{"according to ", " swears ", " swore ", " says ", " said ", " writes", " wrote", " told me", " tells me", " claims ", " claimed ", " complains ", " complained ", " insists ", " reckons ", " commented", " posted", " tweeted", " recalls ", " reports that ", " quote:",
	"según ", " dice ", " dijo ", " dicen ", " escribe", " escribió", " cuenta ", " contó ", " contaba ", " comenta", " comentó", " asegura ", " asegura:", " jura ", " se queja ", " se quejaba ", " me dice ", " decía ",
	"secondo ", " dice:", " ha detto", " scrive", " ha scritto", " racconta", " ha raccontato", " sostiene ", " giura ", " si lamenta ", " mi fa:", " diceva ", " raccontava ",
	"表示", "写道", "吐槽", "反映", "说：", "说:", "说，", "留言", "评论说", "告诉我", "跟我说", "说他", "说她", "称，", "直言", "抱怨"}

// ownVoices, before a verb of speech, mean that the author or the company speaks.
var ownVoices = [...]string{"i ", "i'd ", "i've ", "i'm ", "we ", "they ", "he ", "she ", "it ", "rep ", "agent ", "operator ", "lady ", "guy ", "manager ", "woman ", "man ", "clerk ", "desk ", "email ", "mail ", "letter ", "recording ", "voice ", "message ", "policy ", "website ", "app ", "sign ", "driver ", "technician ",
	"yo ", "nosotros ", "operadora ", "operador ", "señorita ", "chico ", "chica ", "encargado ", "técnico ", "gerente ", "web ", "correo ", "que ",
	"io ", "operatore ", "operatrice ", "signorina ", "ragazzo ", "ragazza ", "tecnico ", "responsabile ", "sito ", "addetto ", "impiegato ", "impiegata ", "che ",
	"我", "客服", "店员", "他们", "师傅", "经理", "前台", "小哥", "工作人员", "对方", "柜员", "服务员", "官方"}

// reported says whether text[lo:hi] names another speaker than the author and
// the company.
func (d *passageReader) reported(lo, hi int) bool {
	if lo < 0 || hi <= lo {
		return false
	}
	s := " " + strings.ToLower(d.scope.text[lo:hi]) + " "
	for _, verb := range speechVerbs {
		i := strings.Index(s, verb)
		if i < 0 {
			continue
		}
		if verb == "according to " || verb == "secondo " || verb == "según " {
			if !asksReader(s[i+len(verb):]) {
				return true
			}
			continue
		}
		before := s[max(0, i-30) : i+1]
		if !ownVoice(before) && strings.TrimSpace(before) != "" {
			return true
		}
	}
	return hanReported(s)
}

// asksReader says whether "according to" is followed by you or me: a question,
// or the author.
func asksReader(after string) bool {
	w, _, _ := strings.Cut(after, " ")
	return strings.Contains(" voi te me lei noi you me us ustedes vosotros ti yo leí leo veo parece ", " "+strings.Trim(w, ",.?")+" ")
}

// hanSpeakers are people who are neither the author nor the company, and
// hanVerbs what they do with the words that follow.
var (
	hanSpeakers = [...]string{"爸", "妈", "同事", "朋友", "邻居", "老公", "老婆", "婆婆", "室友", "亲戚", "楼上", "楼主", "网友", "表弟", "表哥", "表姐", "表妹", "舍友", "闺蜜", "同学", "姐", "哥们", "弟弟", "妹妹", "叔", "婶", "姨", "姑", "奶奶", "爷爷", "听人", "有人", "大家都", "老王", "老李", "老张", "老周"}
	hanVerbs    = [...]string{"说", "吐槽", "抱怨", "念叨", "告诉我", "跟我讲"}
)

// hanReported looks for them in Chinese, which puts no blank round a verb.
func hanReported(s string) bool {
	for _, verb := range hanVerbs {
		i := strings.Index(s, verb)
		if i < 0 {
			continue
		}
		before := s[runeStart(s, max(0, i-24)):i]
		for _, who := range hanSpeakers {
			if strings.Contains(before, who) && !ownVoice(before) {
				return true
			}
		}
	}
	return false
}

// ownVoice says whether what stands before a verb of speech is the author or
// somebody of the company.
func ownVoice(before string) bool {
	for _, w := range ownVoices {
		if w[0] < 0x80 {
			if strings.HasSuffix(before, " "+w) || strings.HasSuffix(before, w) && len(before) == len(w) {
				return true
			}
		} else if i := strings.LastIndex(before, w); i >= 0 && len(before)-i-len(w) <= 12 {
			return true
		}
	}
	return false
}
