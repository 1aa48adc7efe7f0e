package web

import "html/template"

// icon returns a drawing of 16 by 16, always beside a word and so hidden from
// screen readers. An unknown name draws nothing.
func icon(name string) template.HTML {
	shape, ok := map[string]string{
		"mark":     `<circle class="f" cx="3.6" cy="8" r="1.9"/><path d="M7.2 4.4a5.1 5.1 0 0 1 0 7.2"/><path d="M10.2 1.9a8.7 8.7 0 0 1 0 12.2"/>`,
		"late":     `<path d="M8 2.3 14.3 13.4H1.7Z"/><path d="M8 6.7v3"/><circle class="f" cx="8" cy="11.4" r=".9"/>`,
		"clock":    `<circle cx="8" cy="8" r="5.7"/><path d="M8 4.8V8l2.2 1.6"/>`,
		"pause":    `<circle cx="8" cy="8" r="5.7"/><path d="M6.6 5.8v4.4M9.4 5.8v4.4"/>`,
		"new":      `<circle cx="8" cy="8" r="5.5"/>`,
		"claimed":  `<circle cx="8" cy="8" r="5.5"/><path class="f" d="M8 2.5a5.5 5.5 0 0 1 0 11Z"/>`,
		"answer":   `<path d="M2.5 3.2h11v7.3H7.6l-3 2.7v-2.7H2.5Z"/>`,
		"maybe":    `<path d="M2.5 3.2h11v7.3H7.6l-3 2.7v-2.7H2.5Z" stroke-dasharray="2 2"/>`,
		"silence":  `<path d="M2.5 3.2h11v7.3H7.6l-3 2.7v-2.7H2.5Z"/><path d="m1.8 14 12.4-12"/>`,
		"done":     `<circle cx="8" cy="8" r="5.7"/><path d="m5.4 8.2 1.9 1.9 3.4-3.9"/>`,
		"not":      `<circle cx="8" cy="8" r="5.7"/><path d="M5.4 8h5.2"/>`,
		"again":    `<path d="M13 8.3A5 5 0 1 1 11.4 4.3"/><path d="M13.2 2.4v3h-3"/>`,
		"seen":     `<path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8Z"/><circle class="f" cx="8" cy="8" r="1.8"/>`,
		"out":      `<path d="M6.5 4H3.2v8.8H12V9.5"/><path d="M9 3h4v4M12.8 3.2 7.5 8.5"/>`,
		"person":   `<circle cx="8" cy="5.2" r="2.7"/><path d="M2.8 13.6c.6-3 2.6-4.4 5.2-4.4s4.6 1.4 5.2 4.4"/>`,
		"folder":   `<path d="M2 4.2h4.2l1.4 1.6H14v7H2Z"/>`,
		"edit":     `<path d="M3 13h2.6l7-7L10 3.4l-7 7Z"/>`,
		"question": `<circle cx="8" cy="8" r="5.7"/><path d="M6.4 6.4a1.7 1.7 0 1 1 2.3 1.6c-.5.2-.7.5-.7 1"/><circle class="f" cx="8" cy="11" r=".8"/>`,
		"moved":    `<path d="M3 8h9.4M9 4.4 12.6 8 9 11.6"/>`,
	}[name]
	if !ok {
		return ""
	}
	return template.HTML(`<svg class="i" viewBox="0 0 16 16" aria-hidden="true">` + shape + `</svg>`)
}
