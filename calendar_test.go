package earshot

import (
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

func office(t testing.TB, zone, hours string, holidays ...string) Calendar {
	t.Helper()
	z, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	h, err := ParseHours(hours)
	if err != nil {
		t.Fatal(err)
	}
	return Calendar{Name: "office", Zone: z, Hours: h, Holidays: holidays}
}

func TestCalendarAdd(t *testing.T) {
	tests := []struct {
		name, zone, hours string
		from              string
		add               time.Duration
		want              string
		holidays          []string
	}{
		{"over the weekend", "America/New_York", "Mon-Fri 09:00-17:00", "2026-11-20 16:45", 30 * time.Minute, "2026-11-23 09:15", nil},
		{"four hours from Friday at four", "America/New_York", "Mon-Fri 08:00-17:00", "2026-11-20 16:00", 4 * time.Hour, "2026-11-23 11:00", nil},
		{"before opening", "Europe/Rome", "Mon-Fri 09:00-17:00", "2026-11-20 03:00", time.Hour, "2026-11-20 10:00", nil},
		{"a holiday in between", "America/New_York", "Mon-Fri 09:00-17:00", "2026-12-24 16:00", 2 * time.Hour, "2026-12-28 10:00", []string{"2026-12-25"}},
		{"exactly to closing time", "Europe/Rome", "Mon-Fri 09:00-17:00", "2026-11-20 16:00", time.Hour, "2026-11-20 17:00", nil},
		{"a night shift over the change to summer time", "Europe/Rome", "Sun 00:00-06:00", "2026-03-29 01:00", 2 * time.Hour, "2026-03-29 04:00", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := office(t, tt.zone, tt.hours, tt.holidays...)
			from, err := time.ParseInLocation("2006-01-02 15:04", tt.from, c.Zone)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.Add(from, tt.add).In(c.Zone).Format("2006-01-02 15:04"); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestBetweenUndoesAdd(t *testing.T) {
	calendars := []Calendar{Always,
		office(t, "America/New_York", "Mon-Fri 09:00-17:00", "2026-12-25"),
		office(t, "Europe/Rome", "Mon-Fri 08:00-12:00, Mon-Fri 13:00-18:00, Sat 09:00-12:00"),
		office(t, "Australia/Lord_Howe", "Sat-Sun 00:00-24:00"),
		office(t, "America/Santiago", "Mon-Sun 00:00-24:00"),
	}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(calendars).Draw(t, "calendar")
		from := time.UnixMilli(rapid.Int64Range(1735689600000, 1830297600000).Draw(t, "from")).UTC()
		d := time.Duration(rapid.Int64Range(1, int64(400*time.Hour/time.Millisecond)).Draw(t, "d")) * time.Millisecond
		to := c.Add(from, d)
		if got := c.Between(from, to); got != d {
			t.Fatalf("between %s and %s lie %s, want %s", from, to, got, d)
		}
	})
}

func TestParseHoursSaysWhatIsWrong(t *testing.T) {
	for _, s := range []string{"", "Mon", "Mon 9-17", "Mon 17:00-09:00", "Foo 09:00-17:00", "Mon-Bar 09:00-17:00", "Mon 09:00-25:00"} {
		if _, err := ParseHours(s); err == nil {
			t.Errorf("%q was taken", s)
		}
	}
}
