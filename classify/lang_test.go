package classify

import (
	"strings"
	"testing"
)

func TestDetectLang(t *testing.T) {
	for _, tt := range []struct{ text, declared, want string }{
		{"The engineer never came and nobody has called me since.", "", "en"},
		{"El técnico no vino y nadie me ha llamado desde entonces.", "", "es"},
		{"Il tecnico non è venuto e da allora nessuno mi ha richiamato.", "", "it"},
		{"师傅一直没来，到现在也没人给我打电话。", "", "zh"},
		{"用iPhone给客服打电话，没人接", "", "zh"},
		{"El técnico no vino y nadie me ha llamado desde entonces, y ya son tres las semanas que llevamos así en casa.", "en-US", "es"},
		{"Ok, grazie", "it-IT", "it"},
		{"Norvane!!!", "es", "es"},
		{"Norvane", "", ""},
		{"師傅一直沒來，到現在也沒人打電話。", "en", "zh"},
		{"今日は電話がつながらない。とても困っています。", "", "ja"},
		{"Инженер так и не пришёл", "", "ru"},
		{"Le technicien n'est pas venu et personne ne m'a rappelé depuis, c'est la troisième fois que je vous écris.", "", "fr"},
		{"", "", ""}, {"🙂🙂🙂", "en", "en"}, {"\xff\xfe", "", ""}, {"12345 67", "zh-Hans-CN", "zh"},
	} {
		got, sure := DetectLang(tt.text, tt.declared)
		if got != tt.want || sure < 0 || sure > 1 || got != "" && sure < .3 {
			t.Errorf("%q (%s): %s %.2f, want %s", tt.text, tt.declared, got, sure, tt.want)
		}
	}
	if got, _ := DetectLang(strings.Repeat("a b c d ", 1<<20), ""); len(got) > 2 {
		t.Errorf("got %s", got)
	}
}
