package daemon

import (
	"context"
	"fmt"
	"time"

	"earshot"
	"earshot/internal/store"
)

const (
	leapAhead = 6 * time.Hour    // the tick loop looks every half minute: so long between two looks is a clock that was set, or a machine that slept
	leapBack  = 2 * time.Minute  // less than this a clock may be slowed down
	leapGrace = 10 * time.Minute // before a clock that leapt ahead is believed about what is late
)

// leap looks whether the machine's clock was set since the last look. Set back,
// what was scheduled by the old clock is taken back with it. Leapt ahead, nobody
// is called late before the sources were read again: a clock that is set right
// within the grace has accused nobody.
func (d *Daemon) leap(ctx context.Context, last time.Time) error {
	now := d.now()
	if last.IsZero() {
		return nil
	}
	switch gap := now.Sub(last); {
	case gap > leapAhead:
		d.believed = now.Add(leapGrace)
		d.log.Warn("the clock leapt ahead, or the machine slept", "by", gap.Round(time.Second), "late_is_said_after", leapGrace)
	case gap < -leapBack:
		d.believed = time.Time{}
		d.log.Warn("the clock was set back", "by", -gap.Round(time.Second))
		err := d.store.Write(ctx, func(tx *store.Tx) error {
			if err := tx.Rewind(now, -gap); err != nil {
				return err
			}
			return d.tellOps(tx, d.setup.Load(), earshot.OpsNotice{Key: "clock/" + now.Format(time.RFC3339),
				What: fmt.Sprintf("The machine's clock was set back by %s.", (-gap).Round(time.Minute)), Do: "check the machine's time service (NTP): times of answers and promises are counted by this clock"})
		})
		if err != nil {
			return fmt.Errorf("clock set back: %w", err)
		}
		for _, p := range []chan struct{}{d.pokeRead, d.pokeWork, d.pokeSend} {
			poke(p)
		}
	}
	return nil
}

// doubted says whether the clock leapt ahead so lately that it is not believed.
func (d *Daemon) doubted() bool { return d.now().Before(d.believed) }
