package classify

import (
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const storyEN = "On Monday the boiler went cold, and I rang the company before breakfast. The first person promised a visit by noon; at two I rang again and was told the engineer had been and found nobody at home. " +
	"I had been sitting in the hall with the door open since eight. The third call ended in the middle of a sentence, and the fourth in music. By evening my mother was in her coat."

const storyZH = "周一早上暖气突然没了，我还没吃早饭就打了客服电话。第一个人说中午前一定上门，两点我又打过去，对方说师傅来过但家里没人。我从八点就开着门坐在门口等着，哪里来过什么师傅。第三个电话讲到一半断了，第四个电话只有音乐。到了晚上我妈裹着大衣坐在沙发上，一句话也没说。"

func TestSimhash(t *testing.T) {
	if Simhash("too short to tell") != 0 || Simhash("") != 0 || Simhash("短文本") != 0 {
		t.Error("a short text has a fingerprint")
	}
	for _, text := range []string{storyEN, storyZH} {
		if Simhash(text) == 0 {
			t.Fatalf("no fingerprint: %s", text)
		}
		if Simhash(text) != Simhash(strings.ToUpper(text)+"  !") {
			t.Error("case and marks change the fingerprint")
		}
	}
	if d := bits.OnesCount64(Simhash(storyEN) ^ Simhash(storyZH)); d < 15 {
		t.Errorf("different texts differ in %d bits only", d)
	}
}

func TestSimhashIsOfTheSetOfPhrases(t *testing.T) {
	words := strings.Fields(storyEN)
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(storyTokens, len(words)).Draw(rt, "n")
		text := strings.Join(words[:n], " ")
		if Simhash(text) != Simhash(strings.Join(words[:n], rapid.SampledFrom([]string{"  ", "\n", " - ", ", "}).Draw(rt, "gap"))) {
			rt.Fatal("white space and marks change the fingerprint")
		}
	})
}

func TestSameStory(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var own []string
	for range 70 {
		own = append(own, string(rune('a'+r.IntN(26)))+"word"+string(rune('a'+r.IntN(26))))
	}
	words := strings.Fields(storyEN)
	edited := append([]string{}, words...)
	edited[10], edited[40] = "office", "afternoon"
	shuffled := append([]string{}, words...)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for _, tt := range []struct {
		name, a, b string
		want       bool
	}{
		{"itself", storyEN, storyEN, true},
		{"two words edited", storyEN, strings.Join(edited, " "), true},
		{"a line added", storyEN, storyEN + " Read more on our site.", true},
		{"quoted with sixty own words", storyEN, strings.Join(own, " ") + " " + storyEN, false},
		{"the same words in another order", storyEN, strings.Join(shuffled, " "), false},
		{"another text", storyEN, strings.Join(own, " "), false},
		{"short and equal", "Never again, Norvane!", "never again norvane", true},
		{"short and alike", "Never again, Norvane!", "Never again, Norvane, never!", false},
		{"empty", "", "", false},
		{"Chinese", storyZH, strings.ReplaceAll(storyZH, "沙发", "椅子"), true},
		{"Chinese, another", storyZH, strings.Repeat("今天天气很好我们去公园散步看花", 12), false},
	} {
		if got, why := SameStory(tt.a, tt.b); got != tt.want || why == "" {
			t.Errorf("%s: %v (%s)", tt.name, got, why)
		}
		if got, _ := SameStory(tt.b, tt.a); got != tt.want {
			t.Errorf("%s: not the same the other way round", tt.name)
		}
	}
}

func TestRareWords(t *testing.T) {
	got := strings.Join(RareWords("Still no word from Norvane about the BX400 boiler in Harrowgate. The engineer said Norvane would call.", "en", 4), " ")
	for _, want := range []string{"norvane", "bx400", "harrowgate"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s is missing", got, want)
		}
	}
	if got := RareWords("我还没收到蓝雀寄来的锅炉配件", "zh", 5); len(got) == 0 {
		t.Error("no words")
	}
	if got := RareWords("", "", 5); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}
