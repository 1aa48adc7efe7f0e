package web

import "strings"

// browserName says in two words which browser a User-Agent is, for a person who
// looks for the session that is not theirs; otherwise is said of unknown ones.
func browserName(agent, otherwise string) string {
	name := firstOf(agent, [][2]string{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"}})
	system := firstOf(agent, [][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}})
	switch {
	case name == "" && system == "":
		return otherwise
	case name == "" || system == "":
		return name + system
	}
	return name + ", " + system
}

func firstOf(agent string, marks [][2]string) string {
	for _, m := range marks {
		if strings.Contains(agent, m[0]) {
			return m[1]
		}
	}
	return ""
}
