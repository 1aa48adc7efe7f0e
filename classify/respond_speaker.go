package classify

import (
	"regexp"
	"strconv"
	"strings"

	"earshot"
)

// speaker says how far the entry's author speaks for the brand; sure is 0 if not.
type speaker struct {
	kind earshot.EvidenceKind
	sure float64
	note string
}

// speaker compares the author with the brand's official identities.
func (r *answerReader) speaker() speaker {
	e, o := r.e, r.b.Official
	url, name, words := r.ownDomain(e.Author.URL), r.ownName(e.Author.Name), r.speaksAsBrand()
	switch {
	case r.ownSite():
		return speaker{earshot.EvidenceOfficial, sureVerified, "on the brand's own site"}
	case accountIn(e.Author.Profile, o.Accounts):
		return speaker{earshot.EvidenceOfficial, sureVerified, "an official account"}
	case url && name && words:
		return speaker{earshot.EvidenceOfficial, sureMatched, "name and link match, not proven"}
	case url || accountIn(e.Author.URL, o.Accounts):
		return speaker{earshot.EvidenceClaimed, sureClaimed, "the link is the brand's, anybody can type it"}
	case name:
		return speaker{earshot.EvidenceClaimed, sureClaimed, "the name is the brand's, anybody can type it"}
	case !r.byAuthor() && r.introducesItself(): // whoever wrote the post does not speak for the brand by words alone
		return speaker{earshot.EvidenceClaimed, sureClaimed, "says that it speaks for the brand"}
	}
	return speaker{}
}

// ownSite says whether the entry stands on one of the brand's own hosts.
func (r *answerReader) ownSite() bool {
	hosts := append([]string{}, r.b.Official.Domains...)
	for _, f := range r.b.Official.Feeds {
		if sameAddress(f, r.e.Source) {
			return true
		}
		hosts = append(hosts, linkHost(f))
	}
	site := strings.ToLower(strings.TrimPrefix(r.e.Site, "www."))
	if site == "" {
		site = linkHost(r.e.URL)
	}
	for _, h := range hosts {
		if hostUnder(site, h) {
			return true
		}
	}
	return false
}

// ownDomain says whether an address lies on an official domain.
func (r *answerReader) ownDomain(url string) bool {
	host := linkHost(url)
	for _, d := range r.b.Official.Domains {
		if host != "" && hostUnder(host, d) {
			return true
		}
	}
	return false
}

// accountIn says whether a profile address is one of the accounts.
func accountIn(profile string, accounts []string) bool {
	for _, a := range accounts {
		if profile != "" && strings.EqualFold(plainAddress(profile), plainAddress(a)) {
			return true
		}
	}
	return false
}

// teamWords make a name with the brand in it a name of the brand: "Acme Support".
const teamWords = " care cares support help helps team official customer service services assist desk response online social media us uk es it the " +
	"atencion cliente clientes al soporte ayuda oficial equipo responde servicio assistenza clienti supporto ufficiale risponde aiuto servizio de di del "

// ownName says whether a commenter's name is the brand's.
func (r *answerReader) ownName(name string) bool {
	folded := strings.TrimPrefix(foldString(name), "@")
	if folded == "" {
		return false
	}
	for _, n := range r.b.Official.Names {
		if f := foldString(n); f != "" && (f == folded || strings.HasSuffix(folded, " "+f) || strings.HasPrefix(folded, f+" ")) {
			return true
		}
	}
	for _, n := range append([]string{r.b.Name}, r.b.Aliases...) {
		f := strings.TrimLeft(foldString(n), "@#")
		if f == "" || !strings.Contains(folded, f) {
			continue
		}
		rest := strings.Replace(folded, f, " ", 1)
		if strings.TrimSpace(rest) == "" || hanTeam(rest) || onlyTeamWords(rest) {
			return true
		}
	}
	return false
}

func onlyTeamWords(s string) bool {
	for _, w := range strings.Fields(s) {
		if !strings.Contains(teamWords, " "+w+" ") {
			return false
		}
	}
	return true
}

func hanTeam(s string) bool {
	for _, w := range []string{"客服", "官方", "服务", "团队", "售后", "小助手"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// brandVoice are words with which companies speak of themselves, folded.
var brandVoice = [...]string{" we ", " we're ", " we've ", " we'll ", " our ", " us ", " i'm ", " i am ", " my name is ", " sorry ", " apologi", " thank you for", " thanks for", " please contact", " please email", " please send", " please dm", " reach out",
	" lamentamos ", " sentimos ", " disculp", " nuestro", " nuestra", " gracias por ", " hemos ", " podemos ", " te pedimos", " le pedimos", " escribenos", " contactanos", " soy ", " estamos ",
	" ci scusiamo", " siamo ", " abbiamo ", " nostr", " grazie per ", " ci dispiace", " possiamo ", " la invitiamo", " ti invitiamo", " contattaci", " scrivici", " sono ", " ci contatti",
	"我们", "抱歉", "您好", "亲爱的", "感谢您", "对不起", "请您", "请联系", "为您"}

// speaksAsBrand says whether the text speaks as a company does.
func (r *answerReader) speaksAsBrand() bool {
	s := " " + foldString(cutRunes(r.e.Text, 4000)) + " "
	s = strings.NewReplacer(",", " ", ".", " ", "!", " ", "¡", " ", string(rune(foldSoft)), " ", "\n", " ").Replace(s)
	for _, w := range brandVoice {
		if strings.Contains(s, w) {
			return true
		}
	}
	return brandFuture.MatchString(s) || r.introducesItself()
}

// brandFuture matches, folded, the promises in which Spanish and Italian hide the "we" in the verb: "te llamaremos", "ti chiameremo".
var brandFuture = regexp.MustCompile(` (?:(?:te|le|les|os|lo|la|los|las|nos) (?:lo |la )?(?:[a-z]+remos|(?:vamos|voy) a [a-z]+)|(?:te|os) (?:lo |la )?[a-z]+re` +
	`|(?:le|les|la|lo|las|los) (?:llamare|contactare|escribire|respondere|contestare|enviare|mandare|avisare)` +
	`|se pondra[n]? en contacto con(?:tigo| usted| ustedes| vosotros)` +
	`|(?:ti|vi|la|le|lo|li) (?:lo |la )?[a-z]+remo|(?:ti|vi) (?:lo |la )?[a-z]+[aei]ro` +
	`|(?:la|le) (?:ri)?(?:chiamero|contattero|scrivero|rispondero|telefonero)` +
	`|si mettera(?:nno)? in contatto con (?:te|lei|voi)) `)

// introductions stand before or after the brand's name where somebody says that
// they speak for it; %s is the name, folded.
var introductions = [...]string{"from %s here", "with %s here", "here from %s", "here at %s", "%s here", "on behalf of %s", "i work for %s", "i work at %s", "i'm with %s", "i am with %s", "representative of %s", "this is %s", "we at %s", "us at %s", "the %s team", "%s customer care", "speaking for %s", "ceo of %s", "manager at %s", "from the %s",
	"desde %s", "somos %s", "de parte de %s", "en nombre de %s", "trabajo en %s", "trabajo para %s", "del equipo de %s", "equipo de %s", "le saluda %s", "de atencion al cliente de %s", "community manager de %s",
	"per conto di %s", "a nome di %s", "lavoro per %s", "lavoro in %s", "del team %s", "siamo %s", "dello staff di %s", "dell'assistenza %s", "del servizio clienti %s", "servizio clienti %s",
	"我是%s", "我们是%s", "这里是%s", "%s客服", "%s官方", "代表%s", "%s团队"}

// selfNames say "I am somebody" where the brand's name follows within a few words.
var selfNames = [...]string{"i'm ", "i am ", "my name is ", "this is ", "soy ", "me llamo ", "mi nombre es ", "sono ", "mi chiamo ", "我是"}

// selfMood are those of them that a mood follows as well as a name: "I am furious with AAA".
var selfMood = map[string]bool{"i'm ": true, "i am ": true, "this is ": true, "soy ": true, "sono ": true}

// selfNamed matches them where a name or an office follows: "I am Ann", "soy la encargada".
var selfNamed = regexp.MustCompile(`(?:\b[Ii]['’]?m|\b[Ii] [Aa][Mm]|\b[Tt]his is|\b[Ss]oy|\b[Ss]ono)[, ]+(?:\p{Lu}|the |a |an |el |la |un |una |il |lo |l['’])`)

// introducesItself looks for such words in the first lines.
func (r *answerReader) introducesItself() bool {
	s := foldString(namedNotCalled.Replace(strings.ToLower(cutRunes(r.e.Text, 500))))
	for _, n := range append([]string{r.b.Name}, r.b.Aliases...) {
		name := strings.TrimLeft(foldString(n), "@#")
		if name == "" || !strings.Contains(s, name) {
			continue
		}
		for _, p := range introductions {
			if strings.Contains(s, strings.ReplaceAll(p, "%s", name)) {
				return true
			}
		}
		for _, self := range selfNames {
			i := strings.Index(s, self)
			if i < 0 {
				continue
			}
			rest := s[i+len(self):]
			j := strings.Index(rest, name)
			if j > 0 && j < 60 && (!selfMood[self] || selfNamed.MatchString(cutRunes(r.e.Text, 500))) && !callOf(rest) && !strings.ContainsAny(initials.ReplaceAllString(rest[:j], "$1"), ".!?\n") && companyLink(rest[:j]) {
				return true
			}
		}
	}
	return false
}

// namedNotCalled keeps "me llamó", he called me, apart from "me llamo", my name is, before the accents are folded away.
var namedNotCalled = strings.NewReplacer("llamó", "llamaba", "llamo\u0301", "llamaba", "chiamò", "chiamava", "chiamo\u0300", "chiamava")

// initials matches the dot of "Lucinda K. from", which ends no sentence.
var initials = regexp.MustCompile(`\b([a-z])\.`)

// callOf says whether the words after "me llamo" are no name but whoever called: "no me llamo nadie de" is written without accents, too.
func callOf(rest string) bool {
	first, _, _ := strings.Cut(rest, " ")
	return first != "" && strings.Contains(" nadie ninguno ninguna alguien nessuno qualcuno ", " "+first+" ")
}

// companyLink says whether the words between a person's name and the brand's
// make the one work for the other: "Ann from", "Luca, dell'assistenza di".
func companyLink(between string) bool {
	for _, w := range []string{" from ", " with ", " at ", " of ", ", the ", " de ", " del ", " di ", " del", " dell", " per ", "客服", "的"} {
		if strings.Contains(" "+between+" ", w) {
			return !strings.Contains(between, "customer") && !strings.Contains(between, "cliente") && !strings.Contains(between, "client ")
		}
	}
	return false
}

func itoa64(n int64) string { return strconv.FormatInt(n, 10) }
