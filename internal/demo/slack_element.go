package demo

import (
	"fmt"
	"slices"
	"strings"
)

// actionElements may stand in an actions block or beside a section;
// inputElements in an input block.
var (
	actionElements = []string{"button", "overflow", "static_select", "users_select", "conversations_select", "channels_select",
		"external_select", "datepicker", "timepicker", "datetimepicker", "radio_buttons", "checkboxes", "multi_static_select", "multi_users_select"}
	inputElements = []string{"plain_text_input", "static_select", "users_select", "conversations_select", "channels_select", "external_select",
		"datepicker", "timepicker", "datetimepicker", "radio_buttons", "checkboxes", "multi_static_select", "multi_users_select",
		"url_text_input", "email_text_input", "number_input", "rich_text_input"}
)

// elements looks at the elements of a block; action ids must be unique in it.
func (c *checker) elements(at string, b object, limit int, allowed []string) {
	list, _ := b["elements"].([]any)
	if len(list) < 1 || len(list) > limit {
		c.note(at+"/elements", "must have 1 to %d items", limit)
	}
	seen := map[string]bool{}
	for i, e := range list {
		where := fmt.Sprintf("%s/elements/%d", at, i)
		o, ok := e.(object)
		if !ok {
			c.note(where, "must be an object")
			continue
		}
		id := str(o, "action_id")
		if id != "" && seen[id] {
			c.note(where+"/action_id", "action_id already exists: %s", id)
		}
		seen[id] = true
		c.element(where, o, allowed)
	}
}

func (c *checker) element(at string, o object, allowed []string) {
	kind := str(o, "type")
	if !slices.Contains(allowed, kind) {
		c.note(at+"/type", "unsupported type here: %q", kind)
		return
	}
	c.length(at+"/action_id", str(o, "action_id"), 255)
	switch kind {
	case "image":
		c.image(at, o)
	case "button":
		c.button(at, o)
	case "overflow":
		c.options(at, o, 1, 5, 75)
	case "radio_buttons", "checkboxes":
		c.options(at, o, 1, 10, 75)
	case "static_select", "multi_static_select":
		if o["option_groups"] == nil {
			c.options(at, o, 1, 100, 75)
		}
	}
	if o["placeholder"] != nil {
		c.text(at+"/placeholder", o["placeholder"], 150, "plain_text")
	}
	if d, ok := o["confirm"].(object); ok {
		c.confirm(at+"/confirm", d)
	}
}

func (c *checker) button(at string, o object) {
	c.text(at+"/text", o["text"], 75, "plain_text")
	c.length(at+"/value", str(o, "value"), 2000)
	c.length(at+"/url", str(o, "url"), 3000)
	if s, has := o["style"]; has && s != "primary" && s != "danger" {
		c.note(at+"/style", "must be primary or danger")
	}
	if u := str(o, "url"); u != "" && !strings.Contains(u, "://") && !strings.HasPrefix(u, "mailto:") {
		c.note(at+"/url", "invalid url")
	}
}

// options looks at the options of an overflow menu or a select.
func (c *checker) options(at string, o object, least, most, text int) {
	list, _ := o["options"].([]any)
	if len(list) < least || len(list) > most {
		c.note(at+"/options", "must have %d to %d items", least, most)
	}
	for i, e := range list {
		where := fmt.Sprintf("%s/options/%d", at, i)
		opt, _ := e.(object)
		only := "plain_text"
		if k := str(o, "type"); k == "radio_buttons" || k == "checkboxes" {
			only = ""
		}
		c.text(where+"/text", opt["text"], text, only)
		c.length(where+"/value", str(opt, "value"), 150)
		c.length(where+"/url", str(opt, "url"), 3000)
		if str(opt, "value") == "" && str(opt, "url") == "" {
			c.note(where+"/value", "missing required field: value")
		}
	}
}

func (c *checker) confirm(at string, d object) {
	c.text(at+"/title", d["title"], 100, "plain_text")
	c.text(at+"/text", d["text"], 300, "")
	c.text(at+"/confirm", d["confirm"], 30, "plain_text")
	c.text(at+"/deny", d["deny"], 30, "plain_text")
}
