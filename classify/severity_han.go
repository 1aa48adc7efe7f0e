package classify

import (
	"strings"
	"unicode/utf8"
)

// hanDigit returns the value of a Chinese numeral, or -1.
func hanDigit(r rune) float64 {
	switch r {
	case '零', '〇':
		return 0
	case '一':
		return 1
	case '二', '两', '兩', '俩':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	case '万':
		return 10000
	case '半':
		return .5
	case '几', '数', '好':
		return 3
	}
	return -1
}

// hanNumber reads numerals such as 十二, 三百, 第四, 1200, 3.5.
func hanNumber(s string) (float64, bool) {
	s = strings.TrimPrefix(s, "第")
	if s == "" {
		return 0, false
	}
	if n, ok := digitsNumber(s); ok {
		return n, true
	}
	total, part := 0.0, 0.0
	for _, r := range s {
		d := hanDigit(r)
		switch {
		case r >= '0' && r <= '9':
			part = part*10 + float64(r-'0')
		case d < 0:
			return 0, false
		case d >= 10:
			total += max(part, 1) * d
			part = 0
		default:
			part = d
		}
	}
	return total + part, true
}

// hanMeasures are measure words and units behind a number.
var hanMeasures = [...]struct {
	word  string
	kind  effortKind
	scale float64
}{
	{"个小时", effortHours, 1}, {"小时", effortHours, 1}, {"个钟头", effortHours, 1}, {"钟头", effortHours, 1}, {"个钟", effortHours, 1}, {"分钟", effortHours, 1. / 60}, {"个星期", effortHours, 168}, {"星期", effortHours, 168}, {"个礼拜", effortHours, 168}, {"周", effortHours, 168},
	{"个月", effortHours, 720}, {"个多月", effortHours, 720}, {"天", effortHours, 24}, {"个工作日", effortHours, 24}, {"宿", effortHours, 24}, {"晚上", effortHours, 24},
	{"次电话", effortContacts, 1}, {"个电话", effortContacts, 1}, {"通电话", effortContacts, 1}, {"次", effortContacts, 1}, {"遍", effortContacts, 1}, {"回", effortContacts, 1}, {"趟", effortContacts, 1}, {"封邮件", effortContacts, 1}, {"个客服", effortContacts, 1}, {"个部门", effortContacts, 1}, {"通", effortContacts, 1},
	{"块钱", effortMoney, 1}, {"万元", effortMoney, 10000}, {"元", effortMoney, 1}, {"块", effortMoney, 1}, {"毛", effortMoney, .1}, {"分钱", effortMoney, .01},
	{"台", effortGoods, 1}, {"部", effortGoods, 1}, {"双", effortGoods, 1}, {"件", effortGoods, 1}, {"张", effortGoods, 1}, {"个快递", effortGoods, 1}, {"单", effortGoods, 1},
}

// hanEffort reads the measure word behind a Chinese number.
func hanEffort(text []byte, w effortWord) (effort, bool) {
	n, ok := hanNumber(w.text)
	if !ok {
		return effort{}, false
	}
	rest := string(text[w.end:min(len(text), w.end+24)])
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "多"), " ")
	at := min(len(text), w.end+24) - len(rest)
	for _, m := range hanMeasures {
		if !strings.HasPrefix(rest, m.word) {
			continue
		}
		if m.kind == effortGoods && strings.HasPrefix(w.text, "第") {
			return effort{}, false
		}
		if m.kind != effortMoney && m.kind != effortHours && n < 2 {
			return effort{}, false
		}
		if m.kind == effortHours && strings.HasPrefix(rest[len(m.word):], "前") {
			return effort{}, false // when, not how long
		}
		if m.word == "周" || m.word == "天" {
			if next, _ := utf8.DecodeRuneInString(rest[len(m.word):]); strings.ContainsRune("一二三四五六日末年边气津", next) {
				return effort{}, false
			}
		}
		return effort{m.kind, n * m.scale, w.start, at + len(m.word)}, true
	}
	return effort{}, false
}
