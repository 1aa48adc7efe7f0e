package config

import (
	"cmp"
	"fmt"
	"regexp"

	"earshot"
)

var slackUser = regexp.MustCompile(`^[UW][A-Z0-9]{2,}$`)

func (r *reader) people() {
	names := r.personNames()
	r.unique("people", "people", names)
	for i, k := range r.file.People {
		path := at("people", i)
		p := earshot.Person{Name: k.Name, Slack: k.Slack, Mail: k.Mail, Role: earshot.Role(cmp.Or(k.Role, string(earshot.Responder))),
			Zone: k.Zone.or(r.out.Zone), Lang: k.Lang, Deputy: k.Deputy}
		for _, a := range k.Away {
			p.Away = append(p.Away, earshot.Away{From: a.from, To: a.to})
		}
		if k.Slack != "" && !slackUser.MatchString(k.Slack) {
			r.fault(path+".slack", codeValue, fmt.Sprintf("%q is no Slack user id", k.Slack), "open the profile in Slack and copy the member ID, such as U024BE7LH")
		}
		r.mailAddress(path+".mail", k.Mail)
		if k.Deputy != "" && k.Deputy == k.Name {
			r.fault(path+".deputy", codeConflict, fmt.Sprintf("%s cannot stand in for %s", k.Name, k.Name), "name somebody else")
		} else {
			r.person(path+".deputy", k.Deputy)
		}
		r.out.People = append(r.out.People, p)
	}
}

func (r *reader) accounts() {
	names := make([]string, len(r.file.Accounts))
	for i, k := range r.file.Accounts {
		names[i] = k.Name
		path := at("accounts", i)
		r.hostName(path+".match.site", k.Match.Site)
		r.person(path+".owner", k.Owner)
		r.out.Accounts = append(r.out.Accounts, earshot.Account{Name: k.Name, Author: k.Match.Author, Site: k.Match.Site,
			Tier: cmp.Or(k.Tier, "standard"), Owner: k.Owner})
	}
	r.unique("accounts", "accounts", names)
}
