package alerttest

import (
	"encoding/json"
	"unicode/utf8"
)

// breaks names the limit that a message breaks: those of Slack, and the
// tighter ones that Earshot promises.
func breaks(text, blocks string) string {
	if text == "" && blocks == "" {
		return "no_text"
	}
	if utf8.RuneCountInString(text) > 40000 {
		return "msg_too_long"
	}
	if blocks == "" {
		return ""
	}
	if len(blocks) > 10000 {
		return "msg_blocks_too_long"
	}
	var list []map[string]any
	if err := json.Unmarshal([]byte(blocks), &list); err != nil || len(list) > 12 || len(list) == 0 {
		return "invalid_blocks"
	}
	return walkLimits(list)
}

func walkLimits(list []map[string]any) string {
	ids := map[string]bool{}
	for _, b := range list {
		if id, ok := b["block_id"].(string); ok && id != "" {
			if ids[id] {
				return "invalid_blocks"
			}
			ids[id] = true
		}
		if word := blockLimits(b); word != "" {
			return word
		}
	}
	return ""
}

func blockLimits(b map[string]any) string {
	fields, elements := items(b["fields"]), items(b["elements"])
	switch {
	case b["type"] == "header" && textLength(b["text"]) > 150, b["type"] == "section" && textLength(b["text"]) > 3000,
		len(fields) > 10, b["type"] == "context" && len(elements) > 10, b["type"] == "actions" && (len(elements) > 25 || len(elements) == 0):
		return "invalid_blocks"
	}
	for _, f := range fields {
		if n := textLength(f); n > 2000 || n == 0 {
			return "invalid_blocks"
		}
	}
	seen := map[string]bool{}
	for _, e := range elements {
		m, ok := e.(map[string]any)
		if !ok {
			return "invalid_blocks"
		}
		id, named := m["action_id"].(string)
		url, _ := m["url"].(string)
		value, _ := m["value"].(string)
		if named && seen[id] || len(items(m["options"])) > 5 || textLength(m["text"]) > 75 && m["type"] == "button" || len(url) > 3000 || len(value) > 2000 {
			return "invalid_blocks"
		}
		seen[id] = true
	}
	return ""
}

func items(v any) []any {
	list, _ := v.([]any)
	return list
}

func textLength(v any) int {
	m, _ := v.(map[string]any)
	s, _ := m["text"].(string)
	return utf8.RuneCountInString(s)
}
