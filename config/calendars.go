package config

import (
	"fmt"

	"earshot"
)

func (r *reader) calendars() {
	r.out.Calendars = map[string]earshot.Calendar{earshot.Always.Name: earshot.Always}
	for name, k := range r.file.Calendars {
		path := "calendars." + name
		if name == earshot.Always.Name {
			r.fault(path, codeConflict, fmt.Sprintf("the calendar %q is built in", name), "give yours another name")
			continue
		}
		c := earshot.Calendar{Name: name, Zone: k.Zone.or(r.out.Zone), Hours: k.Hours.open}
		for _, d := range k.Holidays {
			c.Holidays = append(c.Holidays, d.text)
		}
		r.out.Calendars[name] = c
	}
}
